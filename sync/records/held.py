"""Why a column is kept, how long, whose data it is, and by what right: said where it is declared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """The keys of four vocabularies. Where it is nobody's data, nothing is said of a right.

    Law 94-V on personal data wants a purpose, a term and a basis for each; the article of every
    basis is to be checked by counsel, the terms of records are the organisation's to change.
    """

    purpose: str  # held_purpose
    term: str  # held_term
    whose: str = ""  # held_whose
    basis: str = ""  # held_basis


def by_team(purpose: str, term: str) -> Held:
    """What tells which member of the team did something, or has something."""
    return Held(purpose, term, "team", "membership")


AUTHORSHIP = by_team("accountability", "record")
EXCHANGE = Held("exchange", "record")
