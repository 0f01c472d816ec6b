"""`seed` and `training`: a profile with invented data, by commands, and the way out of it."""

import csv
import json

import pytest

from desktop import training

SEED = ("seed", "--records", 60, "--until", "2026-11-29")


@pytest.fixture
def train(run, tmp_path):
    """Run a command on a training profile, as somebody who has no password for it."""

    def command(*words, stdin=""):
        code, out, err = run(
            *words, "--profile", tmp_path / "t", "--json", stdin=stdin, password="wrong"
        )
        return code, json.loads(out) if out else None, err

    return command


def test_an_empty_folder_becomes_training_and_commands_work_there_without_a_password(train):
    code, told, _ = train(*SEED)
    assert (code, told["records"]) == (0, 60)
    assert sum(told["kinds"].values()) == 60

    assert train("training")[1] == {"training": True}
    issues = train("list", "issue")[1]
    assert len(issues) == told["kinds"]["issue"]
    body = {"name": "Білім бөлімі", "sort": "department"}
    made = train("record", "organisation", stdin=json.dumps(body))
    assert made[0] == 0


def test_it_has_more_when_it_is_asked_again_and_the_same_when_it_is_new(train):
    first = train(*SEED)[1]
    issues = train("list", "issue")[1]
    train(*SEED)
    assert len(train("list", "issue")[1]) > len(issues)

    assert train("training", "--leave")[0] == 0
    assert train("training")[1] == {"training": False}
    assert train(*SEED)[1] == first
    assert train("list", "issue")[1] == issues


def test_it_neither_syncs_nor_writes_letters_nor_goes_into_a_room(train, tmp_path):
    train(*SEED)
    for words in (
        ("sync",),
        ("carry", "out", tmp_path / "letter"),
        ("carry", "join", "127.0.0.1:9", "code"),
        ("enrol", "--server", "https://server.test", "--code", "code"),
    ):
        code, out, err = train(*words)
        assert (code, out) == (1, None), words
        assert "no server" in err
    assert not (tmp_path / "letter").exists()


def test_its_password_is_nobodys_and_stays_as_it_is(train):
    train(*SEED)
    for words in (("password",), ("recovery",), ("key", "rotate")):
        code, _, err = train(*words)
        assert code == 1, words
        assert "no key or password" in err


def test_a_table_that_leaves_it_says_so_in_each_row(train, tmp_path):
    train(*SEED)
    assert train("export", "issue", "--to", tmp_path / "issues.csv")[0] == 0

    with (tmp_path / "issues.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) > 5
    assert {row[0] for row in rows} == {"Training"}


@pytest.mark.parametrize(
    "words",
    [
        ("--records", 0),
        ("--records", 10, "--days", 0),
        ("--records", 10, "--only", "official"),
        ("--records", 10, "--only", "step"),
        ("--records", 10, "--only", "nothing"),
        ("--records", 10, "--until", "yesterday"),
        ("--records", 10, "--role", "leader", "--district", "1"),
        ("--records", 10, "--region", "atlantis"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(train, words):
    code, out, err = train("seed", *words)
    assert (code, out) == (1, None)
    assert len(err.strip()) > 20
    assert "Traceback" not in err


def test_somebodys_profile_is_refused_and_stays(mine, run):
    before = mine("list", "issue")
    for words in (("seed", "--records", 5), ("training", "--leave")):
        code, _, err = run(*words, "--profile", mine.folder)
        assert code == 1
        assert "real work" in err
    assert mine("list", "issue") == before


def test_the_folder_of_ones_work_is_never_taken_unnamed(run):
    code, _, err = run("seed", "--records", 5)
    assert code == 1
    assert "--profile" in err


def test_the_password_is_one_that_the_program_takes():
    assert len(training.PASSWORD) >= 8
