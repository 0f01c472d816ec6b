"""A file's name from elsewhere is shown, and can lead nowhere."""

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.file_names import LONGEST, RESERVED, tidy_name


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("Су құбыры.jpg", "Су құбыры.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("photo.jpg:stream", "photo.jpgstream"),
        ("con.txt", "_con.txt"),
        ("COM1", "_COM1"),
        ("name. . .", "name"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("..", ""),
        ("", ""),
        ("x" * 300 + ".jpeg", "x" * (LONGEST - 11) + ".jpeg"),
    ],
)
def test_names_are_tidied(name, tidied):
    assert tidy_name(name) == tidied


hostile = st.text(
    st.one_of(st.sampled_from('./\\:\0 |*?<>"\u202e\u200bconCON1'), st.characters()), max_size=150
)


@settings(max_examples=1000)
@given(hostile)
@example("a/b\\..")
@example(".\u200b./x")
@example("C\u200bON")
def test_no_name_leaves_the_folder(name):
    tidied = tidy_name(name)

    assert tidied == "" or Path("folder", tidied).name == tidied
    assert tidied == "" or PureWindowsPath("folder", tidied).parent == PureWindowsPath("folder")
    assert not RESERVED.fullmatch(tidied)
    assert not any(unicodedata.category(char)[0] == "C" for char in tidied)
    assert tidied == tidied.strip(". ")
    assert len(tidied) <= LONGEST + 1
    assert tidy_name(tidied) == tidied
