"""Git, through its own command: what it says of a site's repository, what is asked of it, the merging of texts.

command.py      run: how git is called, with nothing of the surroundings that would change its answers
repository.py   Repository: find or create it; State: branch, upstream, what is under way
changes.py      changes: what differs from the last commit, file by file
contents.py     at_head, in_index, at: a file in the past; sides: a changed file before and after
hunks.py        hunks, with_hunks: the pieces of a change, taken one by one
committing.py   commit: exactly the picks, through hooks and signing; message_template, last_message
discarding.py   discard: a file as the last commit has it
syncing.py      push, pull: with the person's own credentials, never by force
history.py      revisions: the commits of a file, under its earlier names too
staged_tree.py  check_out: what is about to be committed as a folder, for a build
merge.py        the three-way merge of a text that two have changed

Paths are from the top of the repository, with forward slashes, and may be any bytes (as surrogates). All functions
block: the window calls them off its thread.
"""
