"""Habits that no linter knows: sizes, names, and where certain things may stand."""

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("resources", "sync", "desktop", "ui")
OTHERS = ("tests", "deploy")
LINES = 500  # over 300 is a question, which `python -m tests` prints

BAD_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|common)(_|$)|^base_")
SQL = re.compile(
    r"\s*(SELECT\b.*\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM"
    r"|(CREATE|ALTER|DROP)\s+(VIRTUAL\s+|UNIQUE\s+)?(TABLE|INDEX|VIEW|TRIGGER))\b",
    re.IGNORECASE | re.DOTALL,
)
HOMES = "|".join(("home", "root", "work", "Users"))  # joined here: this file is searched too
MACHINE_PATH = re.compile(rf"(?<![\w.:/$}})-])/({HOMES})/\w|\b[C-Z]:\\\\?{'Users'}")


def modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def test_no_module_is_longer_than_500_lines():
    long = {
        name(path): size
        for path in modules(*PACKAGES, *OTHERS)
        if (size := len(path.read_text(encoding="utf-8").splitlines())) > LINES
    }

    assert long == {}


def test_modules_are_called_after_what_they_hold():
    named = [path for path in modules(*PACKAGES, *OTHERS) if BAD_NAMES.search(path.stem)]

    assert [name(path) for path in named] == []


@pytest.mark.parametrize("bad", ["utils", "text_utils", "helpers", "manager", "common", "base_x"])
def test_bad_names_are_known(bad):
    assert BAD_NAMES.search(bad)


@pytest.mark.parametrize("good", ["base", "utility_bills", "commons", "management"])
def test_good_names_are_left_alone(good):
    assert not BAD_NAMES.search(good)


def test_every_module_of_the_program_says_what_it_holds():
    silent = [
        name(path)
        for path in modules(*PACKAGES)
        if not is_migration(path) and not ast.get_docstring(tree(path))
    ]

    assert silent == []


def plain_labels(code: ast.Module) -> list[int]:
    """Lines that use QLabel itself, which reads HTML out of what people typed."""
    return [
        node.lineno
        for node in ast.walk(code)
        if (isinstance(node, ast.ImportFrom) and any(a.name == "QLabel" for a in node.names))
        or (isinstance(node, ast.Attribute) and node.attr == "QLabel")
    ]


def test_labels_outside_the_widgets_show_plain_text_only():
    bare = [
        f"{name(path)}:{line}"
        for path in modules("ui")
        if "widgets" not in path.parts
        for line in plain_labels(tree(path))
    ]

    assert bare == []


@pytest.mark.parametrize(
    "code",
    [
        "from PySide6.QtWidgets import QLabel",
        "from PySide6 import QtWidgets\nQtWidgets.QLabel('')",
    ],
)
def test_a_bare_label_is_found(code):
    assert plain_labels(ast.parse(code))


def sql_texts(source: str) -> list[int]:
    """Lines with SQL in a string, unless the line says why: `# SQL: reason`."""
    code, lines = ast.parse(source), source.splitlines()
    documentation = {
        id(node.value)
        for node in ast.walk(code)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = []
    for node in ast.walk(code):
        text = None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value if id(node) not in documentation else None
        elif isinstance(node, ast.JoinedStr):
            text = "".join(v.value if isinstance(v, ast.Constant) else "x" for v in node.values)
        if text and SQL.match(text):
            excused = isinstance(node, ast.Constant) and "# SQL: " in lines[node.lineno - 1]
            found += [] if excused else [node.lineno]
    return found


def test_sql_is_written_by_sqlalchemy():
    written = [
        f"{name(path)}:{line}"
        for path in modules(*PACKAGES)
        if not is_migration(path)
        for line in sql_texts(path.read_text(encoding="utf-8"))
    ]

    assert written == []


@pytest.mark.parametrize(
    "code",
    [
        'run("select id from visit")',
        'run(f"DELETE FROM {table}")',
        'run(f"DELETE FROM {table}")  # SQL: never with values put in',
        'text("""\n  INSERT INTO visit VALUES (1)""")',
        'run("CREATE VIRTUAL TABLE found USING fts5(words)")',
    ],
)
def test_sql_in_a_string_is_found(code):
    assert sql_texts(code)


@pytest.mark.parametrize(
    "code",
    [
        '"""Select the visits from the store."""',
        'tr("Select a village")',
        'tr("Update the program")',
        'run("CREATE VIRTUAL TABLE found USING fts5(words)")  # SQL: SQLAlchemy has no FTS5',
    ],
)
def test_other_strings_are_not_taken_for_sql(code):
    assert not sql_texts(code)


def texts() -> Iterator[Path]:
    skipped = {".git", ".venv", "build", "dist", "__pycache__"}
    suffixes = {".py", ".md", ".toml", ".sh", ".txt", ".yml", ".yaml", ".spec", ".csv", ".json",
                ".qss", ".svg", ".po", ".desktop", ".service", ".xml", ""}  # fmt: skip
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        cache = any(part.endswith("_cache") or part == ".hypothesis" for part in parts)
        if path.is_file() and path.suffix in suffixes and not parts & skipped and not cache:
            yield path


def test_nothing_names_a_folder_of_one_machine():
    found = []
    for path in texts():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE_PATH.search(line):
                found.append(f"{name(path)}:{number}: {line.strip()[:80]}")

    assert found == []


def test_a_folder_of_one_machine_is_found():
    for folder in HOMES.split("|"):
        assert MACHINE_PATH.search(f'open("/{folder}/dala/x")')
    assert not MACHINE_PATH.search("https://example.kz/work/plan and a/home/b")


def test_every_file_of_code_can_be_parsed_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in modules(*PACKAGES, *OTHERS):
            tree(path)
