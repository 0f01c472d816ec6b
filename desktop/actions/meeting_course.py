"""A meeting while it goes on: its agenda item by item, and where it is now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desktop.actions import drafts, records
from desktop.actions.records import Row
from desktop.session import Desk
from sync.change import Change


@dataclass(frozen=True)
class Course:
    """Where a meeting is. `at`: the place of the item, from nought; `since`: when that began."""

    at: int = 0
    since: datetime | None = None


def items(meeting: Row) -> list[str]:
    """The agenda, an item a line, without the numbers that people write before them."""
    lines = (line.strip() for line in (meeting.get("agenda") or "").splitlines())
    return [_bare(line) for line in lines if _bare(line)]


def add_item(desk: Desk, meeting: UUID, item: str) -> list[Change]:
    """Another item at the end of the agenda; nothing for an empty one."""
    words = " ".join(item.split())
    if not words:
        return []
    before = (records.show(desk, meeting, "meeting")["agenda"] or "").rstrip()
    agenda = f"{before}\n{words}" if before else words
    return records.save(desk, "meeting", {"agenda": agenda}, meeting)


def recall_course(desk: Desk, meeting: UUID) -> Course:
    """Where the meeting was on this laptop; at its beginning where nobody followed it yet."""
    kept = drafts.recall(desk, _key(meeting)) or {}
    since = kept.get("since")
    return Course(kept.get("at", 0), datetime.fromisoformat(since) if since else None)


def keep_course(desk: Desk, meeting: UUID, course: Course) -> None:
    """Keep where it is: a program that starts anew goes on there."""
    since = course.since.isoformat() if course.since is not None else None
    drafts.keep(desk, _key(meeting), {"at": course.at, "since": since})


def minutes_since(meeting: Row, now: datetime) -> int | None:
    """How long it goes on by the time that is written down; None on another day, or before it."""
    began: date | None = meeting.get("held_on")
    if began != now.date() or meeting.get("held_at") is None:
        return None
    start = datetime.combine(now.date(), meeting["held_at"], now.tzinfo)
    gone = int((now - start).total_seconds() // 60)
    return gone if gone >= 0 else None


def _key(meeting: UUID) -> str:
    return f"live:{meeting}"


def _bare(line: str) -> str:
    """«2. Roads», «2) Roads» and «– Roads» → «Roads»."""
    number = len(line) - len(line.lstrip("0123456789"))
    rest = line[number:]
    if number and rest[:1] in (".", ")"):
        return rest[1:].strip()
    return line.lstrip("-–—•*").strip()
