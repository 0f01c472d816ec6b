"""What this laptop holds about one person: whom a search means, what names them, and the paper for them.

A record is *about* them where a private field names them: then all of it is theirs, with its
parts. Elsewhere, as in the minutes of a meeting, only the lines that name them are told: the rest
is about others.
"""
