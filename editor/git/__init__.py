"""Git, through its own command: what it says of a site's repository, what is asked of it, the merging of texts.

command.py      run: how git is called, with nothing of the surroundings that would change its answers
running.py      run_aloud: git where it may take long: lines as they come, and an end with all that it started
repository.py   Repository: find or create it; State: branch, upstream, what is under way
standing.py     standing: whether anything has happened since, told by little
changes.py      changes: what differs from the last commit, file by file
contents.py     at_head, in_index, at: a file in the past; sides: a changed file before and after
staged.py       staged_files: what the next commit is about to change, from the index that a hook is given
hunks.py        hunks, with_hunks, put_in: the pieces of a change, taken one by one
committing.py   commit: exactly the picks, through hooks and signing; message_template, last_message
picking.py        Pick, and the index of our own that the picks are put into
staging.py        the repository's index: kept for a refusal, brought up to date after the commit
interrupted.py    a commit whose maker was killed: what was left to be done, by whoever comes next
hooked.py         which hook refused, and what hooks made of files: put back, or taken over
refusal.py        why there is no commit, in one sentence
discarding.py   discard: a file as the last commit has it
syncing.py      push, pull: with the person's own credentials, never by force
history.py      revisions: the commits of a file, under its earlier names too
staged_tree.py  check_out: what is about to be committed as a folder, for a build
merge.py        the three-way merge of a text that two have changed

Paths are from the top of the repository, with forward slashes, and may be any bytes (as surrogates). All functions
block: the window calls them off its thread.
"""
