"""A record as it stands on the screen: what is saved, and on top of it what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.actions.records import Row
from sync.records.base import Record, Values, field_map
from sync.records.values import split
from ui.models.record_page import Page


@dataclass(frozen=True)
class Seen:
    """`row` and `parts` have typed values; what cannot be read as such counts as empty."""

    page: Page
    row: Row
    parts: Mapping[str, list[Row]]  # {kind: rows}


def on_top(record: type[Record], saved: Row | None, typed: Values) -> Row:
    """A saved row, or one that is to be, with what stands in its form: JSON values."""
    placed, _ = split(record, typed)
    empty = dict.fromkeys(field_map(record))
    return {**empty, **(saved or {}), **dict.fromkeys(typed), **placed}
