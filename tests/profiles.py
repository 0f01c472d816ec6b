"""Profiles for tests: real keys, real files, a cheap Argon2, and a keystore in memory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import keyring
import requests
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from desktop import keys
from desktop import profile as profiles
from desktop.folder import Profile, choose_profile
from desktop.keys import Cost
from desktop.profile import enrol
from sync.places import Pack
from tests.servers import AppAdapter, Regional

CHEAP = Cost(memory=8, passes=1, lanes=1)
PASSWORD = "құпия сөз 1"
URL = "https://server.test"

# as a script gives them
VISIT = {"visited_on": "2026-11-05", "village": "615647100", "topic": "survey", "people": 4}
ISSUE = {
    "essence": "Су жоқ",
    "category": "housing",
    "village": "615647100",
    "received_on": "2026-11-05",
}


class MemoryKeyring(KeyringBackend):
    """A keystore as long as the test; `fault`, if any, is raised by every call."""

    priority = -1  # never chosen by itself

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.fault:
            raise self.fault
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        if self.fault:
            raise self.fault
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class FileKeyring(KeyringBackend):
    """One in a file: what a process that was killed had kept is there for the next."""

    priority = -1  # never chosen by itself

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self.kept(), f"{service} {username}": password})

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept().get(f"{service} {username}")

    def delete_password(self, service: str, username: str) -> None:
        kept = self.kept()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("not there")
        self._write(kept)

    def kept(self) -> dict[str, str]:
        """{service and name: secret}."""
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def _write(self, kept: dict[str, str]) -> None:
        self._path.write_text(json.dumps(kept))


@contextmanager
def cheaply(pack: Pack) -> Iterator[None]:
    """Keys that cost nothing, a keystore in memory, and the region's pack as it was read before."""
    safe, packed = patch.object(keys, "SAFE", CHEAP), patch.object(profiles, "load_pack")
    with safe, packed as load, keystore(MemoryKeyring()):
        load.return_value = pack
        yield


@contextmanager
def keystore(backend: KeyringBackend) -> Iterator[None]:
    """Use this backend of keyring while the block runs."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)


def line(server: Regional) -> requests.Session:
    """What `open_http` is to a laptop, to a server in this process."""
    http = server.http()
    http.mount("https://", AppAdapter(server.app))
    return http


def new_profile(
    folder: Path, server: Regional, login: str = "aidana", role: str = "activist"
) -> Profile:
    """An enrolled profile; its password is PASSWORD."""
    profile = choose_profile(folder)
    server.account(login, role)
    code = server.code(login)
    enrol(profile, URL, code, PASSWORD, "laptop", cost=CHEAP, http=line(server))
    return profile
