"""python -m tests.older FILE URL TOKEN STEP: a laptop whose program is older than the server's.

It has never heard of the kind `step`, nor of a visit's field `households`. STEP is `take`, or
`edit` (a visit's `people` becomes 9). Says what is on the laptop: {"visits", "foreign", "kinds"}.
"""

import json
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

# {module: (what its lines say, what they said before)}
FORGOTTEN = {
    "sync.records": ("(Issue, Step)", "(Issue,)"),
    "sync.records.visit": (
        """households: Mapped[int | None] = field(
        mark("Households visited"), under=mark("Whom and what"), smallest=0
    )""",
        "",
    ),
}


class Older(SourceFileLoader):
    """Reads a module as it was before."""

    def get_code(self, fullname: str) -> CodeType | None:
        now, before = FORGOTTEN[fullname]
        text = Path(self.path).read_text(encoding="utf-8")
        assert now in text, f"{fullname} does not say {now}"
        code: CodeType = compile(text.replace(now, before), self.path, "exec")
        return code


class Past(MetaPathFinder):
    """Finds the older modules before Python finds today's."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname in FORGOTTEN else None
        if spec is not None and spec.origin:
            spec.loader = Older(fullname, spec.origin)
        return spec


def main(file: str, url: str, token: str, step: str) -> None:
    """One start of the older program."""
    from sqlalchemy import select

    from desktop.store import open_store
    from sync.change import Change
    from sync.client import engine, outbox
    from sync.client.line import open_http
    from sync.client.tables import Foreign
    from sync.client.transport import HttpTransport
    from sync.records import KINDS
    from sync.records.base import fields
    from sync.records.visit import Visit
    from tests.bench.material import KEY

    store = open_store(Path(file), KEY, Path(file).parent / "copies")
    if step == "edit":
        with store.begin() as session:
            visit = session.scalars(select(Visit)).one()
            said = {"district": visit.district, "base": visit.revision, "by": "ben"}
            outbox.put(
                session, Change(kind="visit", record=visit.id, fields={"people": 9}, **said)
            )
    with open_http() as http:
        engine.sync_once(store, HttpTransport(http, url, token))
    with store() as session:
        visits = [{"people": v.people, **v.unknown} for v in session.scalars(select(Visit))]
        foreign = [row.kind for row in session.scalars(select(Foreign))]
    store.close()
    kinds = {name: [field.name for field in fields(kind)] for name, kind in KINDS.items()}
    print(json.dumps({"visits": visits, "foreign": foreign, "kinds": kinds}))  # noqa: T201


if __name__ == "__main__":
    sys.meta_path.insert(0, Past())
    main(*sys.argv[1:])
