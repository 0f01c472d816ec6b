"""The index by which all records on a laptop are searched, inside the encrypted file.

`words.py` says by which words a record is found, `keeping.py` keeps the index beside the records,
`asking.py` asks it, `typed.py` reads what a person typed. Why so: docs/decisions/0066-search.md.
"""
