"""Files in a real S3-compatible store: the same promises as in a folder."""

import os
from dataclasses import replace
from hashlib import sha256

import pytest

from sync.errors import Offline, UserError
from sync.parts import PART
from sync.server.app import create_app
from sync.server.blobs import BlobFolder
from sync.server.buckets import open_blobs, parts_folder
from sync.server.settings import read_settings
from tests.parts import send, take
from tests.seaweed import KEY, SECRET, seaweed
from tests.servers import regional
from tests.sync.server.test_blobs_route import attached, files

PHOTO = os.urandom(2 * PART + 7)
SUM = sha256(PHOTO).hexdigest()

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def endpoint():
    with seaweed() as running:
        yield running


@pytest.fixture
def environment(endpoint, tmp_path):
    """What the server is told; the folder in the bucket is this test's own."""
    return {
        "DALA_DATA": str(tmp_path),
        "DALA_BLOBS": f"s3://tests/{tmp_path.name}",
        "DALA_S3_ENDPOINT": endpoint,
        "DALA_S3_KEY": KEY,
        "DALA_S3_SECRET": SECRET,
    }


@pytest.fixture
def server(environment, fresh_database, tmp_path):
    with (
        fresh_database("sqlite") as url,
        regional(url, tmp_path, prepared=True) as running,
    ):
        blobs = open_blobs(read_settings(environment))
        blobs.check()
        running.service = replace(running.service, blobs=blobs)
        running.app = create_app(running.service)
        yield running


def test_files_go_to_the_bucket_and_come_from_it_in_parts(server, tmp_path):
    aidana = server.laptop("aidana")
    attached(server, aidana, SUM)

    send(aidana.transport, PHOTO)

    assert files(tmp_path / "parts") == files(tmp_path / "blobs") == []
    assert server.service.blobs.size(SUM) == len(PHOTO)
    assert b"".join(server.service.blobs.pieces(SUM, 5, PART + 9)) == PHOTO[5 : PART + 9]
    assert take(aidana.transport, SUM) == PHOTO
    assert aidana.transport.lacking_blobs([SUM, "0" * 64]) == ["0" * 64]


def test_parts_wait_on_the_servers_own_disk(server, tmp_path):
    aidana, ben = server.laptop("aidana"), server.laptop("ben")
    aidana.transport.put_part(SUM, 0, PHOTO[:PART], last=False)

    assert [path.stat().st_size for path in files(tmp_path / "parts")] == [PART]
    assert server.service.blobs.size(SUM) is None
    send(ben.transport, PHOTO)
    assert server.service.blobs.size(SUM) == len(PHOTO)


def test_another_file_than_its_name_says_never_reaches_the_bucket(server):
    aidana = server.laptop("aidana")

    assert aidana.transport.put_part(SUM, 0, PHOTO[:9], last=True) == 0

    assert server.service.blobs.size(SUM) is None


def test_a_file_in_the_bucket_that_was_not_written_down_is_not_sent_again(server):
    aidana = server.laptop("aidana")
    send(aidana.transport, PHOTO)
    with server.service.store.writing.begin() as session:
        session.delete(session.get_one(_rows(), SUM))

    before = aidana.transport.sent_bytes
    send(aidana.transport, PHOTO)

    assert aidana.transport.sent_bytes - before < PART + 200
    assert aidana.transport.lacking_blobs([SUM]) == []


def _rows():
    from sync.server.tables import Blob

    return Blob


def test_small_pictures_come_from_the_bucket_too(server):
    aidana = server.laptop("aidana")
    small = PHOTO[:15_000]
    attached(server, aidana, SUM, thumbnail=sha256(small).hexdigest())
    name = send(aidana.transport, small)

    assert aidana.transport.thumbnails([SUM]) == {name: small}


def test_while_the_bucket_is_away_the_last_part_is_not_answered_and_none_is_lost(
    server, environment, tmp_path
):
    aidana = server.laptop("aidana")
    reachable = server.service.blobs
    wrong = read_settings({**environment, "DALA_S3_SECRET": "another one"})
    away = replace(server.service, blobs=open_blobs(wrong))
    server.app.state.service = away

    with pytest.raises(Offline):
        send(aidana.transport, PHOTO)

    assert aidana.transport.blob_offsets([SUM]) == {SUM: 2 * PART}
    server.app.state.service = replace(away, blobs=reachable)
    before = aidana.transport.sent_bytes
    send(aidana.transport, PHOTO)
    assert aidana.transport.sent_bytes - before < 300
    assert reachable.size(SUM) == len(PHOTO)


@pytest.mark.parametrize("wrong", ["DALA_S3_SECRET", "DALA_S3_KEY", "DALA_S3_ENDPOINT"])
def test_a_bucket_that_cannot_be_used_is_said_at_the_start(environment, wrong):
    changed = "http://127.0.0.1:9" if wrong.endswith("ENDPOINT") else "wrong"
    settings = read_settings({**environment, wrong: changed})

    with pytest.raises(UserError, match="DALA_BLOBS") as caught:
        open_blobs(settings).check()

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"DALA_BLOBS": "gs://bucket"}, "DALA_BLOBS"),
        ({"DALA_BLOBS": "s3://"}, "DALA_BLOBS"),
        ({"DALA_BLOBS": "s3://bucket", "DALA_S3_KEY": "a"}, "DALA_S3_SECRET"),
        ({"DALA_BLOBS": "s3://bucket", "DALA_S3_SECRET": "a"}, "DALA_S3_KEY"),
    ],
    ids=str,
)
def test_a_wrong_setting_of_the_store_is_named(told, named):
    with pytest.raises(UserError, match=named):
        read_settings(told)


def test_files_lie_in_a_folder_unless_told_otherwise(tmp_path):
    plain = read_settings({"DALA_DATA": str(tmp_path)})
    folder = read_settings({"DALA_DATA": str(tmp_path), "DALA_BLOBS": str(tmp_path / "disk")})

    assert isinstance(open_blobs(plain), BlobFolder)
    assert open_blobs(plain).path(SUM) == tmp_path / "blobs" / SUM[:2] / SUM
    assert open_blobs(folder).path(SUM) == tmp_path / "disk" / SUM[:2] / SUM
    assert parts_folder(folder) == tmp_path / "disk" / "parts"
    secret = read_settings({"DALA_BLOBS": "s3://b", "DALA_S3_KEY": "k", "DALA_S3_SECRET": "hush"})
    assert "hush" not in repr(secret)
