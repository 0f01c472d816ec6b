"""Which interviews somebody should look at again, and why: flags for review, never guilt.

A check takes the table of a wave (`interviews.py`) and gives flags (`flag.py`): whose interviews,
which rows, and words that also say how the same may come about honestly. Interviewers are compared
with each other, and no further than they differ anyway (`rest.py`): they work in other villages.
`chance.py` has the tests, `checking.py` runs it all.

near_duplicates.py  answers that repeat another interview
straight_lines.py   grids answered with one mark
speed.py            short, hasty, at night, sooner than the way there takes
evenness.py         interviews of one interviewer that are too much like one another
effects.py          answers unlike those that others get; refused, “don't know”, “other”
outliers.py         single numbers far from the rest
call_backs.py       who is asked again, and how the second answers agree

Where answers have no interviewer, a laptop adds each interview to sums (`timing.py`, `signs.py`), and
these checks go by what all told of them:

counted.py          the same tests by counts, under pseudonyms
made_of.py          the counts behind a flag
card.py             who a pseudonym is, sealed to officers
asked_anew.py       places where others ask other people, and what they found
"""
