"""Changes that nobody may make, not even a coordinator, who may do most: each is refused."""

from collections.abc import Callable
from uuid import UUID, uuid5

import msgspec

from sync.change import Change
from sync.erasure import ERASED, check_erasure
from sync.errors import Refused
from sync.merge import Standing
from sync.person import REGION, Person
from sync.records.base import Values
from sync.rights import check

HERE, THERE = "615600000", "615200000"
COORDINATOR = Person("eset", "Есет", "coordinator", REGION)


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


def _change(
    kind: str, fields: Values, of: str = "", district: str = HERE, part: str = ""
) -> Change:
    parent = _id(part) if part else None
    return Change(
        kind=kind, record=_id(of or "new"), district=district, fields=fields, parent=parent
    )


def _stands(
    kind: str, fields: Values | None = None, district: str = HERE, part: str = ""
) -> Standing:
    parent = _id(part) if part else None
    return Standing(
        kind=kind,
        record=_id(kind),
        district=district,
        parent=parent,
        fields=fields or {},
        touched={},
    )


def _checked(
    change: Change,
    there: Standing | None = None,
    parent: Standing | None = None,
    *,
    commented: bool = True,
) -> Callable[[], object]:
    return lambda: check(COORDINATOR, change, there, parent=parent, commented=lambda: commented)


def _erased(change: Change, there: Standing | None = None) -> Callable[[], object]:
    return lambda: check_erasure(COORDINATOR, change, there, proven=False)


ISSUE, MEETING = _stands("issue", {"review": "draft"}), _stands("meeting", {"review": "draft"})
SENT = _stands("issue", {"review": "sent"})
FORGED: dict[str, Callable[[], object]] = {
    "of a kind that is not known": _checked(_change("poem", {"text": "…"})),
    "a record carried off to another district": _checked(
        _change("issue", {"essence": "?"}, "issue", THERE), ISSUE
    ),
    "a form in a district": _checked(_change("form", {"name": "?"})),
    "an issue in what the region shares": _checked(_change("issue", {"essence": "?"}, "", REGION)),
    "a part of nothing": _checked(_change("question", {"text": "?"}, part="meeting")),
    "a part of a record of another district": _checked(
        _change("question", {"text": "?"}, part="meeting"), None, _stands("meeting", {}, THERE)
    ),
    "a part carried over to another record": _checked(
        _change("question", {"text": "?"}, "question", part="meeting"),
        _stands("question", part="another meeting"),
        MEETING,
    ),
    "a part of a record of another kind": _checked(
        _change("question", {"text": "?"}, part="issue"), None, ISSUE
    ),
    "a number that is the server's to give": _checked(_change("issue", {"number": "1"})),
    "another author": _checked(_change("issue", {"author": "eva"})),
    "another time of making": _checked(_change("issue", {"created": "2026"})),
    "conflicts of one's own": _checked(_change("issue", {"conflicts": {}})),
    "what was written once, anew": _checked(
        _change("step", {"text": "!"}, "step", part="issue"), _stands("step", part="issue"), ISSUE
    ),
    "a value of another type": _checked(_change("issue", {"essence": 5})),
    "a person's data without consent": _checked(_change("issue", {"applicant": "Гүлнар"})),
    "a step of review that is none": _checked(
        _change("issue", {"review": "blessed"}, "issue"), ISSUE
    ),
    "a step of review that does not lead there": _checked(
        _change("issue", {"review": "approved"}, "issue"), ISSUE
    ),
    "returned without a word": _checked(
        _change("issue", {"review": "returned"}, "issue"), SENT, commented=False
    ),
    "sent with gaps": _checked(_change("issue", {"review": "sent"}, "issue"), ISSUE),
    "sent again with gaps": _checked(
        _change("issue", {"review": "sent"}, "issue"), _stands("issue", {"review": "returned"})
    ),
    "approved after another one emptied it": _checked(
        _change("issue", {"review": "approved"}, "issue"),
        msgspec.structs.replace(SENT, touched={"essence": (3, "ama")}),
    ),
    "an erasure that says more": _erased(
        _change("issue", {ERASED: "request", "essence": "?"}, "issue"), ISSUE
    ),
    "an erasure of a kind that is not known": _erased(_change("poem", {ERASED: "request"})),
    "an erasure as another kind": _erased(_change("visit", {ERASED: "request"}, "issue"), ISSUE),
    "an erasure for no reason": _erased(_change("issue", {ERASED: "boredom"}, "issue"), ISSUE),
    "an erasure that is no stone": _erased(_change("issue", {ERASED: {"a": 1}}, "issue"), ISSUE),
}


def let_through() -> list[str]:
    """Those that were not refused."""
    return [name for name, forged in FORGED.items() if not _refused(forged)]


def _refused(forged: Callable[[], object]) -> bool:
    try:
        forged()
    except Refused:
        return True
    except Exception:  # noqa: BLE001  # with a guard removed, anything may break further on
        return False
    return False
