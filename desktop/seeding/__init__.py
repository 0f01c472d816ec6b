"""Invented records of all kinds, as lifelike as a demonstration needs; the same seed makes the same ones.

material.py   the words: resources/seed, sentences by use and topic, names, numbers that are nobody's
scene.py      where and when one record is made, and by what chance
drawing.py    a value for any field, by its declaration alone: so a new kind has records at once
rules/        what must fit together in one record: states, days, sums
parts.py      how many parts a record has, and of which kinds
making.py     days, districts, kinds, links, reviews → changes, as a server would tell them
regional.py   what the region shares: officials, bodies, forms

They are written into training profiles alone: desktop/actions/seeding.py, decision 70.
"""
