"""Look it over before it goes out: what changed in the site's repository, how it reads, and the commit.

edited_here.py      what the open posts held when they were opened: what else is changed was changed elsewhere
file_difference.py  one file before and after, as lines to be read and hunks to be picked
overview.py         all that is changed in the repository, read off the GUI thread
picks.py            what of it is to be committed
changes_list.py     the files, with ticks
checks.py           what is found in what is about to be committed, and its build
source_changes.py   the differences of one file, to be read, picked and discarded
rendered_changes.py the same as a reader of the page sees it
commit_view.py      the page that shows all of it
commit_desk.py      what happens with it
"""
