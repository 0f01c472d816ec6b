"""A wave beside its questions: what makes its cells, what must be said of it, and when it is silent.

    cells       what is planned in each cell, what is there, and which lack most
    anonymity   the questions that no anonymous wave may ask
    checking    what is wrong with a wave that somebody wants to save
    passport    what is said with its figures, by law where it is linked to a vote
    silence     the days before a vote, on which no figure leaves the program

Which answer falls into which cell, both ends ask `sync.quotas`. Pure logic: no screen, no database.
Why so: docs/decisions/0052-waves.md.
"""
