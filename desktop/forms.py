"""What is wrong with what was typed, field by field, in words. Without a screen or a database."""

import msgspec

from sync.errors import UserError
from sync.records.base import Record, Values
from sync.records.values import Wrong, missing, parse, unconsented


def tidy(values: Values) -> Values:
    """Values as typed or chosen → as JSON: spaces trimmed, empty texts and lists as nothing.

    NUL characters, which come with a copied text and nobody sees, are left out of texts.
    """
    tidied = {}
    for name, value in values.items():
        text = value.replace("\0", "").strip() if isinstance(value, str) else value
        plain = msgspec.to_builtins(text)
        tidied[name] = None if plain in ("", []) else plain
    return tidied


def check(record: type[Record], values: Values, *, sending: bool = False) -> dict[str, UserError]:
    """Problems by field; empty when all is well. A draft may lack required fields."""
    values = tidy(values)
    problems: dict[str, UserError] = {}
    if sending:
        problems |= missing(record, values)
    problems |= unconsented(record, values)
    try:
        parse(record, values)
    except Wrong as wrong:
        problems |= wrong.problems
    return problems
