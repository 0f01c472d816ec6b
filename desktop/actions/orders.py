"""By which fields a list is put in order: its days and numbers, never what people wrote or whose it is."""

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement

from sync.language import mark, tr
from sync.records.base import Record, field_map, fields
from sync.records.numbered import number_field

CREATED = "created"
RECORDED = mark("Recorded on")
BACK = "-"  # before a field: from its end
EARLIEST, LATEST = mark("earliest first"), mark("latest first")
SMALLEST, LARGEST = mark("smallest first"), mark("largest first")


@cache
def orders(record: type[Record]) -> tuple[str, ...]:
    """The fields, as they are declared; when it was recorded comes first."""
    number = number_field(record)
    found = [number.name] if number is not None else []
    found += [
        one.name
        for one in fields(record)
        if one.type in (date, datetime, int, float)
        and one.listed
        and not (one.private or one.choices)
    ]
    return (CREATED, *found)


def is_order(record: type[Record], order: str) -> bool:
    """Whether lists of this kind can be put in this order; as edited last is one."""
    return not order or order.removeprefix(BACK) in orders(record)


def turned(order: str) -> str:
    """The same from the other end."""
    return order.removeprefix(BACK) if order.startswith(BACK) else BACK + order


def field_words(record: type[Record], name: str) -> str:
    """A field by which is ordered, in words."""
    return tr(RECORDED) if name == CREATED else field_map(record)[name].words()


def order_words(record: type[Record], order: str) -> str:
    """An order in words; as edited last has none."""
    if not order or not is_order(record, order):
        return ""
    name = order.removeprefix(BACK)
    days = name == CREATED or field_map(record)[name].type in (date, datetime)
    first, last = (EARLIEST, LATEST) if days else (SMALLEST, LARGEST)
    return f"{field_words(record, name)}: {tr(last if order.startswith(BACK) else first)}"


def ordering(record: type[Record], order: str) -> tuple[ColumnElement[Any], ...]:
    """The same for the database: what lacks the field comes last, and of equals what was edited last."""
    newest = record.edited.desc(), record.id.desc()
    if not order or not is_order(record, order):
        return newest
    column = record.__table__.c[order.removeprefix(BACK)]
    way = column.desc() if order.startswith(BACK) else column.asc()
    return column.is_(None), way, *newest
