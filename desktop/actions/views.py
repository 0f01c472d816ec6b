"""Views of a list that a person saved under names: a filter and words, kept in the encrypted file.

They are the person's own and stay on this laptop. Nothing of a record is in them but what was typed.
Beside them stand those that were shared (handed_out.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.actions import drafts
from desktop.actions.handed_out import GivenView
from desktop.actions.listing import ALL, Wish, read_listing
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark

SAVED: Final = "views"  # where they are kept
MOST: Final = 20  # views of a list
LONGEST: Final = 60  # characters of a name


@dataclass(frozen=True)
class View:
    """One, by its name."""

    name: str
    wish: Wish
    given: GivenView | None = None  # where it was shared


def read_views(desk: Desk, kind: str) -> list[View]:
    """Those of a list, in the order in which they were saved."""
    kept = drafts.recall(desk, _key(kind)) or {}
    return [
        View(one["name"], Wish(one["state"], one["words"], one.get("order", "")))
        for one in kept.get("views", ())
    ]


def with_given(views: Sequence[View], given: Sequence[GivenView]) -> list[View]:
    """One's own, then those that were shared, each by a name of its own. Of two that are the same the
    shared one: its own comes back when it is taken back."""
    shared = {(one.name, one.wish) for one in given}
    found = [one for one in views if (one.name, one.wish) not in shared]
    for one in given:
        taken, name, number = {other.name for other in found}, one.name, 1
        while name in taken:
            name = f"{one.name} · {one.words()}" + (f" · {number}" if number > 1 else "")
            number += 1
        found.append(View(name, one.wish, one))
    return found


def keep_views(desk: Desk, kind: str, views: Sequence[View]) -> None:
    """Keep these and no others: what `with_view`, `renamed` and `without` give."""
    told = [
        {
            "name": one.name,
            "state": one.wish.state,
            "words": one.wish.words,
            "order": one.wish.order,
        }
        for one in views
    ]
    drafts.keep(desk, _key(kind), {"views": told})


def with_view(views: Sequence[View], name: str, wish: Wish) -> list[View]:
    """And one more, or another wish under a name that is there. Raises UserError."""
    name = _named(name)
    if any(one.name == name for one in views):
        return [replace(one, wish=wish) if one.name == name else one for one in views]
    if len(views) >= MOST:
        raise UserError(mark("A list has at most {n} saved views. Delete one first."), n=MOST)
    return [*views, View(name, wish)]


def renamed(views: Sequence[View], name: str, to: str) -> list[View]:
    """One of them under another name, in its place. Raises UserError where another has it."""
    to = _named(to)
    if to != name and any(one.name == to for one in views):
        raise UserError(mark("There is a view of this name already."))
    return [replace(one, name=to) if one.name == name else one for one in views]


def without(views: Sequence[View], name: str) -> list[View]:
    """All but one."""
    return [one for one in views if one.name != name]


def count_views(
    desk: Desk, kind: str, views: Sequence[View], wanted: Callable[[], bool] = lambda: True
) -> dict[str, int]:
    """{name: how many records fit now}, as far as it is still wanted."""
    counted: dict[str, int] = {}
    states: dict[str, int] | None = None
    for one in views:
        if not one.wish.words.strip() and states is not None:
            counted[one.name] = states.get(one.wish.state, 0)
        elif (listing := read_listing(desk, kind, one.wish, wanted)) is not None:
            counted[one.name] = len(listing.ids)
            states = listing.counts
    return counted


def proposed_name(wish: Wish, state: str, order: str = "") -> str:
    """What a new view may be called; `state` and `order`: the filter and the order in words."""
    parts = (state if wish.state != ALL else "", wish.words.strip(), order)
    return " · ".join(part for part in parts if part)[:LONGEST]


def _named(name: str) -> str:
    name = " ".join(name.split())[:LONGEST]
    if not name:
        raise UserError(mark("Give the view a name."))
    return name


def _key(kind: str) -> str:
    return f"{SAVED}:{kind}"
