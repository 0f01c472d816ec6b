"""No SQL is put together from text that came in: values are bound, names are declared."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
TAKERS = {"text", "literal_column", "exec_driver_sql", "execute", "executescript", "op"}
DECLARED = {  # what may be put into a statement's text: names and numbers that the program declares
    "sync/among.py": {"before", "marks", "after"},  # a statement of declared names, cut at its ?
    "sync/server/walls.py": {"SERVING", "name", "rights", "way"},
    "sync/server/tables.py": {"columns[-1]"},
    "sync/server/store.py": {"pragma"},
    "sync/server/arrivals.py": {"pragma"},
    "sync/server/dumps.py": {"pragma", "name"},
    "desktop/store.py": {"pragma", "key.hex()", "'ON' if reading else 'OFF'", "migrations.SCHEMA"},
    "desktop/actions/listing.py": {"record.__tablename__"},
    "desktop/actions/records.py": {"record.__tablename__", "DISPUTED"},
}


def put_in(call: ast.Call) -> set[str]:
    """What a call puts into the text of a statement."""
    found: set[str] = set()
    for argument in call.args[:1]:
        if isinstance(argument, ast.JoinedStr):
            parts = [one for one in argument.values if isinstance(one, ast.FormattedValue)]
            found |= {ast.unparse(one.value) for one in parts}
        elif isinstance(argument, ast.BinOp) or (
            isinstance(argument, ast.Call)
            and isinstance(argument.func, ast.Attribute)
            and argument.func.attr in ("format", "join", "replace")
        ):
            found.add(ast.unparse(argument))
    return found


def statements(source: str) -> set[str]:
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    names = [(getattr(one.func, "attr", getattr(one.func, "id", "")), one) for one in calls]
    return set[str]().union(*(put_in(call) for name, call in names if name in TAKERS))


def test_only_declared_names_stand_in_the_text_of_a_statement():
    found = {}
    for package in ("sync", "desktop"):
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts and (put := statements(path.read_text("utf-8"))):
                found[path.relative_to(ROOT).as_posix()] = put

    assert found == DECLARED


def test_the_look_finds_what_it_is_for():
    for source in (
        'session.execute(text(f"SELECT {typed}"))',
        'connection.exec_driver_sql("SELECT " + typed)',
        'text("SELECT {}".format(typed))',
        'cursor.execute("SELECT %s" % typed)',
    ):
        assert statements(source), source
