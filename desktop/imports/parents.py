"""The record that a row of parts belongs to: by its title, as a person writes it, or by its number."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.session import Desk
from sync.errors import UserError
from sync.folding import fold
from sync.language import mark
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Part, field_map

NO_PARENT = mark("The row does not say which record it belongs to. Write its title or its number.")
UNKNOWN = mark("There is no record called “{found}” here. Write its title as the list has it.")
SEVERAL = mark("{n} records are called “{found}”. Write the number, or make their titles differ.")


class Parents:
    """Those that a kind of parts may belong to, read once."""

    def __init__(self, desk: Desk, session: Session, record: type[Part]) -> None:
        self._known: dict[str, set[UUID]] = defaultdict(set)
        for kind in record.parents:
            above = KINDS[kind]
            names = [name for name in (above.named_by, "number") if name in field_map(above)]
            columns = [getattr(above, name) for name in names]
            for id, district, *said in session.execute(
                select(above.id, above.district, *columns).where(~above.removed, ~above.bare)
            ):
                if may(desk.person, Action.RECORD, district):
                    for text in filter(None, said):
                        self._known[_key(text)].add(id)

    def find(self, said: str) -> UUID:
        """The record called so. Raises UserError where there is none, or several."""
        if not said.strip():
            raise UserError(NO_PARENT)
        found = self._known.get(_key(said), set())
        if len(found) > 1:
            raise UserError(SEVERAL, n=len(found), found=said[:60])
        if not found:
            raise UserError(UNKNOWN, found=said[:60])
        return next(iter(found))


def _key(text: str) -> str:
    return " ".join(fold(text).split())
