"""Papers of records as an office signs them: each kind is laid out once, for Word and for PDF.

minutes.py              a meeting: present, agenda, heard and spoken, decided, signatures
inspection_report.py    what was seen at an object, its defects, its photos, who took part
card.py                 any other record as its form has it, with its parts and photos; an issue with its terms
reception_register.py   the visitors of a period, a line each
wording.py              values, days and heads in the language of the paper, which is chosen for each
source.py               what of a record a paper says: read once, without what its reader may not see
drawing.py              PDF for a command: another process draws it, for only the window has Qt

All of them give desktop.exports.pages; desktop.actions.papers asks for rights, notes and writes.
"""
