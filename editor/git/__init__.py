"""Git, through its own command: what it says of a site's repository, and the merging of texts.

command.py   run: how git is called, with nothing of the surroundings that would change its answers
merge.py     the three-way merge of a text that two have changed
"""
