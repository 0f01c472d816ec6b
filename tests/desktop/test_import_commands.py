"""`import …`: a register as a script would bring it, and the server that gets it."""

import pytest

from sync.errors import UserError
from tests.desktop.imports.registers import HEADS, ROW, workbook


@pytest.fixture
def path(tmp_path):
    rows = (
        ROW,
        ("06.11.2026", "Жарық жоқ", "housing", "Созақ"),
        ("31.02.2026", "x", "housing", "Созақ"),
    )
    return workbook(tmp_path / "тізілім.xlsx", HEADS, *rows)


def test_a_register_is_tried_brought_once_sent_and_taken_back(mine, run, path):
    code, out, err = run("import", "issue", path, "--dry-run", "--profile", mine.folder)
    assert code == 1  # a row is not right
    assert "2 rows are new · 1 is not right" in out
    assert "Лист1: 4: Түскен күні: “31.02.2026” is no day" in err
    assert mine("list", "issue") == []

    done = mine("import", "issue", path)
    again = mine("import", "issue", path)

    assert (done["new"], done["wrong"], again["new"], again["there"]) == (2, 1, 0, 2)
    assert done["messages"][0]["row"] == 4
    assert again["import"] is None
    assert mine("sync")["sent"] == 2
    [logged] = mine("import", "log")
    assert (logged["id"], logged["rows"], logged["file"]) == (done["import"], 2, path.name)

    undone = mine("import", "undo", done["import"])
    mine("sync")
    assert (undone["removed"], undone["stay"]) == (2, 0)
    assert mine("list", "issue") == []
    assert mine("import", "issue", path)["new"] == 2
    mine("sync")
    assert mine("attention") == []


def test_nothing_comes_of_a_table_that_is_to_be_whole(mine, run, path, tmp_path):
    out = tmp_path / "қате.xlsx"
    words = "import", "issue", path, "--whole", "--wrong-to", out, "--profile", mine.folder

    code, said, _ = run(*words)

    assert (code, out.exists()) == (1, True)
    assert "Nothing was written, for not all rows are right." in said
    assert mine("list", "issue") == []
    code, _, err = run(*words)
    assert (code, "is there already" in err) == (1, True)


def test_columns_are_named_by_who_imports(mine, tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("Күн = дата", "Не болды"), ("05.11.2026", "Су жоқ"))

    done = mine(
        "import", "issue", path, "--map", "Не болды=essence", "--map", "Күн = дата=received_on"
    )

    assert [one["field"] for one in done["columns"]] == ["received_on", "essence"]
    assert mine("list", "issue")[0]["essence"] == "Су жоқ"


def test_an_empty_table_is_written_once(mine, run, tmp_path):
    path = tmp_path / "үлгі.xlsx"
    mine("import", "template", "issue", "--to", path)

    code, _, err = run("import", "template", "issue", "--to", path, "--profile", mine.folder)
    assert (code, "is there already" in err) == (1, True)
    code, _, err = run("import", "issue", path, "--profile", mine.folder)
    assert (code, "rows below it" in err) == (1, True)
    assert "Traceback" not in err
    assert UserError.__name__ not in err
