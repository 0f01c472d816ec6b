"""The inventory of one end's tables: every column with its purpose, term, owner and basis."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import DeclarativeBase

from sync.language import tr
from sync.records import KINDS
from sync.records.base import Field, Record, field_map
from sync.records.held import Held
from sync.vocabulary import label

HEADINGS = ("Column", "Purpose", "Term", "Whose", "By what right")


@dataclass(frozen=True)
class Column:
    """One column of a table. `field`: what forms know of it, where people fill it in."""

    table: str
    name: str
    held: Held | None  # None: nobody said; a test does not let it stay so
    own: bool  # said at the column itself, not at its table
    field: Field | None = None

    def row(self, language: str | None = None) -> dict[str, str]:
        """The column in words: table, column, purpose, term, whose, basis."""
        held = self.held or Held("", "")
        return {
            "table": self.table,
            "column": self.name,
            "purpose": _words("held_purpose", held.purpose, language),
            "term": _words("held_term", held.term, language),
            "whose": _words("held_whose", held.whose, language),
            "basis": _words("held_basis", held.basis, language),
        }


def inventory(base: type[DeclarativeBase]) -> list[Column]:
    """All columns of an end's tables, table by table, in the order of their declaration."""
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in base.registry.mappers}
    return [
        Column(
            table=name,
            name=column.name,
            held=column.info.get("held") or getattr(kept, "held", None),
            own="held" in column.info,
            field=field_map(kept).get(column.name) if issubclass(kept, Record) else None,
        )
        for name, kept in sorted(classes.items())
        for column in kept.__table__.columns
    ]


def held_of(record: type[Record], name: str) -> Held:
    """Why one column of a record is kept."""
    found: Any = record.__table__.columns[name].info.get("held")
    return found if isinstance(found, Held) else record.held


def field_words(kind: str, name: str, language: str | None = None) -> str:
    """A field of a kind of record in words: «Issue: Phone»."""
    record = KINDS[kind]
    return f"{tr(record.label, language)}: {field_map(record)[name].words(language)}"


def page(columns: list[Column]) -> list[str]:
    """The inventory as lines of Markdown, in English."""
    lines: list[str] = []
    table = ""
    for column in columns:
        if column.table != table:
            table = column.table
            bar = "|".join("---" for _ in HEADINGS)
            lines += ["", f"### {table}", "", f"| {' | '.join(HEADINGS)} |", f"|{bar}|"]
        words = list(column.row("en").values())[1:]
        lines.append(f"| {' | '.join(words)} |".replace("|  |", "| |").replace("|  |", "| |"))
    return lines


def _words(vocabulary: str, key: str, language: str | None) -> str:
    return label(vocabulary, key, language) if key else ""
