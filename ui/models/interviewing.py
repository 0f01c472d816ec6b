"""What an interview needs from the store, and what it leaves there."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from desktop.actions import answers, drafts, surveys, waves
from desktop.actions.records import list_records, show
from desktop.actions.signs import Seen
from desktop.actions.waves import WaveProgress
from desktop.session import Desk
from desktop.surveys.form import Form
from sync.change import Change
from sync.folding import kazakh_key
from sync.person import REGION
from sync.records.base import Values

LAST_OKRUG = "interview:okrug"  # the draft key under which the last one is kept
HIDDEN = ("okrug", "official", "post")  # nodes that the laptop fills in, if the form has them


@dataclass(frozen=True)
class Setup:
    """Everything to begin or to go on with an interview of one wave."""

    wave: UUID
    title: str
    form: Form
    done: int
    target: int | None
    okrugs: list[tuple[str, str]]  # code, name
    officials: list[tuple[str, str]]  # id, post; empty where the wave rates none
    okrug: str  # the last one, or ""
    progress: WaveProgress | None = None  # how far the wave is
    draft: Mapping[str, Any] = field(default_factory=dict)  # of an interview that was cut off


def read_setup(desk: Desk, wave: UUID) -> Setup:
    """For the store's thread. Raises UserError where the form has not come yet."""
    passport = show(desk, wave, "wave")
    state = next(each for each in surveys.list_waves(desk) if each.id == wave)
    kept = drafts.recall(desk, LAST_OKRUG) or {}
    okrugs = okrugs_of(desk, passport["districts"] or (), passport["places"] or ())
    okrug = kept.get("okrug", "")
    return Setup(
        wave=wave,
        title=passport["title"] or "",
        form=surveys.form_to_ask(desk, wave),
        done=state.done,
        target=state.target,
        okrugs=okrugs,
        officials=_officials(desk, passport["rated"] or []),
        okrug=okrug if okrug in dict(okrugs) else "",
        progress=waves.read_progress(desk, wave),
        draft=drafts.recall(desk, answers.draft_key(wave)) or {},
    )


def okrugs_of(
    desk: Desk, districts: Sequence[str] = (), places: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """(code, name) of the okrugs where this person may ask: of the own district, or of all.

    `districts` and `places` are those of the wave, where it names some. A city without okrugs is one
    place.
    """
    pack, home = desk.pack, desk.person.district
    asked = [one for one in districts or pack.districts if home in (REGION, one)]
    okrugs = [one for one in pack.okrugs.values() if one.district in asked]
    cities = [one for one in asked if all(okrug.district != one for okrug in okrugs)]
    within = {pack.okrug_of(one) or one for one in places}
    found = [
        (one.code, one.words() if home != REGION else pack.full_name(one.code))
        for one in okrugs
        if not within or one.code in within or one.district in within
    ]
    found += [(one, pack.full_name(one)) for one in cities if not within or one in within]
    return sorted(found, key=lambda each: kazakh_key(each[1]))


def draw(officials: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Who is rated in this interview: by lot, so that nobody chooses whom to ask about."""
    return random.SystemRandom().choice(officials) if officials else ("", "")


def path_of(form: Form, name: str) -> str:
    """The path of a hidden node of this name, or ""."""
    nodes = form.nodes.items()
    return next((path for path, node in nodes if node.kind == "hidden" and node.name == name), "")


def keep_draft(desk: Desk, wave: UUID, body: Values) -> None:
    """Keep an interview as it stands."""
    drafts.keep(desk, answers.draft_key(wave), body)


def drop_draft(desk: Desk, wave: UUID) -> None:
    """Nothing of an interview stays."""
    drafts.drop(desk, answers.draft_key(wave))


def finish(desk: Desk, wave: UUID, okrug: str, values: Values, seen: Seen) -> list[Change]:
    """Keep the finished interview, forget its draft, remember the okrug. No record changes."""
    today = date.today()  # noqa: DTZ011  # the day of the place
    answers.finish(desk, wave, okrug, today, values, seen)
    drafts.drop(desk, answers.draft_key(wave))
    drafts.keep(desk, LAST_OKRUG, {"okrug": okrug})
    return []


def _officials(desk: Desk, rated: Sequence[str]) -> list[tuple[str, str]]:
    posts = {str(row["id"]): row["post"] or "" for row in list_records(desk, "official")}
    return [(id, posts[id]) for id in rated if id in posts]
