"""The index, asked: which records have these words, the best first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.index.typed import Word
from desktop.index.words import DISTRICT, KIND, LONG, REVIEW, SHORT

# CROSS JOIN: SQLite is to begin with the words
BEST = text(
    "SELECT w.rowid, i.kind, i.record FROM word_index AS w CROSS JOIN indexed AS i "  # SQL: FTS5
    "WHERE word_index MATCH :said AND i.doc = w.rowid "
    "ORDER BY w.rowid DESC LIMIT :most"
)
BEST_BETWEEN = text(
    "SELECT w.rowid, i.kind, i.record FROM word_index AS w CROSS JOIN indexed AS i "  # SQL: FTS5
    "WHERE word_index MATCH :said AND i.doc = w.rowid AND i.day >= :since AND i.day <= :until "
    "ORDER BY w.rowid DESC LIMIT :most"
)
ALL = text(
    "SELECT i.record FROM word_index AS w CROSS JOIN indexed AS i "  # SQL: FTS5
    "WHERE word_index MATCH :said AND i.doc = w.rowid"
)
TOKENS = re.compile(
    r"[A-Za-z0-9._\u0080-\U0010ffff]+"
)  # as the index's tokenizer cuts, see keeping.MAKE
SHORTEST = 2  # letters of a word that may be the beginning of another one


@dataclass(frozen=True)
class Only:
    """What a search is narrowed to; empty: everything."""

    kinds: Sequence[str] = ()
    district: str = ""
    review: str = ""
    keys: Sequence[str] = ()  # what was chosen, as the index has it
    since: date | None = None
    until: date | None = None


def best(session: Session, words: Sequence[Word], only: Only, most: int) -> list[tuple[str, UUID]]:
    """(kind, record) of at most so many: as written before folded, whole words before beginnings,
    short fields before long texts, and of what is alike the newest."""
    found: dict[int, tuple[str, UUID]] = {}
    asked, days = BEST, dict[str, str]()
    if only.since or only.until:
        since, until = only.since or date.min, only.until or date.max
        asked, days = BEST_BETWEEN, {"since": since.isoformat(), "until": until.isoformat()}
    for said in _steps(words, only):
        if len(found) >= most:
            break
        wanted = {"said": said, "most": most + len(found), **days}
        for doc, kind, record in session.execute(asked, wanted):
            found.setdefault(doc, (kind, UUID(hex=record)))
    return list(found.values())[:most]


def every(session: Session, words: Sequence[Word], kind: str) -> set[str]:
    """The hexadecimal ids of all records of a kind that have these words."""
    said = _said(words, Only([kind]), exact=False, whole=False, short=False)
    return set(session.scalars(ALL, {"said": said}))


def _steps(words: Sequence[Word], only: Only) -> Iterator[str]:
    """From the narrowest question to the widest."""
    before = set()
    for exact in (True, False):
        for whole in (True, False):
            for short in (True, False):
                said = _said(words, only, exact=exact, whole=whole, short=short)
                if said not in before:
                    before.add(said)
                    yield said


def _said(words: Sequence[Word], only: Only, *, exact: bool, whole: bool, short: bool) -> str:
    each = [_word(word, exact=exact, whole=whole, short=short) for word in words]
    if only.kinds:
        each.append(_any([KIND + kind for kind in only.kinds]))
    if only.district:
        each.append(_token(DISTRICT + only.district))
    if only.review:
        each.append(_token(REVIEW + only.review))
    each += [_token(key) for key in only.keys]
    return " AND ".join(f"({one})" for one in each)


def _word(word: Word, *, exact: bool, whole: bool, short: bool) -> str:
    last = len(word.parts) - 1  # a part with a sign after it begins no longer word
    parts = [
        _part(one, folded, exact=exact, whole=whole or n < last, short=short)
        for n, (one, folded) in enumerate(zip(word.parts, word.folded, strict=True))
    ]
    ways = [" AND ".join(f"({one})" for one in parts)]
    ways += [_token(SHORT[0] + one, "*") for one in word.begins]
    if not short and not exact:
        ways += map(_token, word.keys)
    return " OR ".join(f"({one})" for one in ways)


def _part(word: str, folded: str, *, exact: bool, whole: bool, short: bool) -> str:
    if exact:
        place = 0 if word == folded else 1
        marks = [SHORT[place]] if short else [SHORT[place], LONG[place]]
    else:
        marks = [SHORT[0], SHORT[2]] if short else [SHORT[0], SHORT[2], LONG[0], LONG[2]]
    begins = "" if whole or len(word) < SHORTEST else "*"
    return _any([mark + (word if exact else folded) for mark in marks], begins)


def _any(tokens: Sequence[str], begins: str = "") -> str:
    return " OR ".join(_token(one, begins) for one in tokens)


def _token(word: str, begins: str = "") -> str:
    """Quoted: no sign that was typed is one of the language of questions.

    What the index takes for two words (a key with a hyphen, a sign that folds to several) is asked for
    as two: without positions it knows no phrases.
    """
    parts = TOKENS.findall(word)
    if len(parts) < 2:  # none is a question, too: of what nothing has
        quoted = word.replace('"', '""')
        return f'"{quoted}"{begins}'
    *first, last = parts
    asked = " AND ".join([*(f'"{one}"' for one in first), f'"{last}"{begins}'])
    return f"({asked})"
