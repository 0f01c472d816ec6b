"""The key is wrapped by the password and the keystore together, and lies nowhere as it is."""

import json
import os
import shutil
import subprocess
import sys

import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from desktop import keys
from desktop.key_file import RECOVERY, KeysDamaged, KeysNewer, read_key_file, write_key_file
from sync.errors import UserError
from tests.profiles import CHEAP, MemoryKeyring, keystore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


@pytest.fixture
def memory():
    with keystore(backend := MemoryKeyring()):
        yield backend


def wrap(path, password="password 1", **more):
    key = keys.new_key()
    return key, keys.wrap_new(path, key, password, cost=CHEAP, **more)


def kinds(path):
    return [slot.kind for slot in read_key_file(path).slots]


def edit(path, change):
    said = json.loads(path.read_text())
    change(said)
    path.write_text(json.dumps(said))


def test_password_and_keystore_together_give_the_key_back(path, memory):
    key, slot = wrap(path)

    assert slot.keystore
    assert len(memory.kept) == 1
    assert keys.unwrap(path, "password 1") == key


def test_a_wrong_password_is_said_in_words(path, memory):
    wrap(path)

    with pytest.raises(keys.WrongPassword) as caught:
        keys.unwrap(path, "password 2")

    assert "Wrong password. Your work is safe" in caught.value.words("en")


def test_a_copied_folder_is_of_no_use_without_the_keystore(path, memory):
    wrap(path)
    memory.kept.clear()

    with pytest.raises(keys.KeystoreSilent) as caught:
        keys.unwrap(path, "password 1")

    assert "Your work is safe in the file" in caught.value.words("en")


def test_another_secret_in_the_keystore_does_not_open_it(path, memory):
    wrap(path)
    ((entry, _),) = memory.kept.items()
    memory.kept[entry] = "A" * 43 + "="

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")


@pytest.mark.parametrize("fault", [NoKeyringError(), InitError(), KeyringLocked()])
def test_a_keystore_that_fails_is_no_keystore(path, memory, fault):
    memory.fault = fault

    key, slot = wrap(path)

    assert not slot.keystore
    assert keys.unwrap(path, "password 1") == key


@pytest.mark.parametrize("backend", [NoKeyring, NullKeyring])
def test_what_keeps_nothing_is_no_keystore(path, backend):
    with keystore(backend()):
        key, slot = wrap(path)

        assert not slot.keystore
        assert keys.unwrap(path, "password 1") == key


def test_a_keystore_may_be_left_out(path, memory):
    _, slot = wrap(path, use_keystore=False)

    assert not slot.keystore
    assert memory.kept == {}


def test_a_locked_keystore_is_not_taken_for_a_wrong_password(path, memory):
    wrap(path)
    memory.fault = KeyringLocked()

    with pytest.raises(keys.KeystoreSilent):
        keys.unwrap(path, "password 1")


def test_a_changed_password_opens_and_the_old_one_does_not(path, memory):
    key, _ = wrap(path)

    keys.change_password(path, "password 1", "password 2", cost=CHEAP)

    assert keys.unwrap(path, "password 2") == key
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")


def test_a_change_of_password_takes_a_new_keystore_into_use(path, memory):
    key, before = wrap(path, use_keystore=False)

    after = keys.change_password(path, "password 1", "password 2", cost=CHEAP)

    assert (before.keystore, after.keystore) == (False, True)
    assert keys.unwrap(path, "password 2") == key


def test_a_change_with_a_wrong_password_changes_nothing(path, memory):
    wrap(path)
    before = path.read_bytes()

    with pytest.raises(keys.WrongPassword):
        keys.change_password(path, "password 9", "password 2", cost=CHEAP)

    assert path.read_bytes() == before


def test_a_short_password_is_refused_and_nothing_is_written(path, memory):
    with pytest.raises(UserError) as caught:
        wrap(path, "1234567")

    assert "at least 8" in caught.value.words("en")
    assert not path.exists()
    assert memory.kept == {}


def test_a_recovery_code_gives_the_file_another_password(path, memory):
    key, _ = wrap(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)

    following = keys.recover(path, code.lower(), "password 2", cost=CHEAP)

    assert keys.unwrap(path, "password 2") == key
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")
    with pytest.raises(keys.WrongCode) as caught:
        keys.recover(path, code, "password 3", cost=CHEAP)
    assert "Your work is safe" in caught.value.words("en")
    keys.recover(path, following, "password 3", cost=CHEAP)
    assert keys.unwrap(path, "password 3") == key


def test_on_another_computer_it_opens_without_the_keystore(path, memory):
    key, _ = wrap(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)

    with keystore(NoKeyring()):
        keys.recover(path, code, "password 2", cost=CHEAP)

        assert keys.unwrap(path, "password 2") == key


def test_a_newer_sheet_ends_the_one_before(path, memory):
    key, _ = wrap(path)
    before = keys.make_recovery_code(path, "password 1", cost=CHEAP)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)

    with pytest.raises(keys.WrongCode):
        keys.recover(path, before, "password 2", cost=CHEAP)
    assert keys.unwrap(path, "password 1") == key
    keys.recover(path, code, "password 2", cost=CHEAP)


