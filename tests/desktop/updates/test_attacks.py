"""The nine attacks that the specification of TUF names: each is refused, and the old version goes on."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from tuf.api.metadata import MetaFile

from deploy import release
from desktop.updates import UpdateFailed, sources, trust
from desktop.updates.sources import FolderSource, LineSource
from desktop.updates.trust import Repository
from desktop.updates.versions import Programs
from sync import VERSION
from sync.language import speak
from tests import releases
from tests.releases import Region, current, install


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


@pytest.fixture
def region(tmp_path):
    return Region(tmp_path / "region")


@pytest.fixture
def programs(tmp_path):
    return Programs(tmp_path / "laptop")


def refused(programs: Programs, repository: Path, root: bytes, words: str) -> None:
    """It is said, nothing is installed, and what ran goes on."""
    before = current(programs)

    with pytest.raises(UpdateFailed) as error:
        install(programs, repository, root)

    assert error.value.text == words
    assert current(programs) == before


def signed_anew(repository: Path, role: str, keys: Path, **changed: object) -> None:
    """What somebody with the key of a role may write in its place."""
    metadata = release._newest(repository, role)
    for name, value in changed.items():
        setattr(metadata.signed, name, value)
    metadata.sign(release._signer(keys, role))
    number = "" if role == "timestamp" else f"{metadata.signed.version}."
    metadata.to_file(str(repository / "metadata" / f"{number}{role}.json"))


def test_what_the_region_offers_is_installed(region, programs):
    region.offer("0.2.0")
    region.offer("0.10.0")

    assert install(programs, region.repository, region.root) == "0.10.0"
    assert install(programs, region.repository, region.root) is None


def test_1_arbitrary_software_in_place_of_the_package_is_refused(region, programs, tmp_path):
    package = region.offer("0.2.0")
    size = package.stat().st_size
    package.write_bytes(b"x" * size)

    refused(programs, region.repository, region.root, trust.UNSIGNED)


def test_1_software_of_another_signer_is_refused(region, programs, tmp_path):
    other = Region(tmp_path / "other")
    other.offer("0.2.0")

    refused(programs, other.repository, region.root, trust.UNSIGNED)


def test_2_endless_data_ends_at_the_length_that_was_signed(region, programs):
    package = region.offer("0.2.0")
    read = 0

    class Endless(FolderSource):
        def rest(self, url: str, begin: int) -> Iterator[bytes]:
            nonlocal read
            if not url.endswith(package.name):
                yield from super().rest(url, begin)
                return
            while read < 2**26:
                read += 2**16
                yield b"x" * 2**16

    with pytest.raises(UpdateFailed) as error:
        releases.installing.install(
            programs, Repository(str(region.repository), Endless()), region.root
        )

    assert error.value.text == trust.UNSIGNED
    assert read <= 2**16


def test_2_endless_metadata_ends_too(region, programs):
    region.offer("0.2.0")
    (region.metadata / "timestamp.json").write_bytes(b" " * (trust_length() + 1))

    refused(programs, region.repository, region.root, trust.UNSIGNED)


def trust_length() -> int:
    from tuf.ngclient import UpdaterConfig

    return UpdaterConfig().timestamp_max_length


def test_3_extraneous_files_beside_the_package_are_not_taken(region, programs):
    region.offer("0.2.0")
    (region.repository / "targets" / "more.tar.zst").write_bytes(b"more")
    targets = region.metadata / "2.targets.json"
    said = json.loads(targets.read_bytes())
    said["signed"]["targets"]["more.tar.zst"] = {"length": 4, "hashes": {"sha256": "0" * 64}}
    targets.write_text(json.dumps(said))

    refused(programs, region.repository, region.root, trust.UNSIGNED)


def test_4_after_a_fast_forward_the_region_reaches_its_laptops_again(region, programs):
    """Who has the key of the timestamp counts far ahead; a new key undoes it."""
    region.offer("0.2.0")
    stick = region.stick()
    signed_anew(stick, "timestamp", region.keys, version=10**6)
    install(programs, stick, region.root)
    region.offer("0.3.0")
    refused(programs, region.repository, region.root, trust.OLDER)

    release.renew(region.repository, "timestamp", region.keys)

    assert install(programs, region.repository, region.root) == "0.3.0"


def test_5_what_is_frozen_is_told_when_its_time_is_over(region, programs, monkeypatch):
    region.offer("0.2.0")
    install(programs, region.repository, region.root)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=release.DAYS["timestamp"] + 1)

    clock = SimpleNamespace(datetime=Later, timezone=timezone)
    monkeypatch.setattr("tuf.ngclient._internal.trusted_metadata_set.datetime", clock)

    refused(programs, region.repository, region.root, trust.EXPIRED)


@pytest.mark.parametrize("lost", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
def test_6_a_mirror_that_keeps_updates_back_is_told_of(region, programs, lost):
    region.offer("0.2.0")
    (region.metadata / lost).unlink()

    refused(programs, region.repository, region.root, trust.NOT_READ)


def test_7_states_that_never_stood_together_are_not_mixed(region, programs):
    region.offer("0.2.0")
    region.offer("0.3.0")
    shutil.copy(region.metadata / "2.targets.json", region.metadata / "3.targets.json")

    refused(programs, region.repository, region.root, trust.OLDER)


def test_8_an_older_state_is_refused(region, programs):
    region.offer("0.2.0")
    old = region.stick()
    region.offer("0.3.0")
    install(programs, region.repository, region.root)

    refused(programs, old, region.root, trust.OLDER)


def test_8_an_older_version_is_not_installed_though_the_region_once_signed_it(region, programs):
    """Somebody with all online keys offers only what has a known hole."""
    region.offer("0.3.0")
    install(programs, region.repository, region.root)
    targets = release._newest(region.repository, "targets")
    targets.signed.targets.clear()
    release._write(region.repository, "targets", targets, region.keys)
    region.offer("0.2.0")

    assert install(programs, region.repository, region.root) is None
    assert current(programs) == "0.3.0"


class Dribble:
    """A line that gives a byte at a time, and a clock that goes on for ten seconds with each."""

    status_code, reason = 200, ""

    def __init__(self, package: bytes) -> None:
        self.package, self.now, self.given = package, 0.0, 0
        self.raw = self

    def get(self, url, **asked):
        assert asked["allow_redirects"] is False
        return self

    def read1(self, size):
        self.now += 10
        self.given += 1
        return self.package[self.given - 1 : self.given]

    def close(self):
        pass


def test_9_a_line_that_never_ends_is_given_up():
    line = Dribble(b"x" * 10_000)

    with pytest.raises(UpdateFailed) as error:
        list(LineSource(line, lambda: line.now).fetch("http://region.example/x"))

    assert error.value.text == sources.SLOW
    assert line.now <= sources.GRACE + 10


@pytest.mark.parametrize("stolen", release.ROOTS)
def test_one_root_key_of_three_makes_no_root(region, programs, tmp_path, stolen):
    """The thief makes keys of their own for all roles, and signs the next root by the stolen one."""
    region.offer("0.2.0")
    install(programs, region.repository, region.root)
    thief = Region(tmp_path / "thief")
    thief.offer("9.0.0")
    root = release._newest(thief.repository, "root")
    root.signed.version = 2
    for name in release.ROOTS:
        root.sign(release._signer(thief.keys, name), append=name != "root-1")
    root.sign(release._signer(region.keys, stolen), append=True)
    root.to_file(str(thief.metadata / "2.root.json"))

    refused(programs, thief.repository, region.root, trust.UNSIGNED)


def test_two_of_three_root_keys_replace_the_third(region, programs):
    region.offer("0.2.0")
    (region.keys / "root-3.pem").unlink()

    release.renew(region.repository, "root-3", region.keys)

    assert install(programs, region.repository, region.root) == "0.2.0"
    newest = release._newest(region.repository, "root").signed
    assert (newest.version, newest.roles["root"].threshold) == (2, 2)


@pytest.mark.parametrize("role", release.ROLES)
def test_a_key_that_was_replaced_signs_nothing_any_more(region, programs, role):
    region.offer("0.2.0")
    thief = region.folder / "thief"
    shutil.copytree(region.keys, thief)
    release.renew(region.repository, role, region.keys)
    assert install(programs, region.repository, region.root) == "0.2.0"

    signed_anew(region.repository, role, thief, version=10**6)
    if role != "timestamp":  # the rest is signed as it should be
        newest = release._newest(
            region.repository, "snapshot" if role == "targets" else "timestamp"
        )
        if role == "targets":
            newest.signed.meta = {"targets.json": MetaFile(10**6)}
            release._write(region.repository, "snapshot", newest, region.keys)
        timestamp = release._newest(region.repository, "timestamp")
        snapshot = release._newest(region.repository, "snapshot").signed.version
        timestamp.signed.snapshot_meta = MetaFile(snapshot)
        release._write(region.repository, "timestamp", timestamp, region.keys)

    refused(programs, region.repository, region.root, trust.UNSIGNED)


@pytest.mark.parametrize(
    "said",
    [
        {"platform": "windows-x86_64"},
        {"version": "0.9.0"},
        {"version": "../../0.9.0"},
        {"version": 9},
        {"schema": "13"},
        {"schema": True},
    ],
)
def test_wrong_software_is_passed_over(region, programs, said):
    """Signed by the region, but for another computer, or under a name that is not its own."""
    region.offer("0.2.0")
    targets = release._newest(region.repository, "targets")
    for file in targets.signed.targets.values():
        file.unrecognized_fields["custom"] |= said
    release._write(region.repository, "targets", targets, region.keys)
    release.stamp(region.repository, region.keys)

    assert install(programs, region.repository, region.root) is None
    assert current(programs) == VERSION


def test_software_of_another_kind_of_computer_is_passed_over(region, programs, monkeypatch):
    monkeypatch.setattr(release, "this_platform", lambda: "windows-x86_64")
    region.offer("0.2.0")

    assert install(programs, region.repository, region.root) is None


def test_a_version_that_is_a_path_is_passed_over(region, programs):
    region.offer("0.2.0")
    targets = release._newest(region.repository, "targets")
    (file,) = targets.signed.targets.values()
    file.unrecognized_fields["custom"]["version"] = "../../0.9.0"
    name = trust.package_name("../../0.9.0", trust.this_platform())
    targets.signed.targets = {name: file}
    release._write(region.repository, "targets", targets, region.keys)
    release.stamp(region.repository, region.keys)

    assert (
        releases.installing.find(programs, releases.place(region.repository), region.root) is None
    )


def test_a_package_that_holds_another_version_is_refused(region, programs):
    region.offer("0.3.0", said="0.2.0")

    with pytest.raises(UpdateFailed, match="is another one"):
        install(programs, region.repository, region.root)

    assert current(programs) == VERSION


def test_a_package_reaches_nothing_outside_its_folder(region, programs, tmp_path):
    """Not even one that the region signed by mistake."""
    import tarfile

    from zstandard import ZstdCompressor

    def pack(bundle, package):
        (tmp_path / "plain").write_text("x")
        with tarfile.open(tmp_path / "bad.tar", "w") as archive:
            archive.add(tmp_path / "plain", "../../../outside")
        package.write_bytes(ZstdCompressor().compress((tmp_path / "bad.tar").read_bytes()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "pack", pack)
        region.offer("0.2.0")

    with pytest.raises(UpdateFailed, match="cannot be unpacked"):
        install(programs, region.repository, region.root)
    assert not list(tmp_path.rglob("outside"))
