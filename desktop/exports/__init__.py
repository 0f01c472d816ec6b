"""Records as files for other programs: one module a family of formats, all given plain tables.

tables.py   Excel and CSV: the only module that writes either
cells.py    what a text may be in them: never a formula, never a character they cannot hold
marks.py    by which an export is known again, seen and unseen
whose.py    a file → the marks in it

pages.py    what any paper holds, block by block; ui.pdf_pages makes PDF of it
word_pages.py, word_parts.py   the same as a Word document
papers.py   what a paper with figures says, whichever file it becomes; charts.py draws its chart
documents.py   such a paper as pages

open_formats.py   JSON, maps (GeoJSON) and calendars (iCalendar), for programs
blank.py          an empty table to be filled in, which desktop.imports reads again
"""
