"""Nobody fills the server's disk with beginnings of files."""

import os
import time

import pytest

from sync.parts import PART
from sync.server import parts
from tests.servers import regional
from tests.sync.server.test_blobs_route import files
from tests.sync.server.test_uploads_route import SUM, begin


@pytest.fixture
def server(fresh_database, tmp_path):
    with fresh_database("sqlite") as url, regional(url, tmp_path, prepared=True) as running:
        yield running


def test_one_device_has_few_files_open_and_its_oldest_gives_way(server, tmp_path):
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    names = [f"{number:064}" for number in range(parts.MOST_OPEN + 3)]
    begin(ben, name="f" * 64)

    for age, name in enumerate(reversed(names)):
        begin(aidana, 1, name=name)
        (path,) = (tmp_path / "parts").glob(f"*/{name}.*")
        os.utime(path, (time.time() - 1_000 + age,) * 2)

    offsets = ben.transport.blob_offsets([*names, "f" * 64])
    kept = [name for name in names if offsets[name]]
    assert kept == names[: parts.MOST_OPEN]
    assert offsets["f" * 64] == 2 * PART


def test_what_nobody_goes_on_with_is_dropped_after_two_weeks(server, tmp_path):
    aidana, folder = server.laptop("aidana"), tmp_path / "parts"
    begin(aidana)
    begin(aidana, name="a" * 64)
    (folder / "whole-left").write_bytes(b"x")
    (path,) = folder.glob(f"*/{SUM}.*")
    for old in (path, folder / "whole-left"):
        os.utime(old, (time.time() - parts.KEPT - 60,) * 2)

    dropped = server.service.parts.sweep()

    assert dropped == 1
    assert [path.stem for path in files(folder)] == ["a" * 64]


def test_beginning_a_file_sweeps_once_an_hour(server, tmp_path):
    aidana = server.laptop("aidana")
    begin(aidana)
    (path,) = (tmp_path / "parts").glob(f"*/{SUM}.*")
    os.utime(path, (time.time() - parts.KEPT - 60,) * 2)

    begin(aidana, name="a" * 64)
    assert path.exists()
    server.service.parts._swept -= 3_601
    begin(aidana, name="b" * 64)

    assert not path.exists()
