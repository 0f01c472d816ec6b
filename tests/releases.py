"""A region's repository of updates, and laptops that look at it: toy programs of two files."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from deploy import release
from desktop.updates import installing, trust, versions
from desktop.updates.sources import FolderSource
from desktop.updates.trust import Repository
from desktop.updates.versions import Programs, executable


@pytest.fixture(name="region")
def given_region(tmp_path, monkeypatch):
    """A region that signs, whose root this program was built with."""
    made = Region(tmp_path / "region")
    monkeypatch.setattr(trust, "root_of_trust", lambda: made.root)
    return made


@pytest.fixture(name="programs")
def given_programs(tmp_path, monkeypatch):
    """This user's folder of programs, empty."""
    made = Programs(tmp_path / "programs")
    monkeypatch.setattr(versions, "this_users_programs", lambda: made)
    return made


LIBRARY = Random(44).randbytes(30_000)  # what a toy has in common with the version before


def toy(
    folder: Path, version: str, said: str | None = None, well: bool = True, library: bytes = b""
) -> Path:
    """A program that answers --self-test as ours does, and otherwise says its version.

    With a library only what changed is worth fetching; without one the package is.
    """
    folder.mkdir(parents=True)
    report = json.dumps({"ok": well, "version": said or version})
    program = executable(folder)
    program.write_text(
        f"#!/bin/sh\ncase $1 in --self-test) echo '{report}';; *) cat \"${{0%/*}}/words\";; esac\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    (folder / "words").write_text(version, encoding="utf-8")
    if library:
        (folder / "program").mkdir()
        (folder / "program" / "library").write_bytes(library)
        (folder / "program" / "library.1").symlink_to("library")
    return folder


class Region:
    """Who signs: a folder of keys, and a repository that is copied to sticks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys, self.repository = folder, folder / "keys", folder / "repository"
        release.make_keys(self.keys)
        self.root = release.begin(self.repository, self.keys).read_bytes()

    @property
    def metadata(self) -> Path:
        return self.repository / "metadata"

    def offer(self, version: str, schema: int = 13, **toys: object) -> Path:
        """Release a toy of this version; its package."""
        name = f"toy-{version}-{len(list(self.folder.iterdir()))}"
        bundle = toy(self.folder / name, version, **toys)
        return release.add(self.repository, bundle, self.keys, version, schema)

    def delta(self) -> Path:
        """Where what changed last lies."""
        return max(
            (self.repository / "targets").glob("*.delta"), key=lambda one: one.stat().st_ctime_ns
        )

    def stick(self, name: str = "stick") -> Path:
        """A copy of the repository as it is now, for an attacker to change."""
        return shutil.copytree(self.repository, self.folder / name)


def place(folder: Path) -> Repository:
    return Repository(str(folder), FolderSource())


def install(programs: Programs, repository: Path, root: bytes) -> str | None:
    """What the program does: the version that was installed."""
    installed = installing.install(programs, place(repository), root)
    return installed.version.name if installed else None


def current(programs: Programs) -> str:
    return versions.running(versions.read_state(programs))
