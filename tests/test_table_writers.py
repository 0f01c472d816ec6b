"""Two modules write tables, one for each format: elsewhere a text could become a formula."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
CSV = {"writer", "QUOTE_ALL"}
WRITERS = {"desktop/exports/tables.py", "sync/csv_file.py"}
BLANK = "desktop/exports/blank.py"  # empty tables: no word in them is anybody's
READERS = {
    BLANK: {"Workbook", "get_column_letter", "DataValidation"},
    "desktop/imports/sheets.py": {"load_workbook"},
    "desktop/exports/whose.py": {"load_workbook", "reader"},
    "desktop/surveys/census/grid.py": {"load_workbook"},
    # what it writes the form compiler reads, in the same process, and nobody else
    "desktop/surveys/compiler.py": {"writer", "DictWriter"},
}


def table_calls(path):
    """What a module takes of csv, openpyxl and its like, by name."""
    taken = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (
            "openpyxl", "xlsxwriter", "xlwt", "csv",
        ):  # fmt: skip
            taken |= {one.name for one in node.names}
        elif isinstance(node, ast.Import):
            taken |= {
                one.name
                for one in node.names
                if one.name.split(".")[0] in ("openpyxl", "xlsxwriter", "xlwt")
            }
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "csv"
        ):
            taken.add(node.attr)
    return taken


READING = {"reader", "DictReader", "Error", "field_size_limit"}  # of the module csv


def test_no_other_module_writes_tables():
    others = {}
    for package in ("sync", "desktop", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            taken = table_calls(path) - READERS.get(name, set())
            if name not in WRITERS and taken - READING:
                others[name] = taken

    assert others == {}


def test_a_writer_elsewhere_is_found(tmp_path):
    path = tmp_path / "x.py"
    path.write_text(
        "import csv\ncsv.writer(f)\nfrom openpyxl import Workbook\nimport xlsxwriter\n"
    )

    assert table_calls(path) == {"writer", "Workbook", "xlsxwriter"}


def test_each_of_the_two_writes_its_own_format_only():
    assert table_calls(ROOT / "sync/csv_file.py") == CSV
    assert not table_calls(ROOT / "desktop/exports/tables.py") & CSV
