"""Dialogs: few, and only where a window of its own is needed."""
