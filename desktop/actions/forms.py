"""The forms that surveys ask by: listed, compared, published; and the ones that come with the program.

Whether values fit a kind of record is `desktop.forms`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from desktop.actions import records
from desktop.file_names import tidy_name
from desktop.files import write_whole
from desktop.session import Desk
from desktop.surveys import bundled
from desktop.surveys.comparing import Difference, compare
from desktop.surveys.form import Form, load_form
from desktop.surveys.made_up import Trial, try_out
from desktop.surveys.pictures import written_length
from desktop.surveys.questions import questions
from desktop.surveys.xlsform import Checked, Tell, read_xlsform
from sync.change import Change
from sync.errors import UserError
from sync.folding import fold, kazakh_key
from sync.language import mark
from sync.records.survey import LONGEST_FORM, Wave
from sync.records.survey import Form as FormRecord

SURVEY = "survey"  # of the vocabulary form_use
NO_NAME = mark("Give the form a name, by which people know it.")
NOT_USABLE = mark("This form cannot be published before what is said above is put right.")
TOO_LONG = mark(
    "With its lists the form has {n} characters, and may have {most}. Make its lists shorter."
)
SAME_VERSION = mark("“{name}” has a version {version} already. Give this one another number.")
SAME_QUESTIONS = mark(
    "Nothing to publish: version {version} of “{name}” is word for word this one."
)


@dataclass(frozen=True)
class Published:
    """One version of a form on this laptop."""

    id: UUID
    name: str
    version: str
    use: str  # of the vocabulary form_use
    published: datetime
    questions: int
    languages: tuple[str, ...]
    waves: tuple[str, ...]  # titles of the waves that ask by it

    @property
    def used(self) -> bool:
        """Whether it stays as it is for good."""
        return bool(self.waves)


@dataclass(frozen=True)
class Runs:
    """A wave that asks by an older version, and goes on with it."""

    title: str
    version: str
    ends_on: date | None


@dataclass(frozen=True)
class Proposal:
    """What a form that was read would be called, and what it would mean to publish it."""

    name: str
    version: str
    use: str
    earlier: Published | None  # the version before it
    differences: tuple[Difference, ...]  # from that one
    runs: tuple[Runs, ...]  # waves whose answers it concerns

    @property
    def breaks(self) -> tuple[Difference, ...]:
        """Where answers to the version before would not fit."""
        return tuple(one for one in self.differences if one.breaks)


@dataclass(frozen=True)
class Reading:
    """A form that was read, whatever came of it. `trial` and `proposal` only where it can be run."""

    file: str
    checked: Checked
    trial: Trial | None = None
    proposal: Proposal | None = None


def read_file(desk: Desk, path: Path, tell: Tell | None = None) -> Reading:
    """Read a workbook or XForm, hold interviews with made-up answers, and say what it would be called.

    What is wrong with the file is told, not raised; raises what `tell` raises, to stop it.
    """
    checked = read_xlsform(path, tell=tell)
    return _tried(desk, path.name, checked, tell=tell)


def read_bundled(desk: Desk, form: bundled.BundledForm) -> Reading:
    """The same for a form that comes with the program."""
    checked = Checked(form.xform(), ())
    return _tried(desk, form.words(), checked, name=form.words(), use=form.use)


def _tried(
    desk: Desk,
    file: str,
    checked: Checked,
    *,
    name: str = "",
    use: str = SURVEY,
    tell: Tell | None = None,
) -> Reading:
    if checked.xform is None or not checked.ok:
        return Reading(file, checked)
    trial = try_out(load_form(checked.xform), tell=tell)
    offer = propose(desk, checked.xform, name=name, use=use, file=file)
    return Reading(file, checked, trial, offer)


def list_forms(desk: Desk) -> list[Published]:
    """All versions: by name in Kazakh order, of each the newest first."""
    with desk.store() as session:
        rows = session.scalars(select(FormRecord).where(~FormRecord.removed)).all()
        waves = session.scalars(select(Wave).where(~Wave.removed).order_by(Wave.starts_on)).all()
        found = [
            _published(row, tuple(one.title or "" for one in waves if one.form == str(row.id)))
            for row in rows
        ]
    found.sort(key=lambda one: one.published, reverse=True)
    return sorted(found, key=lambda one: kazakh_key(one.name))


def xform_of(desk: Desk, form: UUID) -> str:
    """The XForm of a version. Raises UserError where it is not here."""
    return str(records.show(desk, form, "form")["xform"] or "")


def propose(
    desk: Desk, xform: str, *, name: str = "", use: str = SURVEY, file: str = ""
) -> Proposal:
    """How this form would be published: under this name, else that of its older version or title.

    `file`: the name of the workbook, for a form without a title. Raises UserError where the text
    is no form at all.
    """
    form = load_form(xform)
    shelf = list_forms(desk)
    before = _before(desk, shelf, form, name)
    called = name or (before.name if before else form.title.strip()) or Path(file).stem
    versions = {one.version for one in shelf if fold(one.name) == fold(called)}
    return Proposal(
        name=called,
        version=_next_version(form.version, versions),
        use=before.use if before else use,
        earlier=before,
        differences=tuple(compare(load_form(xform_of(desk, before.id)), form)) if before else (),
        runs=tuple(_running(desk, [one for one in shelf if fold(one.name) == fold(called)])),
    )


def publish(desk: Desk, xform: str, *, name: str, version: str, use: str = SURVEY) -> list[Change]:
    """Save a version; from the next exchange on all laptops have it.

    Raises Refused where the person may not, and UserError where the form cannot be used, is too
    long, has no name, or is there already.
    """
    name, version = name.strip(), version.strip()
    if not name:
        raise UserError(NO_NAME)
    if (n := written_length(xform)) > LONGEST_FORM:
        raise UserError(TOO_LONG, n=n, most=LONGEST_FORM)
    if not load_form(xform).usable:
        raise UserError(NOT_USABLE)
    for one in list_forms(desk):
        if fold(one.name) != fold(name):
            continue
        if xform_of(desk, one.id) == xform:
            raise UserError(SAME_QUESTIONS, name=one.name, version=one.version)
        if one.version == version:
            raise UserError(SAME_VERSION, name=one.name, version=version)
    values = {"name": name, "version": version, "use": use, "xform": xform}
    return records.save(desk, "form", values)


def take_away(desk: Desk, form: UUID) -> list[Change]:
    """A version that no wave asks by is offered no more. Raises Refused for one in use."""
    return records.remove(desk, "form", form)


def bring_back(desk: Desk, form: UUID) -> list[Change]:
    """Undo `take_away`."""
    return records.save(desk, "form", {"removed": False}, form)


def save_workbook(form: bundled.BundledForm, path: Path) -> None:
    """Write the workbook of a form of the program, to be changed in Excel.

    Raises UserError where the disk does not take it.
    """
    write_whole(path, form.workbook())


def workbook_name(form: bundled.BundledForm) -> str:
    """What its file would be called."""
    return tidy_name(f"{form.words()}.xlsx")


def _published(row: FormRecord, waves: tuple[str, ...]) -> Published:
    asked, languages = _looked_at(row.xform or "")
    return Published(
        id=row.id,
        name=row.name or "",
        version=row.version or "",
        use=row.use or SURVEY,
        published=row.created,
        questions=asked,
        languages=languages,
        waves=waves,
    )


@lru_cache(maxsize=64)
def _looked_at(xform: str) -> tuple[int, tuple[str, ...]]:
    """How many questions a form has, and its languages; none of either where it is no form."""
    try:
        form = load_form(xform)
    except UserError:
        return 0, ()
    return len(questions(form)), form.languages


def _before(desk: Desk, shelf: Sequence[Published], form: Form, name: str) -> Published | None:
    """The newest version of the form that is called so; without a name, of the same form id."""
    newest = sorted(shelf, key=lambda one: one.published, reverse=True)
    if name:
        return next((one for one in newest if fold(one.name) == fold(name)), None)
    title = fold(form.title)
    for one in newest:
        if fold(one.name) == title or _form_id(xform_of(desk, one.id)) == form.id:
            return one
    return None


@lru_cache(maxsize=64)
def _form_id(xform: str) -> str:
    try:
        return load_form(xform).id
    except UserError:
        return ""


def _next_version(wanted: str, taken: set[str]) -> str:
    """Its own, if that is free; else the day and a number, as the field's tools have it."""
    if wanted and wanted not in taken:
        return wanted
    day = f"{date.today():%Y%m%d}"  # noqa: DTZ011  # the day of the place
    numbers = (f"{day}{number:02}" for number in range(1, len(taken) + 2))
    return next(one for one in numbers if one not in taken)


def _running(desk: Desk, versions: Sequence[Published]) -> list[Runs]:
    """The waves of these versions that are not over."""
    known = {str(one.id): one.version for one in versions}
    today = date.today()  # noqa: DTZ011  # the day of the place
    with desk.store() as session:
        waves = session.scalars(select(Wave).where(~Wave.removed).order_by(Wave.starts_on)).all()
        return [
            Runs(wave.title or "", known[wave.form or ""], wave.ends_on)
            for wave in waves
            if (wave.form or "") in known and (wave.ends_on is None or wave.ends_on >= today)
        ]
