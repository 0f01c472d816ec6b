"""A table that people kept, in Excel or CSV, as records: what stands in each row, or what is wrong there.

sheets.py     a file → sheets of cells; what no laptop should open is refused
headings.py   the row that names the columns, and which field each of them is, by name or by a guess
readers.py    a cell → a value of its field, or a sentence; dates.py, figures.py, places.py do the parts
rows.py       a row → the values of a record; what may not be kept of people is told
known.py      which rows are there already
kinds.py      which kinds a table may become; parents.py: what a row of parts belongs to
templates.py  the empty table of a kind

What is written of it: desktop.actions.importing.
"""
