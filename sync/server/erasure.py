"""An erasure on the server: the record, its parts and their history are emptied; a stone stays."""

import hmac
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from sync.change import Change
from sync.erasure import ERASED, Stone, as_fields, check_erasure, is_erased, stone_of
from sync.merge import BORN, Standing
from sync.person import Person
from sync.records import KINDS
from sync.records.base import Reviewed, Values, field_map
from sync.records.states import ReviewState
from sync.server import doomed, walls
from sync.server.tables import Entry, Kept, LateEdit, SealKey, Stream


def is_proven(session: Session, change: Change) -> bool:
    """Whether an erasure bears the seal of this server. Refused where it is none."""
    said = stone_of(change)
    return bool(said.seal) and hmac.compare_digest(said.seal, _seal(session, change, said))


def judge(
    session: Session, person: Person, change: Change, standing: Standing | None, *, proven: bool
) -> Stone:
    """The stone that this erasure leaves. One that was erased before keeps its own. Or Refused."""
    stone = check_erasure(person, change, standing, proven=proven)
    if standing is not None and is_erased(standing):
        return msgspec.convert(standing.fields[ERASED], Stone)
    return msgspec.structs.replace(stone, seal=_seal(session, change, stone))


def empty(
    session: Session, change: Change, standing: Standing | None, stone: Stone, revision: int
) -> list[Standing]:
    """Empty all that is here of the record → stones: its own at `revision`, then its parts'.

    What was accepted before must be in the tables already; the caller writes the stones.
    """
    parts = _parts(session, change.district, change.record)
    ids = [change.record, *(part.id for part in parts)]
    _empty_history(session, change.district, ids)
    doomed.doom(session, _files(session, change.district, ids))
    parent = standing.parent if standing is not None else change.parent
    return [
        _standing(change.kind, change.record, change.district, parent, stone, revision),
        *(
            _standing(part.kind, part.id, part.district, part.parent,
                      _sealed(session, part, stone), revision + place)
            for place, part in enumerate(parts, 1)
        ),
    ]  # fmt: skip


def _parts(session: Session, district: str, whole: UUID) -> list[Any]:
    """Kind, id, district and parent of the parts, of their parts too."""
    found: list[Any] = []
    above = [whole]
    while above:
        rows = session.execute(
            select(Kept.kind, Kept.id, Kept.district, Kept.parent)
            .where(Kept.district == district, Kept.parent.in_(above))
            .order_by(Kept.revision)
        ).all()
        known = {whole, *(row.id for row in found)}
        rows = [row for row in rows if row.id not in known]
        found += rows
        above = [row.id for row in rows]
    return found


def _empty_history(session: Session, district: str, ids: list[UUID]) -> None:
    """Also of what somebody sent under another district, and was refused there."""
    streams = session.scalars(select(Stream.district)).all()
    with walls.lowered(session, *(one for one in streams if one != district)):
        _empty_ledger(session, streams, ids)
        _forget_late(session, streams, ids)


def _empty_ledger(session: Session, streams: Iterable[str], ids: list[UUID]) -> None:
    """That there were edits, by whom and when, stays; what they said, and why not, goes."""
    about = (Entry.district.in_(streams), Entry.record.in_(ids))
    session.execute(update(Entry).where(*about).values(fields={}))
    session.execute(update(Entry).where(*about, Entry.revision.is_(None)).values(reason=""))


def _forget_late(session: Session, streams: Iterable[str], ids: list[UUID]) -> None:
    """Edits that waited for a decision about them."""
    about = LateEdit.record.in_(ids) | LateEdit.parent.in_(ids)
    session.execute(delete(LateEdit).where(LateEdit.district.in_(streams), about))


def _files(session: Session, district: str, ids: list[UUID]) -> set[str]:
    """The files, and their small pictures, that these records name."""
    rows = session.scalars(
        select(Kept.fields).where(
            Kept.district == district, Kept.id.in_(ids), Kept.kind == "attachment"
        )
    )
    return {one for fields in rows for one in files_in(fields)}


def files_in(fields: Values) -> set[str]:
    """The file and the small picture that an attachment names."""
    named = (fields.get(name) for name in ("sha256", "thumbnail"))
    return {one for one in named if isinstance(one, str)}


def _standing(
    kind: str, record: UUID, district: str, parent: UUID | None, stone: Stone, revision: int
) -> Standing:
    """The stone as a record. All fields are said to be empty: laptops of 0.1 then empty theirs."""
    fields: dict[str, Any] = {
        **dict.fromkeys(field_map(KINDS[kind])),
        **as_fields(stone),
        "author": stone.by,
        "created": stone.at.isoformat(),
        "removed": True,
        "conflicts": {},
    }
    if issubclass(KINDS[kind], Reviewed):
        fields["review"] = ReviewState.DRAFT.value
    return Standing(
        kind=kind,
        record=record,
        district=district,
        parent=parent,
        revision=revision,
        by=stone.by,
        at=stone.at,
        fields=fields,
        touched={BORN: (revision, stone.by)},
    )


def _sealed(session: Session, part: Any, stone: Stone) -> Stone:
    about = Change(kind=part.kind, record=part.id, district=part.district, fields={})
    return msgspec.structs.replace(stone, seal=_seal(session, about, stone))


def _seal(session: Session, change: Change, stone: Stone) -> str:
    """What only this server can say of this erasure. Raises nothing; the key is always there."""
    key = session.get_one(SealKey, 1).key
    told: Iterable[Any] = (
        *(change.kind, change.record, change.district),
        *(stone.reason, stone.by, stone.at),
    )
    return hmac.new(bytes.fromhex(key), msgspec.json.encode(tuple(told)), "sha256").hexdigest()
