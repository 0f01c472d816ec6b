"""What a file dialog proposes: the person's own folders, never the program's, never a cloud's."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ui import file_places


@pytest.fixture
def lies(monkeypatch, tmp_path):
    """Say where the system has documents and pictures."""

    def lies(folder):
        monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
        return folder

    home = tmp_path / "home"
    monkeypatch.setattr(Path, "home", lambda: home)
    return lies


def test_a_file_is_proposed_among_the_persons_documents(lies, tmp_path):
    folder = lies(tmp_path / "Documents")
    folder.mkdir()

    assert file_places.to_save("Хаттама.pdf") == str(folder / "Хаттама.pdf")
    assert file_places.photos() == str(folder)


def test_a_folder_that_a_cloud_takes_along_is_not_proposed(lies, tmp_path):
    folder = lies(tmp_path / "OneDrive - Әкімдік" / "Documents")
    folder.mkdir(parents=True)

    assert file_places.to_save("Хаттама.pdf") == str(Path.home() / "Хаттама.pdf")


def test_without_such_a_folder_it_is_the_home_folder(lies, tmp_path):
    lies(tmp_path / "nowhere")

    assert file_places.photos() == str(Path.home())
