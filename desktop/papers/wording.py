"""Values, days and heads of papers in words, in the language of the paper and not of the screen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any

import resources
from desktop.actions.records import TAG, Row
from desktop.session import Desk
from sync.language import named, tr
from sync.money import in_tenge
from sync.person import REGION
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import Field, field_map, fields
from sync.vocabulary import label

NAMED = Mapping[str, str]  # {id of a linked record: its title}
NOTHING = "—"


def office(desk: Desk, district: str, language: str) -> tuple[str, ...]:
    """Whose paper it is, a line each: region, district, group."""
    where = [] if district == REGION else [desk.pack.full_name(district, language)]
    return (named(desk.pack.names, language), *where, tr("Operative group", language))


def long_day(day: date, language: str) -> str:
    """«2026 жылғы 29 қараша», «29 ноября 2026 года»."""
    month = _months()[day.month - 1][language]
    return tr("{day} {month} {year}", language, day=day.day, month=month, year=day.year)


@cache
def _months() -> list[dict[str, str]]:
    """Their names as they stand inside a date, January first."""
    return resources.table("calendar", "months.csv")


def short_day(day: date | None) -> str:
    """«29.11.2026»; nothing for none."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}" if day else ""


def number(row: Row) -> str:
    """The number that the server gave; until then a short tag of this record."""
    return str(row.get("number") or f"~{row['id'].hex[-TAG:].upper()}")


def title_of(row: Row, language: str) -> str:
    """What a person would call this record."""
    record = KINDS[row["kind"]]
    names = [record.named_by] if record.named_by else [one.name for one in fields(record)]
    texts = (row[name] for name in names if field_map(record)[name].type is str and row[name])
    lines = (line.strip() for text in texts for line in text.splitlines())
    return next(filter(None, lines), "") or tr(record.untitled or record.label, language)


def village(pack: Pack, code: str | None, language: str) -> str:
    """A village and its okrug: the district stands above."""
    return ", ".join(pack.full_name(code, language).split(", ")[:2]) if code else ""


def said(field: Field, value: Any, pack: Pack, language: str, links: NAMED) -> str:
    """A value in words; "" for none."""
    if value is None or value == "" or value == []:
        return ""
    if field.choices:
        keys: Sequence[str] = value if isinstance(value, list) else [value]
        return ", ".join(label(field.choices, key, language) for key in keys)
    if field.place:
        return pack.full_name(value, language)
    if field.okrugs:
        return ", ".join(pack.okrug_name(one, language) for one in value)
    if field.link:
        return links.get(str(value), "")
    if isinstance(value, bool):
        return tr("Yes", language) if value else tr("No", language)
    if field.money:
        return in_tenge(value)
    return plainly(value)


def plainly(value: Any) -> str:
    """A day, a time, a number, a text, or several."""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def listed(text: str | None) -> tuple[str, ...]:
    """What was written one a line."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def counted(lines: Sequence[str]) -> tuple[str, ...]:
    """Numbered, unless whoever wrote them did so."""
    if any(line[:1].isdigit() for line in lines):
        return tuple(lines)
    return tuple(f"{at}. {line}" for at, line in enumerate(lines, 1))
