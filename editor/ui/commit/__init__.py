"""Look it over before it goes out: what changed in the site's repository, how it reads, and the commit.

edited_here.py         what the open posts held when they were opened: what else is changed was changed elsewhere
overview.py            all that is changed in the repository; repository_reader.py reads it whenever it may be another,
                       as repository_watcher.py notices that git is used elsewhere
replaying.py           a change done to another version of its file
file_difference.py     one file before and after, as rows to be read and hunks to be picked
picks.py               what of it is to be committed
commit_view.py         the page: commit_column.py (changes_list.py, checks_list.py, the message), source_changes.py
                       (diff_page.py) and rendered_changes.py (changes_bar.py), which shows the page before and after
                       (changed_page.py)
column_state.py        what is said, and can be done, in which state of the repository
file_shown.py          the chosen file in those panes
checks.py              what is found in what is about to be committed, and its build (staged_build.py)
committer.py           commit, by git_work.py; kept_messages.py keeps messages that wait
syncer.py              push and pull; results.py tells how all of that went, as long as it holds
discarder.py           taking changes back
commit_desk.py         connects all of it with the window
"""
