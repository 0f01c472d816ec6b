"""The reports that a district and the region ask for, each declared once.

`declared` says what a declaration holds, `periods` over which days, `reports` lists them. Tables, charts,
files and commands follow: desktop/actions/figures.py asks the database. Sealed reports of corruption
are another thing (desktop/reports).
"""
