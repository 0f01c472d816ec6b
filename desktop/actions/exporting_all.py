"""All that a person may read, as one archive in an open format: records as JSON, files, and their schema.

For who leaves the program, or wants to reckon elsewhere. Personal data and files, which may show people,
only where it is said what for; what leaves is noted as any export.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
from sqlalchemy import String, func, select, type_coerce

from desktop.actions import attachments
from desktop.actions.exporting import PROFILE, exports
from desktop.actions.exporting_open import properties
from desktop.actions.exporting_table import PAGE
from desktop.actions.leaving import leaving
from desktop.actions.listing import read_rows
from desktop.exports.limits import check_rate, check_volume
from desktop.exports.marks import new_mark
from desktop.exports.open_formats import write_json
from desktop.exports.tables import Tell
from desktop.exports.training import about_training
from desktop.file_names import tidy_name
from desktop.session import Desk
from sync.change import now
from sync.client import exported
from sync.errors import UserError
from sync.exports import PURPOSES, Exported
from sync.language import LANGUAGES, mark, tr
from sync.person import REGION
from sync.policy import Action, may, reach
from sync.records import KINDS
from sync.records.base import Field, Record, Reviewed, fields
from sync.vocabulary import choices

NO_PURPOSE = mark("Say what the personal data are taken out for.")
NOT_ZIP = mark("The name of the file must end in .zip.")
NO_FOLDER = mark("There is no folder {folder}.")
ABOUT = """Records of Dala, made on {at:%Y-%m-%d %H:%M} UTC, export {id}.

schema.json    the kinds of record, their fields with labels in Kazakh, Russian and English, and lists
records/*.json the records of each kind: {{"records": [...]}}; a part names its record in "parent"
files/*        photos and papers, by the checksum that records of the kind attachment name
Days are ISO 8601, places are KATO codes, sums are tenge, a key of a list is explained in schema.json.
"bare": true   the words of this record are on the server alone: open it, then export again

Personal data: {personal}. Left out in any case: sealed reports, answers of surveys, and what the role of {person} may not read.
"""


def export_all(
    desk: Desk, path: Path, purpose: str = "", tell: Tell = lambda *_: None
) -> Exported:
    """Write all records that this person may read to a .zip; what was noted of it.

    With a `purpose`, a key of PURPOSES, also personal data and files. Raises UserError where
    something is missing, forbidden, or cannot be written: then nothing was.
    """
    personal = bool(purpose)
    if personal and purpose not in {choice.key for choice in choices(PURPOSES)}:
        raise UserError(NO_PURPOSE)
    if path.suffix.lower() != ".zip":
        raise UserError(NOT_ZIP)
    if not path.parent.is_dir():
        raise UserError(NO_FOLDER, folder=path.parent)
    ids = {kind: _ids(desk, record) for kind, record in KINDS.items()}
    rows, left, at = sum(map(len, ids.values())), exports(desk), now()
    check_rate(left, at)
    if personal:
        check_volume(left, rows, at, region=desk.person.district == REGION)
    noted = Exported(
        id=new_mark(),
        at=at.replace(microsecond=0),
        kind=PROFILE,
        format="zip",
        rows=rows,
        personal=personal,
        purpose=purpose,
    )
    with leaving(path) as file:
        _write(desk, file, ids, noted, tell)
        with desk.store.begin() as session:  # before the file has its name: none goes unnoted
            exported.note(session, noted)
    return noted


def count_all(desk: Desk) -> dict[str, int]:
    """{kind: how many records this person would take along}, of those that there are."""
    counts = {}
    with desk.store() as session:
        for kind, record in KINDS.items():
            query = select(record.district, func.count()).where(~record.removed)
            found = session.execute(query.group_by(record.district)).all()
            counts[kind] = sum(n for where, n in found if may(desk.person, Action.READ, where))
    return {kind: n for kind, n in counts.items() if n}


def with_personal(desk: Desk) -> bool:
    """Whether this person's role reads any personal data, and so may take them along."""
    return bool(reach(desk.person.role, Action.READ_PRIVATE))


def schema() -> dict[str, Any]:
    """What the archive's records mean: kinds, fields, and the lists that keys are of."""
    used = {one.choices for record in KINDS.values() for one in fields(record) if one.choices}
    return {
        "format": "dala-all",
        "version": 1,
        "kinds": {kind: _kind(record) for kind, record in KINDS.items()},
        "lists": {
            name: {one.key: dict(one.names) for one in choices(name)} for name in sorted(used)
        },
    }


def _kind(record: type[Record]) -> dict[str, Any]:
    return {
        "label": {language: tr(record.label, language) for language in LANGUAGES},
        "parts_of": list(getattr(record, "parents", ())),
        "reviewed": issubclass(record, Reviewed),
        "fields": {
            one.name: {
                "type": one.type.__name__,
                "label": {language: one.words(language) for language in LANGUAGES},
                "list": one.choices or None,
                "link": one.link or None,
                "personal": one.private,
                "required": one.required,
            }
            for one in fields(record)
        },
    }


def _ids(desk: Desk, record: type[Record]) -> list[str]:
    """The records of a kind that this person may read, the oldest first."""
    query = select(type_coerce(record.id, String), record.district).where(~record.removed)
    with desk.store() as session:
        found = session.execute(query.order_by(record.created, record.id)).all()
    return [id for id, district in found if may(desk.person, Action.READ, district)]


def _write(
    desk: Desk, file: IO[bytes], ids: dict[str, list[str]], noted: Exported, tell: Tell
) -> None:
    done, total = 0, noted.rows
    sums: dict[str, str] = {}  # of files, with the names they have there
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, some in ids.items():
            about = {"export": noted.id, "kind": kind}
            about |= about_training() if desk.training else {}
            with archive.open(f"records/{kind}.json", "w", force_zip64=True) as part:
                write_json(part, about, _read(desk, kind, some, sums, noted, tell, done, total))
            done += len(some)
        for sha256, name in sums.items() if noted.personal else ():
            tell(total, total)
            content = attachments.read(desk, sha256)
            if content is not None:
                archive.writestr(f"files/{name}", content)
        archive.writestr("schema.json", msgspec.json.format(msgspec.json.encode(schema())))
        personal = noted.purpose or "none; they are left out, and so are files"
        words = ABOUT.format(at=noted.at, id=noted.id, personal=personal, person=desk.person.id)
        archive.writestr("README.txt", words)


def _read(
    desk: Desk,
    kind: str,
    ids: list[str],
    sums: dict[str, str],
    noted: Exported,
    tell: Tell,
    done: int,
    total: int,
) -> Iterator[dict[str, Any]]:
    shown = _shown(kind, personal=noted.personal)
    for start in range(0, len(ids), PAGE):
        tell(done + start, total)
        for row in read_rows(desk, kind, ids[start : start + PAGE]):
            if kind == "attachment" and row["sha256"]:
                ending = Path(tidy_name(row["name"] or "")).suffix[:10]
                sums[row["sha256"]] = row["sha256"] + ending
            yield properties(desk, row, shown)


def _shown(kind: str, *, personal: bool) -> list[Field]:
    """All fields, but for a person's data where nobody said what for. A comment may name anybody."""
    if kind in ("comment", "attachment") and not personal:
        return [one for one in fields(KINDS[kind]) if one.stays or one.type is not str]
    return [one for one in fields(KINDS[kind]) if personal or not one.private]
