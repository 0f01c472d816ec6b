"""A wave is planned: what it may ask by, what is said before it opens, and that it is opened.

Nothing of a plan leaves the laptop before that: until then it is a draft, so that no laptop asks by a
wave that is half written. Fields that stay once it has begun: `desktop.actions.in_use`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop import forms as rules
from desktop.actions import censuses, drafts, forms, in_use, records
from desktop.session import Desk
from desktop.surveys.form import Form, load_form
from desktop.surveys.waves import checking, passport
from desktop.surveys.waves.silence import is_linked, silence
from sync import quotas
from sync.change import Change
from sync.errors import Refused, UserError
from sync.folding import kazakh_key
from sync.language import mark
from sync.records.base import Values, field_map
from sync.records.survey import NAMED, Official, Wave
from sync.records.survey import Form as FormRecord
from sync.records.values import missing, split

DRAFT = "wave:plan"  # the key under which a plan is kept that was not opened yet
PLANNED, RUNNING, CLOSED = "planned", "running", "closed"  # of the vocabulary wave_state
HIDDEN = "official"  # the question that the laptop fills in: who is rated
MOST = 3  # districts named in one sentence

BY_NAME = mark("This form is filled in by name. A survey asks anonymously: choose another one.")
NOT_HERE = mark("The form is not on this laptop. Choose another one, or sync first.")
NOBODY = mark("The form rates officials, and none is chosen: nobody would know whom it is about.")
NOT_RATED = mark("The form asks about no official, so those chosen are not rated by it.")
GONE = mark("An official who was chosen is in the directory no more. Take them out.")
LEFT = mark("“{post}” is over since {day}: choose who holds the post now.")
LEAVES = mark("“{post}” ends on {day}, while people are still asked.")
ELSEWHERE = mark("“{post}” belongs to {place}, where nobody is asked.")
PAST = mark("The last day is over already: nobody would be asked.")
AT_ONCE = mark("Its first day is over: it runs on each laptop as soon as that has it.")
NO_NUMBER = mark("How many are to be asked is said nowhere.")
EMPTY_CELLS = mark("In {place} {n} cells of {all} have no number.")
NOT_SUM = mark("In {place} the cells add up to {sum}; planned are {target}.")
MORE = mark("The same in {n} more districts.")
SILENT = mark("From {first} to {last} nothing of it may be exported or published.")
STOPPED = mark("The wave cannot be opened yet. {first}")


@dataclass(frozen=True)
class Remark:
    """One sentence about a plan. `stops`: it cannot be opened so. `field` may be ""."""

    text: UserError
    stops: bool = True
    field: str = ""


@dataclass(frozen=True)
class Listed:
    """A wave in the list."""

    id: UUID
    title: str
    state: str  # PLANNED, RUNNING or CLOSED
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Page:
    """All that the editor of a wave needs. `values`: the fields with their types."""

    id: UUID | None
    values: Values
    state: str
    forms: tuple[tuple[str, str], ...]  # id, words; those that a wave may ask by
    officials: tuple[tuple[str, str], ...]  # id, words; those in office, and those chosen
    censuses: tuple[tuple[str, str], ...] = ()  # id, words; the newest first
    stays: frozenset[str] = frozenset()  # fields that may not change
    grows: frozenset[str] = frozenset()  # lists of which nothing may be taken out
    draft: Mapping[str, Any] = field(default_factory=dict)


def list_waves(desk: Desk) -> list[Listed]:
    """Those that run first, then those to come, then the others; of each the newest first."""
    rows = records.list_records(desk, "wave")
    found = [
        Listed(row["id"], row["title"] or "", state_of(row), row["starts_on"], row["ends_on"])
        for row in rows
    ]
    found.sort(key=lambda one: one.starts_on or date.min, reverse=True)
    return sorted(found, key=lambda one: (RUNNING, PLANNED, CLOSED).index(one.state))


def state_of(wave: Mapping[str, Any]) -> str:
    """Where a wave stands today."""
    today = _today()
    if in_use.is_over(wave, today):
        return CLOSED
    begun = wave["starts_on"] is not None and wave["starts_on"] <= today
    return RUNNING if begun else PLANNED


def read_page(desk: Desk, wave: UUID | None) -> Page:
    """A wave of this laptop, or the plan of a new one. Raises UserError where it is not here."""
    draft = drafts.recall(desk, draft_key(wave)) or {}
    names = field_map(Wave)
    row = records.show(desk, wave, "wave") if wave is not None else None
    values = {name: row[name] if row else None for name in names}
    counts = tuple(_censuses(desk))
    if row is None and counts:
        values["census"] = counts[0][0]
    forms = tuple(_forms(desk, str(values["form"] or "")))
    if row is None and len(forms) == 1:
        values["form"] = forms[0][0]
    fixed = in_use.fixed(values, _today()) if row else {}
    chosen = [*(values["rated"] or []), *(draft.get("rated") or [])]
    return Page(
        id=wave,
        values=values,
        state=state_of(values) if row else PLANNED,
        forms=forms,
        officials=tuple(_officials(desk, chosen)),
        censuses=counts,
        stays=frozenset(fixed) - frozenset(in_use.GROWING if not _over(values) else ()),
        grows=frozenset(name for name in in_use.GROWING if name in fixed and not _over(values)),
        draft=draft,
    )


def draft_key(wave: UUID | None) -> str:
    """Where what was typed into a wave is kept until it is opened or saved."""
    return DRAFT if wave is None else f"wave:{wave}"


def check(desk: Desk, values: Values) -> list[Remark]:
    """What is to be said before a wave with these fields (as JSON) opens; what stops it first."""
    with desk.store() as session:
        found = list(_all(desk, session, rules.tidy(values)))
    return sorted(found, key=lambda one: not one.stops)


def open_wave(desk: Desk, values: Values, wave: UUID | None = None) -> list[Change]:
    """Save a wave: from the next exchange on it runs on the laptops of its districts.

    `values` are all its fields as JSON. Raises Refused, with the first reason, while anything stops
    it, where the person may not, or where a wave that runs may not be changed so.
    """
    over = wave is not None and _over(records.show(desk, wave, "wave"))
    told = next((one for one in check(desk, values) if one.stops), None)
    if told is not None and not over:  # of one that is over only notes may change
        raise Refused(STOPPED, first=told.text)
    changes = records.save(desk, "wave", values, wave)
    drafts.drop(desk, draft_key(wave))
    return changes


def form_of(desk: Desk, form: str) -> Form | None:
    """A form ready to be asked by; None where it is not here or cannot be used."""
    try:
        return load_form(forms.xform_of(desk, UUID(form)))
    except (ValueError, UserError):
        return None


def _all(desk: Desk, session: Session, values: Values) -> Iterator[Remark]:
    typed, _ = split(Wave, {n: one for n, one in values.items() if n in field_map(Wave)})
    wave = {name: typed.get(name) for name in field_map(Wave)}
    lacks = missing(Wave, values)
    for name in lacks:
        yield Remark(UserError(passport.LACKS, field=field_map(Wave)[name].words()), field=name)
    row = session.get(FormRecord, UUID(wave["form"])) if _is_id(wave["form"]) else None
    form = form_of(desk, str(row.id)) if row is not None else None
    if wave["form"] and form is None:
        yield Remark(UserError(NOT_HERE), field="form")
    if row is not None and row.use == NAMED:
        yield Remark(UserError(BY_NAME), field="form")
    wrong = rules.check(Wave, values) | checking.problems(wave, form, desk.pack)
    for name, problem in wrong.items():
        yield Remark(problem, field=name)
    if not lacks.keys() & {"starts_on", "ends_on"}:
        yield from _days(wave)
    yield from _rated(desk, session, wave, form)
    yield from _numbers(desk, wave)
    for lack in passport.lacking(wave, form, 2):  # of how many answered, nothing is known yet
        name = getattr(lack.values.get("field"), "name", "")
        yield Remark(lack, stops=is_linked(wave), field=name)
    if is_linked(wave) and (days := silence(wave)) is not None:
        said = {name: f"{day:%d.%m.%Y}" for name, day in vars(days).items()}
        yield Remark(UserError(SILENT, **said), stops=False)


def _days(wave: Mapping[str, Any]) -> Iterator[Remark]:
    if in_use.is_over(wave, _today()):
        yield Remark(UserError(PAST), field="ends_on")
    elif wave["starts_on"] < _today():
        yield Remark(UserError(AT_ONCE), stops=False, field="starts_on")


def _rated(
    desk: Desk, session: Session, wave: Mapping[str, Any], form: Form | None
) -> Iterator[Remark]:
    asks = form is not None and any(node.name == HIDDEN for node in form.nodes.values())
    rated = wave["rated"] or []
    if asks and not rated:
        yield Remark(UserError(NOBODY), field="rated")
    if form is not None and rated and not asks:
        yield Remark(UserError(NOT_RATED), stops=False, field="rated")
    for id in rated:
        one = session.get(Official, UUID(id)) if _is_id(id) else None
        if one is None or one.removed:
            yield Remark(UserError(GONE), field="rated")
        else:
            yield from _official(desk, wave, one)


def _official(desk: Desk, wave: Mapping[str, Any], one: Official) -> Iterator[Remark]:
    post, begins, ends = one.post or "", wave["starts_on"], wave["ends_on"]
    day = f"{one.until:%d.%m.%Y}" if one.until else ""
    if one.until and begins and one.until < begins:
        yield Remark(UserError(LEFT, post=post, day=day), field="rated")
    elif one.until and ends and one.until < ends:
        yield Remark(UserError(LEAVES, post=post, day=day), stops=False, field="rated")
    district = desk.pack.district_of(one.territory or "")
    if district and wave["districts"] and district not in wave["districts"]:
        place = desk.pack.full_name(district)
        yield Remark(UserError(ELSEWHERE, post=post, place=place), stops=False, field="rated")


def _numbers(desk: Desk, wave: Mapping[str, Any]) -> Iterator[Remark]:
    """Whether it is said how many are asked, and whether the cells agree with it."""
    design = quotas.read(wave)
    if not design:
        if not wave["target"]:
            yield Remark(UserError(NO_NUMBER), stops=False, field="target")
        return
    told: dict[str, list[UserError]] = {EMPTY_CELLS: [], NOT_SUM: []}
    for code in wave["districts"] or desk.pack.districts:
        cells = design.cells(code, desk.pack)
        numbers = [design.planned(cell, desk.pack) for cell in cells]
        empty, total = numbers.count(None), sum(number or 0 for number in numbers)
        place, target = desk.pack.full_name(code), wave["target"]
        if empty:
            said = UserError(EMPTY_CELLS, place=place, n=empty, all=len(cells))
            told[EMPTY_CELLS].append(said)
        elif target and total != target:
            told[NOT_SUM].append(UserError(NOT_SUM, place=place, sum=total, target=target))
    for sentences in told.values():
        for sentence in sentences[:MOST]:
            yield Remark(sentence, stops=False, field="quotas")
        if more := len(sentences[MOST:]):
            yield Remark(UserError(MORE, n=more), stops=False, field="quotas")


def _forms(desk: Desk, chosen: str) -> Iterator[tuple[str, str]]:
    """«Рейтинг · 2», newest versions first; those by name are for records, not for waves."""
    for one in forms.list_forms(desk):
        if one.use != NAMED or str(one.id) == chosen:
            yield str(one.id), " · ".join(part for part in (one.name, one.version) if part)


def _censuses(desk: Desk) -> Iterator[tuple[str, str]]:
    """«Халық саны · 01.01.2026»"""
    for one in censuses.list_censuses(desk):
        day = f"{one.counted_on:%d.%m.%Y}" if one.counted_on else ""
        yield str(one.id), " · ".join(filter(None, (one.title, day)))


def _officials(desk: Desk, chosen: list[str]) -> Iterator[tuple[str, str]]:
    """Those in office now or later, and whoever was chosen."""
    rows = records.list_records(desk, "official")
    rows.sort(key=lambda row: kazakh_key(row["post"] or ""))
    for row in rows:
        in_office = row["until"] is None or row["until"] >= _today()
        if in_office or str(row["id"]) in chosen:
            yield str(row["id"]), official_words(desk, row)


def official_words(desk: Desk, row: Mapping[str, Any]) -> str:
    """«Созақ ауданының әкімі · Созақ ауданы»"""
    place = desk.pack.full_name(row["territory"]) if row["territory"] else ""
    return " · ".join(part for part in (row["post"], row["name"], place) if part)


def _over(values: Mapping[str, Any]) -> bool:
    return in_use.is_over(values, _today())


def _is_id(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(UUID(text))
    except ValueError:
        return False


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
