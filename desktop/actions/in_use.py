"""What may not be changed any more because people were asked by it: forms, and waves that run.

Answers name neither the version of a form nor the day: what is changed under them makes them mean
something else, and nobody could tell. The server looks at forms again (sync.server.in_use): it knows of waves
that others opened meanwhile.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.errors import Refused
from sync.in_use import FORM_FILLED, FORM_USED
from sync.language import mark
from sync.records.base import Record, Values, field_map
from sync.records.census import Census
from sync.records.filled_form import FilledForm
from sync.records.survey import Form, Official, Wave

OFFICIAL_RATED = mark(
    "“{wave}” rates this official, so the entry stays. If somebody else holds the post now, write "
    "when this one left it, and make a new entry."
)
CENSUS_FITTED = mark(
    "“{wave}” is fitted to these numbers, so they stay as they are: its ratings would change. Load the "
    "new ones beside them, and choose them at the waves that they are for."
)
BEGUN = mark("“{field}” stays as it is: the wave has begun, and people were asked by it.")
BEGUN_ONLY_MORE = mark(
    "The wave has begun: to “{field}” something may be added, nothing taken out."
)
OVER = mark("“{field}” stays as it is: the wave is over. Make a new one.")
IS_BEGUN = mark("The wave has begun, so it stays: its answers would belong to nothing.")

FIXED = ("form", "starts_on", "cell_place", "groups", "consent_line")  # once a wave has begun
PLACES = ("districts", "places")  # lists that may then only grow; an empty one means all
GROWING = (*PLACES, "rated")
OPEN_AFTER = ("title", "census", "weighting", "notice_number", "notice_on")  # and once it is over


def check(session: Session, known: Record | None, changed: Values) -> None:
    """Raise Refused, with the reason, where these fields of a record, new if None, may not change."""
    if isinstance(known, Form) and changed:
        _refuse(session, FORM_USED, lambda one: one.form == str(known.id))
        if session.scalar(select(FilledForm.id).where(FilledForm.form == str(known.id)).limit(1)):
            raise Refused(FORM_FILLED)
    elif isinstance(known, Official) and changed.get("removed"):
        _refuse(session, OFFICIAL_RATED, lambda one: str(known.id) in (one.rated or []))
    elif isinstance(known, Census) and changed.keys() & {"counts", "removed"}:
        _refuse(session, CENSUS_FITTED, lambda one: one.census == str(known.id))
    elif isinstance(known, Wave):
        _check_wave(known, changed)


def _refuse(session: Session, text: str, uses: Callable[[Wave], bool]) -> None:
    """With the first wave that uses it, if there is one."""
    if (wave := next(filter(uses, _waves(session)), None)) is not None:
        raise Refused(text, wave=wave.title or "")


def _check_wave(known: Wave, changed: Values) -> None:
    before = {name: getattr(known, name) for name in field_map(Wave)}
    stays = fixed(before, date.today())  # noqa: DTZ011  # the day of the place
    if stays and changed.get("removed"):
        raise Refused(IS_BEGUN)
    for name in changed:
        if name in stays and not stays[name](before[name], changed[name]):
            raise Refused(_why(before, name), field=field_map(Wave)[name].words())


Fits = Callable[[Any, Any], bool]


def fixed(wave: Mapping[str, Any], today: date) -> dict[str, Fits]:
    """{field of a wave: whether this may stand in the place of that}, of those not free any more.

    Empty before the wave begins. `wave` are its fields with their types.
    """
    if not wave["starts_on"] or wave["starts_on"] > today:
        return {}
    if is_over(wave, today):
        return {name: _never for name in field_map(Wave) if name not in OPEN_AFTER}
    return dict.fromkeys(FIXED, _never) | dict.fromkeys(PLACES, _widens) | {"rated": _grows}


def why_fixed(wave: Mapping[str, Any], name: str, today: date) -> Refused | None:
    """The same for one field, in words; None where it is free."""
    if name not in fixed(wave, today):
        return None
    return Refused(_why(wave, name, today), field=field_map(Wave)[name].words())


def is_over(wave: Mapping[str, Any], today: date) -> bool:
    """Whether nobody is asked any more."""
    return bool(wave["ends_on"]) and wave["ends_on"] < today


def _why(wave: Mapping[str, Any], name: str, today: date | None = None) -> str:
    if is_over(wave, today or date.today()):  # noqa: DTZ011  # the day of the place
        return OVER
    return BEGUN_ONLY_MORE if name in GROWING else BEGUN


def _never(_: Any, __: Any) -> bool:
    return False


def _grows(before: Any, after: Any) -> bool:
    return set(before or ()) <= set(after or ())


def _widens(before: Any, after: Any) -> bool:
    """To name some where all were meant would take the others out."""
    return not after or (bool(before) and _grows(before, after))


def _waves(session: Session) -> list[Wave]:
    return list(session.scalars(select(Wave).where(~Wave.removed).order_by(Wave.starts_on)))
