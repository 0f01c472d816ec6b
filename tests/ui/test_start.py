"""How the program starts: the window, the commands of the installed program, no screen at all."""

import os
import subprocess
import sys

import pytest

from desktop import cli
from ui.__main__ import COMMANDS, main
from ui.display import can_draw, has_screen


@pytest.fixture
def frozen(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)


def test_without_a_screen_one_sentence_is_said():
    blind = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    told = {name: value for name, value in os.environ.items() if name not in blind}

    done = subprocess.run(
        [sys.executable, "-m", "ui", "--lang", "en"],
        env=told,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    [said] = done.stderr.splitlines()
    assert "no screen" in said
    assert "python -m desktop --help" in said


@pytest.mark.parametrize(
    ("environment", "seen", "drawn"),
    [
        ({}, False, False),
        ({"DISPLAY": ""}, False, False),
        ({"DISPLAY": ":0"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, False, True),
    ],
)
def test_linux_says_by_its_environment_whether_there_is_a_screen(environment, seen, drawn):
    assert (has_screen(environment, "linux"), can_draw(environment, "linux")) == (seen, drawn)
    assert has_screen(environment, "win32")


def test_the_installed_program_has_the_commands(frozen, tmp_path, capsys):
    assert main(["diagnostics", "--json", "--profile", str(tmp_path)]) == 0

    assert '"enrolled":false' in capsys.readouterr().out


def test_every_command_is_known_to_the_installed_program(frozen, capsys):
    with pytest.raises(SystemExit):
        cli.main(["no-such-command"])
    said = capsys.readouterr().err

    listed = said.partition("choose from ")[2].rstrip(")\n").replace("'", "").split(", ")
    assert sorted(listed) == sorted(COMMANDS)


def test_the_installed_program_calls_itself_dala_and_lists_its_commands(frozen, capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("usage: dala ")
    assert "diagnostics" in said
    with pytest.raises(SystemExit):
        main(["list", "--help"])
    assert capsys.readouterr().out.startswith("usage: dala list ")


def test_the_installed_program_has_no_demo(frozen, capsys):
    with pytest.raises(SystemExit) as left:
        main(["demo"])

    assert left.value.code == 2


def test_a_plain_start_does_not_import_the_commands():
    code = "import sys; from ui import app, program, __main__; print('desktop.cli' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
