"""The texts that people consent to: versions, each in Kazakh and Russian, and in English to read.

A version means one text for ever. resources/consents/published.csv lists them, oldest first, with
the SHA-256 of their words; <version>.csv holds those words, part by part: who asks, what data, what
for, how long, who gets them, how consent ends. The vocabulary `consent_text` names them in lists. Law 94-V wants these parts (art. 7 and 8; to be checked by counsel).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

import resources
from sync.language import LANGUAGES, named, spoken
from sync.records.base import Record, Values
from sync.vocabulary import choices


@dataclass(frozen=True)
class Published:
    """One version of a text."""

    version: str
    series: str  # whose consent it is; a kind of record names one
    on: date
    sha256: str


@cache
def published() -> tuple[Published, ...]:
    """All versions there ever were, oldest first."""
    return tuple(
        Published(
            row["version"], row["series"], date.fromisoformat(row["published"]), row["sha256"]
        )
        for row in resources.table("consents", "published.csv")
    )


def newest(series: str) -> str:
    """The version that is read to people now. Raises LookupError for an unknown series."""
    versions = [one.version for one in published() if one.series == series]
    if not versions:
        raise LookupError(series)
    return versions[-1]


def read_on(series: str, day: object) -> str | None:
    """The version that was read on a day, typed or as it travels; the newest where none is said.

    None where there was no text yet: nobody can have read one that was not published.
    """
    try:
        on = day if isinstance(day, date) else date.fromisoformat(str(day)) if day else None
    except ValueError:  # no day yet: it is said at its field
        on = None
    if on is None:
        return newest(series)
    return next((v.version for v in published()[::-1] if v.series == series and v.on <= on), None)


def paragraphs(version: str, language: str | None = None) -> list[str]:
    """The words of a version, its title first. Raises FileNotFoundError for an unknown one."""
    rows = resources.table("consents", f"{version}.csv")
    return [named({code: row[code] for code in LANGUAGES}, language) for row in rows]


def sum_of(version: str) -> str:
    """The SHA-256 of a version's words as they are in this program."""
    return sha256(resources.text("consents", f"{version}.csv").encode()).hexdigest()


def given_in() -> tuple[str, ...]:
    """The languages that people consent in; in others a text is only read."""
    return tuple(choice.key for choice in choices("consent_language"))


def language_read() -> str:
    """In which language the text is read here, if nobody says another one."""
    return spoken() if spoken() in given_in() else given_in()[0]


def recorded_with(record: type[Record], before: Values, said: Values) -> Values:
    """What a consent that is new in `said` is recorded with: the newest text, and its language.

    Nothing where one was there `before`: nobody knows any more what was read then.
    """
    way = record.consent_field
    if not way or before.get(way) or not said.get(way):
        return {}
    version = read_on(record.consent_texts, said.get("consent_on") or before.get("consent_on"))
    if version is None:
        return {}
    read = {"consent_text": version, "consent_language": language_read()}
    return {name: value for name, value in read.items() if not said.get(name)}
