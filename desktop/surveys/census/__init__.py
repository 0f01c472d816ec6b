"""Population counts that ratings are fitted to.

a file --grid--> rows of texts --table--> counts, or what is wrong in which row --kept--> a record
a record --kept--> counts --matching--> by what a form asks --> desktop.surveys.ratings.fitting
"""
