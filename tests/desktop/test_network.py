"""By which way the server is reached is set once, checked then, and used from then on."""

import json
from pathlib import Path

import pytest

from desktop.folder import choose_profile
from desktop.network import open_line, set_way
from sync.client.line import DIRECT
from sync.errors import UserError
from tests import certificates

PROXY = "http://office:құпия@proxy.test:3128"


@pytest.fixture
def profile(tmp_path):
    return choose_profile(tmp_path / "mine")


@pytest.fixture
def authority(tmp_path):
    return certificates.make(tmp_path / "certificates").authority


def test_at_first_the_way_is_the_systems(profile):
    with open_line(profile) as http:
        assert http.verify is True
        assert http.get_adapter("https://server.test")._proxy == ""


def test_what_was_set_is_used(profile, authority):
    set_way(profile, PROXY, authority)

    with open_line(profile) as http:
        assert http.verify == str(authority)
        assert http.get_adapter("https://server.test")._proxy == PROXY


def test_what_is_not_named_stays(profile, authority):
    set_way(profile, PROXY, authority)

    assert set_way(profile, DIRECT, None) == {"proxy": DIRECT, "authority": str(authority)}


def test_it_can_be_set_back(profile, authority):
    set_way(profile, PROXY, authority)

    assert set_way(profile, "", Path()) == {"proxy": "", "authority": ""}


def test_blanks_around_an_address_are_nobodys(profile):
    assert set_way(profile, f" {PROXY} ", None)["proxy"] == PROXY


def test_a_file_that_is_named_from_here_is_found_from_anywhere(profile, authority, monkeypatch):
    monkeypatch.chdir(authority.parent)

    assert set_way(profile, None, Path(authority.name))["authority"] == str(authority)


def test_what_cannot_be_used_is_refused_and_nothing_is_kept(profile, authority):
    before = set_way(profile, PROXY, authority)

    with pytest.raises(UserError):
        set_way(profile, "nonsense", None)
    with pytest.raises(UserError):
        set_way(profile, DIRECT, authority.with_name("absent.pem"))
    assert set_way(profile, None, None) == before


def test_the_command_shows_and_sets_it(run, tmp_path):
    profile = ("--profile", tmp_path / "mine")

    assert run("network", *profile, "--proxy", PROXY, "--json")[0] == 0
    code, out, _ = run("network", *profile, "--json")

    assert code == 0
    assert json.loads(out) == {"proxy": PROXY, "authority": ""}
