"""What a region types to make and keep its repository of updates."""

import stat
import sys

import pytest

from deploy import release
from desktop.updates.versions import Programs
from tests.releases import install, toy


def test_a_repository_is_made_kept_and_its_keys_replaced_by_commands(tmp_path, capsys):
    keys, repository = tmp_path / "keys", tmp_path / "repository"
    at = (str(repository), "--keys", str(keys))

    release.main(["keys", str(keys)])
    release.main(["begin", *at])
    root = (repository / "metadata" / "1.root.json").read_bytes()
    release.main(["add", str(repository), str(toy(tmp_path / "toy", "0.2.0")), *at[1:]])
    release.main(["stamp", *at])
    for role in ("root-2", *release.ROLES):
        release.main(["renew", *at, role])

    assert "resources/update/root.json" in capsys.readouterr().out
    assert install(Programs(tmp_path / "laptop"), repository, root) == "0.2.0"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files")
def test_keys_are_their_owners_alone_and_never_written_over(tmp_path):
    release.make_keys(tmp_path)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.pem")}
    assert modes == {0o600}
    with pytest.raises(FileExistsError):
        release.make_keys(tmp_path)


def test_a_program_that_is_not_well_is_not_offered(tmp_path):
    bundle = toy(tmp_path / "toy", "0.2.0")
    (bundle / "dala").write_text("#!/bin/sh\nexit 1\n")

    with pytest.raises(SystemExit, match="does not work here"):
        release.self_test(bundle)


def test_two_root_keys_are_needed_for_a_next_root(tmp_path):
    keys, repository = tmp_path / "keys", tmp_path / "repository"
    release.make_keys(keys)
    release.begin(repository, keys)
    for name in ("root-1", "root-2"):
        (keys / f"{name}.pem").unlink()

    key = (keys / "timestamp.pem").read_bytes()

    with pytest.raises(SystemExit, match="2 root keys are needed"):
        release.renew(repository, "timestamp", keys)

    assert not (repository / "metadata" / "2.root.json").exists()
    assert (keys / "timestamp.pem").read_bytes() == key


def test_the_same_folder_packs_to_the_same_bytes(tmp_path):
    bundle = toy(tmp_path / "toy", "0.2.0")

    release.pack(bundle, tmp_path / "one")
    (bundle / "words").touch()
    release.pack(bundle, tmp_path / "other")

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
