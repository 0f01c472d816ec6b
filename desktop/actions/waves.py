"""A wave on this laptop: how far it is in each cell, what is said with it, and whether it may leave.

Offline, what all laptops had told the server at the last exchange is known, and what was finished here
since is added (sync.client.progress).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions.answers import done_here
from desktop.actions.standing import find
from desktop.actions.wave_forms import form_of
from desktop.session import Desk
from desktop.surveys.waves import cells
from desktop.surveys.waves import passport as passports
from desktop.surveys.waves.cells import CellState
from desktop.surveys.waves.passport import Counted, Passport
from sync.client import progress, taken
from sync.person import REGION
from sync.places import Pack
from sync.quotas import Design
from sync.records.base import field_map
from sync.records.census import Census
from sync.records.survey import Wave

MOST_SHOWN = 3  # cells that are proposed


@dataclass(frozen=True)
class DistrictProgress:
    """One district: interviews that are known of, how many are planned, and its cells."""

    district: str
    answers: int  # everybody's, as far as is known here
    here: int  # of them, finished on this laptop
    planned: int | None
    cells: tuple[CellState, ...]  # those that lack most first

    @property
    def lacking(self) -> tuple[CellState, ...]:
        """Cells in which somebody is still to be asked."""
        return tuple(one for one in self.cells if one.lacks)

    @property
    def proposed(self) -> tuple[CellState, ...]:
        """The cells that lack most."""
        return self.lacking[:MOST_SHOWN]


@dataclass(frozen=True)
class WaveProgress:
    """How far a wave is, as far as this laptop knows."""

    wave: UUID
    done: int  # finished on this laptop since the wave began
    told_at: datetime | None  # when the server was heard last; None: never
    districts: tuple[DistrictProgress, ...]
    words: Mapping[str, str]  # {line of a group: its name}
    design: Design

    def of(self, district: str) -> DistrictProgress | None:
        """One district's."""
        return next((one for one in self.districts if one.district == district), None)


def read_progress(desk: Desk, wave: UUID, language: str | None = None) -> WaveProgress:
    """How far a wave is. Raises UserError where it is not on this laptop."""
    with desk.store() as session:
        row = _wave(session, wave)
        design = cells.design_of(row)
        known, own = progress.of_wave(session, wave), progress.own(session, wave)
        form = form_of(session, row.form) if design else None
        done, at = done_here(session, wave), progress.told_at(session)
        target, districts = row.target, _districts(desk, row)
    found = []
    for district in districts:
        there, here = known.get(district), own.get(district)
        states = cells.lay_out(
            design,
            district,
            there.cells if there else {},
            here.cells if here else {},
            desk.pack,
        )
        found.append(
            DistrictProgress(
                district,
                there.answers if there else 0,
                here.answers if here else 0,
                target or cells.total(states)[1] or None,
                states,
            )
        )
    words = cells.group_words(form, design, language) if form is not None else {}
    return WaveProgress(wave, done, at, tuple(found), words, design)


def read_design(desk: Desk, wave: UUID) -> Design:
    """What makes the cells of a wave. Raises UserError where it is not on this laptop."""
    with desk.store() as session:
        return cells.design_of(_wave(session, wave))


def full_cell(
    progress: WaveProgress, okrug: str, values: Mapping[str, object], pack: Pack
) -> CellState | None:
    """The cell that such an answer falls into, where it is full; the interview may go on.

    `values`: {path: value}, as far as they are known in the interview.
    """
    cell = progress.design.cell_of(okrug, values, pack)
    found = progress.of(pack.district_of(okrug)) if cell else None
    states = found.cells if found else ()
    return next((one for one in states if one.cell == cell and one.full), None)


def full_place(found: DistrictProgress, place: str) -> bool:
    """Whether all cells of an okrug that have a number are full."""
    here = [one for one in found.cells if one.cell.place == place and one.planned is not None]
    return bool(here) and all(one.full for one in here)


def read_passport(desk: Desk, wave: UUID, language: str | None = None) -> Passport:
    """What is said with the figures of a wave, and what of that is lacking."""
    with desk.store() as session:
        row = _wave(session, wave)
        form = form_of(session, row.form)
        values, answers = _values(row), _answers(session, wave)
        fitted = _fitted(session, row)
    return passports.passport(values, form, desk.pack, answers, fitted=fitted, language=language)


def require_may_leave(desk: Desk, wave: UUID, on: date | None = None) -> None:
    """Raise Refused where figures of this wave may not be exported, printed or published now.

    It says until when, and why: see desktop.surveys.waves.silence and passport.
    """
    with desk.store() as session:
        row = _wave(session, wave)
        form = form_of(session, row.form)
        refusal = passports.forbidden(_values(row), form, _answers(session, wave), on)
    if refusal is not None:
        raise refusal


def _wave(session: Session, wave: UUID) -> Wave:
    row = find(session, wave, Wave.kind)
    assert isinstance(row, Wave)
    return row


def _values(row: Wave) -> dict[str, Any]:
    return {name: getattr(row, name) for name in field_map(Wave)}


def _fitted(session: Session, wave: Wave) -> Counted | None:
    """To which numbers of people the wave's ratings are fitted, if they are on this laptop."""
    try:
        row = session.get(Census, UUID(wave.census or ""))
    except ValueError:
        return None
    return Counted(row.title or "", row.source or "", row.counted_on) if row else None


def _answers(session: Session, wave: UUID) -> int:
    """How many answered, as far as this laptop knows: those that came here, else what it was told."""
    raw, counted = taken.both(session)
    here = raw.get(wave, 0) + counted.get(wave, 0)
    return here or sum(one.answers for one in progress.of_wave(session, wave).values())


def _districts(desk: Desk, wave: Wave) -> list[str]:
    """Those of the wave that this person works in."""
    asked = [one for one in wave.districts or [] if one in desk.pack.districts]
    asked = asked or list(desk.pack.districts)
    home = desk.person.district
    return asked if home == REGION else [one for one in asked if one == home]
