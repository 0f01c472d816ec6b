"""What a person asks of updates, in the window as by the command."""

from datetime import UTC, datetime

import pytest

from desktop.folder import Profile
from desktop.settings import save_setting
from desktop.updates import asking, versions
from desktop.updates.asking import Looked
from desktop.updates.installing import Installed
from desktop.updates.versions import Version
from sync import VERSION
from sync.errors import Refused, Stopped, UserError
from sync.language import speak
from tests.releases import current, given_programs, given_region  # noqa: F401


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


def test_a_newer_version_is_found_and_its_size_told_and_nothing_installed(region, programs):
    package = region.offer("0.9.0")

    found = asking.look(None, region.repository)

    size = package.stat().st_size
    assert found == Looked(VERSION, "0.9.0", size, whole=size)
    assert versions.running(versions.read_state(programs)) == VERSION


def test_it_is_taken_while_its_bytes_are_heard_and_there_is_a_way_back(region, programs):
    size, heard = region.offer("0.9.0").stat().st_size, []

    taken = asking.take(None, region.repository, lambda *said: heard.append(said))

    assert taken == Installed(Version("0.9.0", 13), size)
    assert heard == sorted(heard)
    assert heard[-1] == (size, size)
    assert asking.stand() == Looked("0.9.0", before=VERSION)
    assert asking.look(None, region.repository).offered == ""
    assert asking.back(anyway=True) == VERSION
    assert asking.stand() == Looked(VERSION)


def test_who_stops_it_keeps_the_version_they_have(region, programs):
    region.offer("0.9.0")
    asking.look(None, region.repository)

    def enough(*_):
        raise Stopped

    with pytest.raises(Stopped):
        asking.take(None, region.repository, enough)

    assert asking.stand() == Looked(VERSION)
    assert asking.take(None, region.repository).version.name == "0.9.0" == current(programs)


def test_without_an_address_nobody_is_asked(region, programs, tmp_path):
    profile = Profile(tmp_path / "profile")
    profile.folder.mkdir()

    assert not asking.has_address(profile)
    with pytest.raises(UserError, match="No address"):
        asking.look(profile)
    with pytest.raises(UserError, match="metadata"):
        asking.look(profile, tmp_path)

    save_setting(profile.settings, "updates", "https://example.kz/dala")
    assert asking.has_address(profile)


def test_when_it_was_looked_last_is_known(region, programs):
    assert asking.last_looked().year == 1
    region.offer("0.9.0")
    asking.look(None, region.repository)
    assert abs((datetime.now(UTC) - asking.last_looked()).total_seconds()) < 60


def test_there_is_no_way_back_from_a_package(programs):
    with pytest.raises(Refused, match="no version to go back"):
        asking.back()
