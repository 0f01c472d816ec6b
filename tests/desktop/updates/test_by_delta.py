"""A laptop takes what changed since the version it has; the whole package where that does not fit."""

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadError

from deploy import release
from desktop.updates import UpdateFailed, fetching, installing, trust
from desktop.updates.installing import Installed
from desktop.updates.sources import FolderSource
from desktop.updates.trust import Repository
from desktop.updates.versions import Programs, Version, executable
from sync import VERSION
from sync.errors import UserError
from sync.language import speak
from tests import releases
from tests.releases import LIBRARY, Region, current

NEWER = LIBRARY[:9000] + b"new" + LIBRARY[9000:]


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


class Watched(FolderSource):
    """A stick of which is known what was read, and that is pulled out after so many bytes of a delta."""

    def __init__(self, breaks: int | None = None) -> None:
        self.read: list[tuple[str, int]] = []
        self.breaks = breaks

    def rest(self, url, begin):
        name = Path(url).name
        if "/targets/" in url:
            self.read.append((name.split(".", 1)[1], begin))
        for piece in super().rest(url, begin):
            if self.breaks is not None and name.endswith(".delta"):
                yield piece[: max(0, self.breaks - begin)]
                raise DownloadError("pulled out")
            yield piece


@pytest.fixture
def region(tmp_path):
    """It has released 0.2.0 and 0.3.0."""
    made = Region(tmp_path / "region")
    made.offer("0.2.0", library=LIBRARY)
    return made


@pytest.fixture
def programs(tmp_path, region):
    """A laptop with 0.2.0; 0.3.0 was released since."""
    made = Programs(tmp_path / "laptop")
    releases.install(made, region.repository, region.root)
    region.offer("0.3.0", library=NEWER)
    return made


def take(programs: Programs, region: Region, source: FolderSource | None = None) -> Installed:
    place = Repository(str(region.repository), source or FolderSource())
    taken = installing.install(programs, place, region.root)
    assert taken
    return taken


def name_of(version: str, before: str = "") -> str:
    kind = trust.this_platform()
    return trust.delta_name(before, version, kind) if before else trust.package_name(version, kind)


def sizes(region: Region) -> tuple[int, int]:
    """Bytes of the newest delta and of the newest package."""
    signed = release._newest(region.repository, "targets").signed.targets
    return signed[name_of("0.3.0", "0.2.0")].length, signed[name_of("0.3.0")].length


def is_whole(programs: Programs) -> bool:
    """Whether 0.3.0 lies there as it was released."""
    folder = programs.program(Version("0.3.0", 13))
    return (
        (folder / "program" / "library").read_bytes() == NEWER
        and (folder / "program" / "library.1").readlink() == Path("library")
        and os.access(executable(folder), os.X_OK)
        and current(programs) == "0.3.0"
    )


def test_only_what_changed_comes_and_gives_the_whole_version(region, programs):
    source = Watched()
    delta, package = sizes(region)

    taken = take(programs, region, source)

    assert taken == Installed(Version("0.3.0", 13), delta)
    assert delta < package / 20
    assert source.read == [(name_of("0.3.0", "0.2.0"), 0)]
    assert is_whole(programs)
    assert not list(programs.folder.glob("*.coming"))
    assert installing.back(programs) == "0.2.0"


def test_the_installed_program_is_a_version_that_something_changed_since(
    region, tmp_path, monkeypatch
):
    """Nothing was updated on this laptop yet: its files lie where the package put them."""
    region.offer(VERSION, library=LIBRARY[::-1])
    installed = releases.toy(tmp_path / "opt", VERSION, library=LIBRARY[::-1])
    region.offer("0.3.0", library=LIBRARY[::-1] + b"new")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable(installed)))
    source = Watched()

    taken = take(Programs(tmp_path / "laptop"), region, source)

    assert not taken.whole_instead
    assert source.read == [(name_of("0.3.0", VERSION), 0)]


def test_a_program_that_runs_from_its_source_takes_the_package(region, tmp_path):
    region.offer(VERSION, library=LIBRARY)
    region.offer("0.3.0", library=NEWER)
    source = Watched()

    taken = take(Programs(tmp_path / "laptop"), region, source)

    assert not taken.whole_instead
    assert source.read == [(name_of("0.3.0"), 0)]


def other_contents(region: Region, programs: Programs) -> None:
    region.delta().write_bytes(region.delta().read_bytes()[::-1])


def a_part_of_it(region: Region, programs: Programs) -> None:
    region.delta().write_bytes(region.delta().read_bytes()[:-1])


def gone(region: Region, programs: Programs) -> None:
    region.delta().unlink()


def signed_anew(region: Region, content: bytes) -> None:
    """The region made a mistake, and signed it."""
    targets = release._newest(region.repository, "targets")
    wrong = region.repository / "targets" / name_of("0.3.0", "0.2.0")
    wrong.write_bytes(content)
    _, targets.signed.targets[wrong.name] = release._named(wrong)
    release._write(region.repository, "targets", targets, region.keys)
    release.stamp(region.repository, region.keys)


def signed_though_another_ones(region: Region, programs: Programs) -> None:
    older = Region(region.folder.parent / "older")
    older.offer("0.1.9", library=LIBRARY[::-1])
    older.offer("0.3.0", library=LIBRARY[::-1] + b"old")
    signed_anew(region, older.delta().read_bytes())


