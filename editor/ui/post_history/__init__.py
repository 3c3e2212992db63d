"""The history of a post: its commits and what was saved here, each as a page and as differences, to be brought back.

entries.py       what there is of a post, by years; no window
history_view.py  HistoryView: the list of versions and what one of them says
history_desk.py  HistoryDesk: reads versions off the GUI thread, and shows them
restorer.py      Restorer: brings a version back into the text, as a step that can be undone
"""
