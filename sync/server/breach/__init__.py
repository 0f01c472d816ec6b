"""A laptop was lost, or an account misused: whose data it could hold, and what is to be done.

`laptops` knows what the server knows of laptops, `stays` of an account's rights in the past,
`holding` reads records and their history, `words` tells it, `letters` writes drafts and a table,
`command` puts it together. What is an upper bound: docs/decisions/0043-breach.md.
"""
