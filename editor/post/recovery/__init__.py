"""The recovery journal: every unsaved edit, on disk within a quarter of a second, so that no crash takes a text.

    state folder/recovery/   one file a window: `window-….journal`
      records.py             a line of the file: how it is written, and read again after any accident
      journal.py             Journal: what the window tells, written by a thread
      journal_file.py        JournalFile: the window's own file, made anew where it has grown or a sync has failed
      unsaved.py             what journals of windows that are no more hold: UnsavedPost

A journal's file is there only while its window has unsaved edits, and it is locked as long as the window lives. It is
cleared after a save that worked, or where the person discards a post; never otherwise.
"""
