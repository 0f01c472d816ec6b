"""What a search shows: what can be done, where one can go, and records, those of one kind together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.actions.search import Hit, Hits
from sync.folding import fold
from sync.language import LANGUAGES, spoken, tr
from sync.places import Pack
from sync.records import KINDS
from sync.vocabulary import label
from ui.dates import short_day
from ui.menu import COMMANDS
from ui.screens import Screen, picture_of, screen_of
from ui.widgets.badges import REVIEW
from ui.widgets.list_pane import ListRow

MOST_DONE = 5  # rows of what can be done: records are what most people look for
FAR = 8  # from what was typed: not meant


@dataclass(frozen=True)
class Do:
    """A command of the menu, by its key."""

    command: str


@dataclass(frozen=True)
class Go:
    """A screen, by its key."""

    screen: str


@dataclass(frozen=True)
class Show:
    """A record; of a part, its whole. `found`: the hit itself, which tells rows apart."""

    kind: str
    id: UUID
    found: UUID


def doings(words: str, screens: Sequence[Screen], commands: Mapping[str, str]) -> list[ListRow]:
    """What can be done and where one can go by words that begin so, in any of the languages: first in that
    which is spoken, letter by letter, by its name. Without words all of it, but for the search itself.

    `commands`: their keys, and how they are told now."""
    known = {command.key: command for command in COMMANDS}
    there = tr("Go there") if words.strip() else ""  # apart from records of the same name
    rows = [
        (
            _far(words, screen.label, screen.also),
            ListRow(Go(screen.key), tr(screen.label), badge=there, icon=screen.icon),
        )
        for screen in screens
    ]
    rows += [
        (
            _far(words, known[key].words, known[key].also),
            ListRow(Do(key), told, badge=known[key].shortcut, icon=known[key].icon),
        )
        for key, told in commands.items()
        if key in known
    ]
    if not words.strip():
        return [row for _, row in rows if row.key != Do("search")]
    near = sorted((row for row in rows if row[0] < FAR), key=lambda row: row[0])
    return [row for _, row in near[:MOST_DONE]]


def found_rows(hits: Hits, pack: Pack, screens: Sequence[Screen]) -> list[ListRow]:
    """The records that can be opened, those of one kind together, the kind of the best first."""
    opened = {kind for screen in screens for kind in screen.kinds}
    by_kind: dict[str, list[Hit]] = {}
    for hit in hits.hits:
        if hit.opens[0] in opened:
            by_kind.setdefault(hit.kind, []).append(hit)
    return [_row(hit, pack) for group in by_kind.values() for hit in group]


def kinds_to_choose(screens: Sequence[Screen]) -> Mapping[str, str]:
    """{kind: its name} of those that have a screen here."""
    kinds = (kind for screen in screens for kind in screen.kinds)
    return {kind: tr(KINDS[kind].label) for kind in kinds if screen_of(kind) is not None}


def _row(hit: Hit, pack: Pack) -> ListRow:
    district = pack.district(hit.district)
    below, marks = hit.snippet.text, hit.snippet.marks
    if not below:
        state = label("review_state", hit.review) if hit.review in REVIEW else ""
        below = " · ".join(part for part in (state, district.words() if district else "") if part)
    return ListRow(
        Show(*hit.opens, hit.id),
        hit.title.text,
        below,
        when=short_day(hit.day),
        badge=tr(KINDS[hit.kind].label),
        icon=picture_of(hit.opens[0]),
        marks=hit.title.marks,
        below_marks=marks,
    )


def _far(typed: str, name: str, also: str) -> int:
    """How far a name is from what was typed: 0 where it begins so in the language spoken, FAR where in none.
    `also`: what else it is called."""
    near = [spoken(), *(one for one in LANGUAGES if one != spoken())]
    plain, folded = typed.casefold().split(), fold(typed).split()
    far = FAR
    for said, more in ((name, 0), (also, 1)):
        for at, language in enumerate(near if said else ()):
            words = tr(said, language)
            if _begins(fold(words).split(), folded):
                inexact = not _begins(words.casefold().split(), plain)
                far = min(far, 4 * bool(at) + 2 * more + inexact)
    return far


def _begins(said: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether each wanted word begins one of these."""
    return bool(wanted) and all(any(one.startswith(word) for one in said) for word in wanted)
