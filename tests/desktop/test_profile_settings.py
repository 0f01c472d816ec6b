"""Settings are rows of data; what does not fit falls back to its default."""

import json

import pytest

from desktop.settings import SETTINGS, load_settings, save_setting

DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


def test_every_default_fits():
    assert all(setting.fits(setting.default) for setting in SETTINGS)


def test_without_a_file_all_are_defaults(path):
    assert load_settings(path) == DEFAULTS


def test_a_choice_is_kept(path):
    saved = save_setting(path, "language", "ru")

    assert saved == load_settings(path) == DEFAULTS | {"language": "ru"}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b'{"language": "de", "lock_after": 0, "scheme": 1, "x": {}}']
)
def test_what_does_not_fit_is_its_default(path, content):
    path.write_bytes(content)

    assert load_settings(path) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value"),
    [("language", "de"), ("lock_after", 0), ("lock_after", True), ("lock_after", "5")],
)
def test_a_wrong_choice_is_not_kept(path, name, value):
    with pytest.raises(ValueError, match=name):
        save_setting(path, name, value)

    assert not path.exists()


def test_a_setting_of_a_newer_program_does_no_harm(path):
    path.write_text(json.dumps({"hologram": True, "lock_after": 7}))

    assert load_settings(path) == DEFAULTS | {"lock_after": 7}
