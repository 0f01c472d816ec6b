"""Who has a file here, and their names, by commands."""

import json

from desktop.folder import PEOPLE
from tests.profiles import PASSWORD, URL, new_profile


def test_those_who_have_a_file_here_are_listed_without_a_password(run, server, tmp_path):
    unique = tmp_path.name[-8:]
    new_profile(tmp_path, server, f"c{unique}")
    new_profile(tmp_path / PEOPLE / "second", server, f"d{unique}")

    code, out, err = run("people", "--profile", tmp_path, "--json", password="")

    assert (code, err) == (0, "")
    assert [(row["folder"], row["name"]) for row in json.loads(out)] == [
        (str(tmp_path), ""),
        (str(tmp_path / PEOPLE / "second"), ""),
    ]


def test_a_name_is_given_with_the_password_and_stands_on_the_button(run, server, tmp_path):
    folder = new_profile(tmp_path, server, f"n{tmp_path.name[-8:]}").folder

    assert run("people", "--name", " Айдана  Е. ", "--profile", folder)[1] == "Айдана Е.\n"
    assert run("people", "--name", "Thief", "--profile", folder, password="wrong")[0] == 1

    assert "Айдана Е." in run("people", "--profile", folder)[1]


def test_a_new_laptop_may_be_given_a_name(run, server, tmp_path):
    login = f"m{tmp_path.name[-8:]}"
    server.account(login)
    asked = ("--server", URL, "--code", server.code(login), "--profile", tmp_path / "new")

    assert run("enrol", *asked, "--name", "Айдана", password=PASSWORD)[0] == 0

    [row] = json.loads(run("people", "--profile", tmp_path / "new", "--json")[1])
    assert (row["name"], row["broken"]) == ("Айдана", False)
    assert row["district"]
