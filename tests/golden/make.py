"""What crossed the line in protocol 1, written down once: `python -m tests.golden.make`.

Kept for ever. A new protocol gets files of its own beside these; these are never made again.
"""

import json
from pathlib import Path
from typing import Any

from sync.packing import pack

FOLDER = Path(__file__).parent
LIFE, MARK = "0123456789abcdef0123456789abcdef", "7a1f"
AT = "2026-11-24T09:30:00Z"
ISSUE, STEP, VISIT, WITNESSED, LOST, NEWER = (
    f"5d1f9a52-6d0a-4c0e-9a43-0f4c2f6c7f{number:02d}" for number in range(1, 7)
)


def change(number: int) -> str:
    """The id of a change."""
    return f"9b2c1d3e-4f50-4a61-8b72-c93d0e4f5a{number:02d}"


REQUEST: dict[str, Any] = {
    "cursors": {"615600000": 0, "region": 0},
    "changes": [
        {
            "id": change(1), "kind": "issue", "record": ISSUE, "district": "615600000",
            "fields": {"essence": "Көшеде су жоқ", "village": "615647100", "category": "housing",
                       "received_on": "2026-11-23"},
            "at": AT, "number": 3,
        },
        {
            "id": change(2), "kind": "step", "record": STEP, "district": "615600000",
            "fields": {"done_on": "2026-11-24", "type": "note", "text": "Су құбыры тексерілді"},
            "parent": ISSUE, "at": AT, "number": 4,
        },
        {
            "id": change(3), "kind": "issue", "record": ISSUE, "district": "615600000",
            "fields": {"address": "Абай к., 5"}, "base": -2, "at": AT, "number": 5,
        },
        {
            "id": change(4), "kind": "visit", "record": VISIT, "district": "615600000",
            "fields": {"outcome": "Бірінші сөйлем. Екінші сөйлем. Үшінші сөйлем."},
            "base": 1, "was": {"outcome": "Бірінші сөйлем. Екінші сөйлем."},
            "at": AT, "number": 6,
        },
        {
            "id": change(5), "kind": "visit", "record": LOST, "district": "615600000",
            "fields": {"people": 4}, "base": 1, "at": AT, "number": 7,
        },
        {
            "id": change(6), "kind": "visit", "record": NEWER, "district": "615200000",
            "fields": {"people": 1}, "at": AT, "number": 8,
        },
        {
            "id": change(7), "kind": "visit", "record": WITNESSED, "district": "615600000",
            "fields": {"people": 5, "village": "615647100"}, "base": -1, "at": AT,
            "witness": True, "number": 9,
        },
    ],
    "epoch": LIFE, "answered": 2, "rights": MARK,
}  # fmt: skip

REPLY: dict[str, Any] = {
    "epoch": LIFE,
    "accepted": {change(1): 4, change(2): 5},
    "refused": [{"change": change(6), "reason": "Бұл аудан сіздікі емес."}],
    "unknown": [change(5)],
    "changes": [
        {
            "id": change(11), "kind": "visit", "record": VISIT, "district": "615600000",
            "fields": {
                "author": "ben", "created": "2026-11-20T08:00:00+00:00", "removed": False,
                "review": "sent", "people": 3, "households": 2, "drone": "x1",
                "conflicts": {"people": [{"value": 7, "by": "ama", "at": AT,
                                          "change": change(12)}]},
            },
            "revision": 6, "by": "ben", "at": AT,
        },
        {
            "id": change(13), "kind": "well", "record": NEWER, "district": "615600000",
            "fields": {"depth": 40}, "parent": VISIT, "revision": 7, "by": "ben", "at": AT,
        },
        {
            "id": change(14), "kind": "issue", "record": ISSUE, "district": "615600000",
            "fields": {"number": "6156-2026-00001"}, "revision": 4, "by": "ama", "at": AT,
        },
    ],
    "cursors": {"615600000": 7, "region": 0},
    "now": AT,
    "scope": {
        "mark": "8b20",
        "person": {"id": "ama", "name": "Ама", "role": "activist", "district": "615600000",
                   "language": "kk"},
        "streams": ["615600000", "region"],
        "names": {"ben": "Бен"},
    },
}  # fmt: skip


def main() -> None:
    """Write what is not there yet."""
    for name, said in (("request", REQUEST), ("reply", REPLY)):
        body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        for path, content in (
            (FOLDER / f"protocol-1-{name}.json", body),
            (FOLDER / f"protocol-1-{name}.json.zst", pack(body)),
        ):
            if not path.exists():
                path.write_bytes(content)


if __name__ == "__main__":
    main()
