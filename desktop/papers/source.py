"""What a paper says of a record: the row with its parts, photos, links and terms, read once.

What a person may not read, or did not ask for, is empty in it, so that no layout can say it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from desktop.actions import attachments, records, terms, whole
from desktop.actions.linked import part_kinds
from desktop.actions.records import Row
from desktop.actions.saved_files import is_paper
from desktop.actions.terms import Clocks
from desktop.exports.pages import Picture
from desktop.papers.wording import title_of
from desktop.session import Desk
from sync.errors import Refused, UserError
from sync.language import mark, tr
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import fields
from sync.records.issue import Issue

ON_THE_SERVER = mark(
    "The words of this record are on the server. Open it where there is a connection, so that it is "
    "whole here; then make the paper. Nothing was written."
)
NOT_READ = mark("Your role does not read these records, so it cannot make papers of them.")


@dataclass(frozen=True)
class Stamp:
    """What is said of the paper itself: its language, whose it is, when, and under which id."""

    language: str
    id: str
    at: datetime
    personal: bool = False


@dataclass(frozen=True)
class Source:
    """A record as a paper needs it."""

    row: Row
    parts: Mapping[str, list[Row]] = field(default_factory=dict)  # {kind: rows}
    files: tuple[Row, ...] = ()
    photos: tuple[Picture, ...] = ()
    links: Mapping[str, Row] = field(default_factory=dict)  # {id: the record}
    titles: Mapping[str, str] = field(default_factory=dict)  # {id: its title}
    clocks: Clocks | None = None  # of an issue


def read_source(desk: Desk, id: UUID, stamp: Stamp) -> Source:
    """The record. Raises UserError where it is not here whole, Refused where it may not be read."""
    row = records.show(desk, id)
    if not may(desk.person, Action.READ, row["district"]):
        raise Refused(NOT_READ)
    if whole.is_bare(desk, id):
        raise UserError(ON_THE_SERVER)
    personal = stamp.personal and may(desk.person, Action.READ_PRIVATE, row["district"])
    links = _links(desk, row)
    files = attachments.attachments(desk, id)
    return Source(
        row=without_private(row, personal=personal),
        parts={
            kind: [
                without_private(one, personal=personal) for one in records.parts(desk, kind, id)
            ]
            for kind in part_kinds(row["kind"])
        },
        files=tuple(one for one in files if is_paper(one["media_type"])),
        photos=tuple(
            _photo(desk, one, stamp.language)
            for one in files
            if not is_paper(one["media_type"])
            and may(desk.person, Action.READ_FILE, one["district"])
        ),
        links=links,
        titles={key: title_of(one, stamp.language) for key, one in links.items()},
        clocks=terms.clocks(desk, [row])[id] if row["kind"] == Issue.kind else None,
    )


def without_private(row: Row, *, personal: bool) -> Row:
    """The row, its people's data emptied where they are not wanted."""
    if personal:
        return row
    private = {one.name for one in fields(KINDS[row["kind"]]) if one.private}
    return {name: None if name in private else value for name, value in row.items()}


def _links(desk: Desk, row: Row) -> dict[str, Row]:
    found = {}
    for one in fields(KINDS[row["kind"]]):
        if one.link and row[one.name]:
            with suppress(UserError, ValueError):  # it is not here, or no id
                linked = records.show(desk, UUID(row[one.name]), one.link)
                if may(desk.person, Action.READ, linked["district"]):
                    found[str(row[one.name])] = without_private(linked, personal=False)
    return found


def _photo(desk: Desk, row: Row, language: str) -> Picture:
    """A photo with its caption; the small one where the large one is away; or that it is not here."""
    from desktop.pictures import is_ours, size_of  # here: it brings a library of pictures

    words = row["caption"] or row["name"] or ""
    content = attachments.picture(desk, row["sha256"])
    if content is None or not is_ours(content):
        missing = tr("[The photo is not on this laptop]", language)
        return Picture(f"{missing} {words}".strip())
    width, height = size_of(content)
    return Picture(words, content, width, height)
