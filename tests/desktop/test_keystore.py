"""Our part of the key lies in this computer's keystore, and in no other computer's."""

from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from keyring.backends.null import Keyring as NullKeyring
from keyring.backends.Windows import WinVaultKeyring

from desktop import keystore as used
from tests.profiles import MemoryKeyring, keystore

PERSIST = {"SESSION": 1, "LOCAL_MACHINE": 2, "ENTERPRISE": 3}  # of wincred.h


class Vault:
    """What Windows keeps, by the calls that keyring makes of it."""

    CRED_TYPE_GENERIC = 1

    def __init__(self):
        self.kept = {}
        for name, number in PERSIST.items():
            setattr(self, f"CRED_PERSIST_{name}", number)

    def CredWrite(self, credential, _):  # its name in Windows
        blob = credential["CredentialBlob"].encode("utf-16-le")
        self.kept[credential["TargetName"]] = {**credential, "CredentialBlob": blob}

    def CredRead(self, Type, TargetName):  # noqa: N803  # its names in Windows
        if TargetName not in self.kept:
            raise Missing
        return self.kept[TargetName]


class Missing(Exception):
    """Of pywintypes."""

    winerror, funcname = 1168, "CredRead"


@pytest.fixture
def vault(monkeypatch):
    from keyring.backends import Windows

    errors = ModuleType("pywintypes")
    errors.error = Missing
    made = Vault()
    monkeypatch.setattr(Windows, "win32cred", made, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", errors, raising=False)
    with keystore(WinVaultKeyring()):
        yield made


def test_windows_keeps_it_on_this_computer_and_carries_it_to_no_other(vault):
    assert used.keep("profile", b"secret") == b"secret"

    [credential] = vault.kept.values()
    assert credential["Persist"] == PERSIST["LOCAL_MACHINE"]
    assert used.find("profile") == b"secret"


def test_two_people_of_one_computer_have_an_entry_each(vault):
    used.keep("one", b"1")
    used.keep("other", b"2")

    assert (used.find("one"), used.find("other")) == (b"1", b"2")
    assert {one["Persist"] for one in vault.kept.values()} == {PERSIST["LOCAL_MACHINE"]}


def test_macos_is_asked_for_no_synchronising():
    source = Path(find_spec("keyring.backends.macOS").origin).with_name("api.py")

    assert "SecItemAdd" in source.read_text()
    assert "Synchroniz" not in source.read_text()


def test_the_first_of_a_chain_that_keeps_anything_is_taken():
    chosen = MemoryKeyring()
    chain = NullKeyring()
    chain.backends = [NullKeyring(), chosen]

    with keystore(chain):
        used.keep("profile", b"secret")

    assert len(chosen.kept) == 1


def test_what_is_no_keystore_is_named_as_none():
    with keystore(NullKeyring()):
        assert used.backend_name() == ""
        assert used.keep("profile", b"secret") is None
        assert used.find("profile") is None
