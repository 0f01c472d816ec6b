"""The empty table of a kind: its columns in the language spoken, what may be written, and the lists."""

from pathlib import Path

from desktop.exports.blank import Blank, write_blank
from desktop.files import writing
from desktop.imports.headings import DISTRICT, OKRUG, PARENT, importable_fields, targets
from desktop.session import Desk
from sync.language import mark, tr
from sync.person import REGION
from sync.records import KINDS
from sync.records.base import Field, Part, Record, field_map
from sync.vocabulary import choices

BY_TYPE = {
    "date": mark("A day: 05.11.2026"),
    "time": mark("A time: 14:30"),
    "int": mark("A whole number"),
    "float": mark("A number"),
    "bool": mark("Yes or no"),
}
MONEY = mark("A sum in whole tenge: 1250000")
LISTED = mark("One of the list, in any of the languages")
SEVERAL = mark("One or several of the list, with ; between them")
PLACE = mark("A village by its name; one that is not in the list comes as it is written")
OKRUGS = mark("Rural okrugs of the district, with ; between them")
PHONE = mark("A phone: +7 701 123 4567")
DIGITS = mark("Twelve digits")
TEXT = mark("A text, {most} characters at most")
OF_WHICH = mark("Title or number of the record that this belongs to")
CONSENT = mark("Only with the consent of the person, in the columns for it")
BESIDE = (OKRUG, DISTRICT)


def write_template(desk: Desk, kind: str, path: Path) -> None:
    """Write the table. Raises UserError where the disk does not take it."""
    record = KINDS[kind]
    columns = [_of_parent(record)] if PARENT in targets(record) else []
    columns += [_column(desk, record, one) for one in importable_fields(record)]
    with writing(path) as file:
        write_blank(file, tr(record.label), columns, path.parent)


def _of_parent(record: type[Record]) -> Blank:
    assert issubclass(record, Part)
    above = KINDS[record.parents[0]]
    label = field_map(above)[above.named_by].words()
    return Blank(label, tr(OF_WHICH), required=True)


def _column(desk: Desk, record: type[Record], one: Field) -> Blank:
    what = _what(one)
    if one.hint:
        what += f". {tr(one.hint)}"
    if one.private and record.consent_field:
        what += f". {tr(CONSENT)}"
    shown = {"date": "dd.mm.yyyy", "time": "hh:mm"}.get(one.type.__name__, "@")
    numbers = one.type in (int, float)
    return Blank(
        label=one.words(),
        what=what,
        required=one.required,
        listed=_listed(desk, one),
        strict=bool(one.choices) and one.type is not list,
        shown="General" if numbers else shown,
    )


def _what(one: Field) -> str:
    if one.place or one.okrugs:
        return tr(PLACE if one.place else OKRUGS)
    if one.choices:
        return tr(SEVERAL if one.type is list else LISTED)
    if one.money or one.type.__name__ in BY_TYPE:
        return tr(MONEY if one.money else BY_TYPE[one.type.__name__])
    if one.name == "phone" or one.check:
        what = PHONE if one.name == "phone" else DIGITS
        return tr(what)
    return tr(TEXT, most=one.most)


def _listed(desk: Desk, one: Field) -> tuple[str, ...]:
    own = None if desk.person.district == REGION else desk.person.district
    if one.place:
        return tuple(name for _, name in desk.pack.places(own))
    if one.okrugs:
        return tuple(name for _, name in desk.pack.okrugs_of(own))
    if one.type is bool:
        return tr("Yes"), tr("No")
    return tuple(choice.words() for choice in choices(one.choices)) if one.choices else ()