def test_a_changed_password_leaves_the_sheet_good(path, memory):
    key, _ = wrap(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)

    keys.change_password(path, "password 1", "password 2", cost=CHEAP)

    keys.recover(path, code, "password 3", cost=CHEAP)
    assert keys.unwrap(path, "password 3") == key


def test_the_code_is_no_password_and_the_password_no_code(path, memory):
    wrap(path)
    assert RECOVERY not in kinds(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)

    assert RECOVERY in kinds(path)
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, code)
    assert code not in path.read_text()


def test_a_short_new_password_uses_no_code_up(path, memory):
    wrap(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)
    before = path.read_bytes()

    with pytest.raises(UserError):
        keys.recover(path, code, "short", cost=CHEAP)

    assert path.read_bytes() == before


def test_a_new_password_that_others_would_try_changes_nothing(path, memory):
    wrap(path)
    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)
    before = path.read_bytes()

    for change in (
        lambda: keys.change_password(path, "password 1", "қазақстан1", cost=CHEAP),
        lambda: keys.recover(path, code, "қазақстан1", cost=CHEAP),
    ):
        with pytest.raises(UserError, match="ең алдымен"):
            change()

    assert path.read_bytes() == before


def test_one_that_was_chosen_before_still_opens_a_new_file(path, memory):
    key, _ = wrap(path, "қазақстан1")

    assert keys.unwrap(path, "қазақстан1") == key


def test_slots_that_only_a_newer_program_knows_stay(path, memory):
    wrap(path)
    file = read_key_file(path)
    unknown = msgspec.structs.replace(file.slots[0], kind="a chip")
    write_key_file(path, file.profile, [*file.slots, unknown])

    code = keys.make_recovery_code(path, "password 1", cost=CHEAP)
    keys.change_password(path, "password 1", "password 2", cost=CHEAP)
    keys.recover(path, code, "password 3", cost=CHEAP)

    assert unknown in read_key_file(path).slots


def test_composed_and_decomposed_letters_are_one_password(path, memory):
    key, _ = wrap(path, "й" + "ё" * 8)

    assert keys.unwrap(path, "и\u0306" + "е\u0308" * 8) == key


@pytest.mark.parametrize("name", ["memory", "passes", "kind", "salt", "wrapped", "nonce"])
def test_a_damaged_slot_is_not_taken_for_a_wrong_password(path, memory, name):
    wrap(path)

    def damage(said):
        slot = said["slots"][0]
        slot[name] = slot[name] + 8 if isinstance(slot[name], int) else "AAAA" + slot[name][4:]

    edit(path, damage)

    with pytest.raises(KeysDamaged):
        keys.unwrap(path, "password 1")


def test_a_slot_of_another_profile_does_not_open(path, memory):
    wrap(path, use_keystore=False)
    edit(path, lambda said: (said.update(profile="0" * 32), said.pop("whole")))

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(path, "password 1")


def test_another_name_of_the_profile_is_damage_and_no_wrong_password(path, memory):
    wrap(path, use_keystore=False)
    edit(path, lambda said: said.update(profile="0" * 32))

    with pytest.raises(KeysDamaged):
        keys.unwrap(path, "password 1")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"version": "1"}'])
def test_garbage_instead_of_keys_is_said_in_words(path, content):
    path.write_bytes(content)

    with pytest.raises(KeysDamaged):
        keys.unwrap(path, "password 1")


def test_a_newer_key_file_is_told_apart(path, memory):
    wrap(path)
    edit(path, lambda said: said.update(version=2, slots="sealed otherwise"))

    with pytest.raises(KeysNewer):
        keys.unwrap(path, "password 1")


def test_only_the_owner_may_read_the_key_file(path, memory):
    wrap(path)

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_usual_cost_is_what_the_design_asks_for():
    assert keys.Cost() == keys.Cost(memory=64 * 1024, passes=3, lanes=4)


def test_each_purpose_has_a_key_of_its_own():
    key = keys.new_key()

    assert len({key, keys.derive(key, "photos"), keys.derive(key, "photo names")}) == 3


SECRET_SERVICE = """
import sys
from pathlib import Path
from desktop import keys, keystore
kind = type(keystore._backend()).__module__
slot = keys.wrap_new(Path(sys.argv[1]), bytes(32), "password 1", cost=keys.Cost(8, 1, 1))
assert keys.unwrap(Path(sys.argv[1]), "password 1") == bytes(32)
print(kind, slot.keystore)
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring and dbus are not installed",
)
def test_a_real_secret_service_keeps_our_part_of_the_key(path, tmp_path):
    unlock = 'echo "" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", unlock, "sh"]
    # the checks as a whole forbid every keystore by this variable
    without_backend = {k: v for k, v in os.environ.items() if k != "PYTHON_KEYRING_BACKEND"}

    done = subprocess.run(
        [*command, sys.executable, "-c", SECRET_SERVICE, str(path)],
        env={**without_backend, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout.split() == ["keyring.backends.SecretService", "True"]
