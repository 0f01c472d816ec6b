"""A record as it stands on this laptop: found by its id, and seen as the rules see it."""

from uuid import UUID

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from sync.client.erasure import erased_as
from sync.erasure import REASONS
from sync.errors import UserError
from sync.language import mark
from sync.merge import Standing
from sync.records import KINDS
from sync.records.base import Part, Record, Reviewed, Values, fields
from sync.records.values import plain
from sync.vocabulary import Term

KIND_OF = union_all(  # one question in place of one for each kind
    *(
        select(literal(record.kind)).where(record.__table__.c.id == bindparam("id"))
        for record in KINDS.values()
    )
)


def find(session: Session, id: UUID, kind: str | None = None) -> Record:
    """The row of a record. Raises UserError where it is not on this laptop."""
    found = session.get(KINDS[kind], id) if kind else find_any(session, id)
    if found is None and (stone := erased_as(session, id)) is not None:
        raise UserError(
            mark("This record was erased on {day}: {reason}. Nothing of it is left."),
            day=stone.at.astimezone().strftime("%d.%m.%Y"),
            reason=Term(REASONS, stone.reason),
        )
    if found is None:
        raise UserError(
            mark("This record is not on this laptop. Perhaps it comes with the next sync.")
        )
    return found


def find_any(session: Session, id: UUID) -> Record | None:
    """The row of a record of whichever kind, if it is on this laptop."""
    kind: str | None = session.scalar(KIND_OF, {"id": id})
    return session.get(KINDS[kind], id) if kind else None


def standing(row: Record) -> Standing:
    """A laptop's row as the rules see it."""
    values = plain_values(row)
    if isinstance(row, Reviewed):
        values["review"] = row.review
    return Standing(
        kind=row.kind,
        record=row.id,
        district=row.district,
        parent=row.parent if isinstance(row, Part) else None,
        revision=row.revision,
        fields=values,
        touched={},
    )


def parent_standing(session: Session, parent: UUID | None) -> Standing | None:
    """The record that a part belongs to, as the rules see it."""
    whole = find_any(session, parent) if parent else None
    return standing(whole) if whole is not None else None


def plain_values(row: Record) -> Values:
    """The declared fields of a row as JSON has them."""
    return plain({field.name: getattr(row, field.name) for field in fields(type(row))})