def signed_though_it_ends_too_soon(region: Region, programs: Programs) -> None:
    signed_anew(region, region.delta().read_bytes()[:-9])


def signed_though_it_gives_another_version(region: Region, programs: Programs) -> None:
    """All in it fits together; only the sum of the package tells."""
    other = Region(region.folder.parent / "other")
    other.offer("0.2.0", library=LIBRARY)
    other.offer("0.3.0", library=LIBRARY + b"another")
    signed_anew(region, other.delta().read_bytes())


def a_byte_changed_here(region: Region, programs: Programs) -> None:
    library = programs.program(Version("0.2.0", 13)) / "program" / "library"
    library.write_bytes(LIBRARY[:20_000] + b"\0" + LIBRARY[20_001:])


def a_file_lost_here(region: Region, programs: Programs) -> None:
    (programs.program(Version("0.2.0", 13)) / "program" / "library").unlink()


def all_lost_here(region: Region, programs: Programs) -> None:
    shutil.rmtree(programs.program(Version("0.2.0", 13)))


@pytest.mark.parametrize(
    "spoil",
    [
        other_contents,
        a_part_of_it,
        gone,
        signed_though_another_ones,
        signed_though_it_ends_too_soon,
        signed_though_it_gives_another_version,
        a_byte_changed_here,
        a_file_lost_here,
        all_lost_here,
    ],
)
def test_where_anything_does_not_fit_the_whole_package_comes_by_itself(region, programs, spoil):
    spoil(region, programs)
    source = Watched()

    taken = take(programs, region, source)

    assert taken == Installed(Version("0.3.0", 13), sizes(region)[1], whole_instead=True)
    assert source.read[-1] == (name_of("0.3.0"), 0)
    assert is_whole(programs)


def test_a_line_that_breaks_does_not_make_the_whole_package_come(region, programs):
    with pytest.raises(UpdateFailed) as error:
        take(programs, region, Watched(breaks=100))
    assert error.value.text == fetching.CUT
    assert current(programs) == "0.2.0"

    source = Watched()
    take(programs, region, source)

    name = name_of("0.3.0", "0.2.0")
    assert source.read == [(name, 100)]
    assert is_whole(programs)


def test_what_came_of_a_version_that_is_the_newest_no_more_is_not_kept(region, programs):
    with pytest.raises(UpdateFailed):
        take(programs, region, Watched(breaks=100))
    region.offer("0.4.0", library=NEWER)

    with pytest.raises(UpdateFailed):
        take(programs, region, Watched(breaks=100))

    assert len(list(programs.folder.glob("*.coming"))) == 1


def test_a_full_disk_leaves_the_old_version_and_asks_for_no_more(region, programs, monkeypatch):
    source = Watched()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("desktop.updates.versions.tarfile.copyfileobj", full)
        with pytest.raises(UserError, match="the disk is full"):
            take(programs, region, source)

    assert [name for name, _ in source.read] == [name_of("0.3.0", "0.2.0")]
    assert current(programs) == "0.2.0"
    take(programs, region, source)
    assert [name for name, _ in source.read] == [name_of("0.3.0", "0.2.0")]  # it was there still
    assert is_whole(programs)


def test_laptops_that_know_of_no_deltas_find_packages_alone(region, programs):
    """They take each file of the repository for a package, or for nothing."""
    found = trust.offers(releases.place(region.repository), programs.known, region.root)

    assert [one.version.name for one in found] == ["0.3.0", "0.2.0"]
    for name, file in release._newest(region.repository, "targets").signed.targets.items():
        assert name.endswith(".tar.zst") or "version" not in (file.custom or {})


def test_a_repository_of_before_deltas_gives_its_packages(region, programs):
    targets = release._newest(region.repository, "targets")
    for file in targets.signed.targets.values():
        file.unrecognized_fields.get("custom", {}).pop("tar", None)
    release._write(region.repository, "targets", targets, region.keys)
    release.stamp(region.repository, region.keys)
    source = Watched()

    taken = take(programs, region, source)

    assert not taken.whole_instead
    assert source.read == [(name_of("0.3.0"), 0)]


def test_the_region_makes_them_for_the_last_three_versions_where_they_are_worth_it(tmp_path):
    region = Region(tmp_path / "region")
    for version in ("0.2.0", "0.3.0", "0.10.0", "0.9.0"):
        region.offer(version, library=LIBRARY)
    region.offer("0.11.0", library=LIBRARY[::-1])
    region.offer("0.12.0", library=LIBRARY[::-1] + b"x")

    made = release._newest(region.repository, "targets").signed.targets
    to = {name.split("-to-")[0].removeprefix("dala-") for name in made if "-to-0.12.0" in name}
    assert to == {"0.11.0"}  # the library of the two others was another one
    assert name_of("0.10.0", "0.3.0") in made
    assert name_of("0.9.0", "0.10.0") not in made  # nobody goes that way
    assert len(list((region.repository / "targets").iterdir())) == len(made)
    region.offer("0.13.0", library=LIBRARY)
    made = release._newest(region.repository, "targets").signed.targets
    assert name_of("0.13.0", "0.10.0") in made
    assert name_of("0.13.0", "0.9.0") not in made
