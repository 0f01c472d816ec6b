"""`wave list`, `show`, `progress`, `passport`, `check`, `new`, run as a script would."""

import json
from datetime import date, timedelta

import pytest

from desktop.surveys.bundled import rating_xform
from tests.servers import SOZAQ

SEX = "/data/person/sex"


@pytest.fixture
def eset(commander):
    return commander("coordinator")


@pytest.fixture
def values(eset):
    form = {"name": "Рейтинг", "xform": rating_xform()}
    [form_id] = [eset("record", "form", stdin=json.dumps(form))["id"]]
    post = {"post": "Әкім", "body": "akimat", "territory": SOZAQ}
    official = eset("record", "official", stdin=json.dumps(post))["id"]
    today = date.today()  # noqa: DTZ011  # the day of the place
    return {
        "title": "Қараша",
        "form": form_id,
        "starts_on": str(today - timedelta(days=9)),
        "ends_on": str(today + timedelta(days=9)),
        "districts": [SOZAQ],
        "rated": [official],
        "groups": [f"{SEX}=female", f"{SEX}=male"],
        "quotas": ["*|*=6"],
    }


@pytest.fixture
def wave(eset, values, tmp_path):
    """Opened from a file."""

    def opened(**more):
        path = tmp_path / "wave.json"
        path.write_text(json.dumps({**values, **more}), encoding="utf-8")
        return eset("wave", "new", path)["id"]

    return opened


def test_a_wave_is_opened_from_a_file_and_listed(eset, wave):
    id = wave()

    [one] = [each for each in eset("wave", "list") if each["id"] == id]

    assert (one["title"], one["done"], one["asked"], one["planned"]) == ("Қараша", 0, 0, 12)


def test_its_cells_are_told_with_their_words(eset, wave):
    [district] = eset("wave", "progress", wave())["districts"]

    assert (district["district"], district["asked"], district["planned"]) == (SOZAQ, 0, 12)
    assert [(one["cell"], one["words"]) for one in district["cells"]] == [
        (f"{SOZAQ}|female", "Female"),
        (f"{SOZAQ}|male", "Male"),
    ]
    assert [(one["asked"], one["here"], one["lacks"]) for one in district["cells"]] == [
        (0, 0, 6)
    ] * 2


def test_a_passport_says_what_it_lacks_and_that_figures_are_kept_back(eset, values):
    day = date(2027, 3, 14)
    linked = {"linked_to": "election", "polling_day": str(day), "asker": "Орталық"}
    id = eset("record", "wave", stdin=json.dumps(values | linked))["id"]  # of another program

    told = eset("wave", "passport", id)

    assert told["linked"] is True
    assert any("Who ordered it" in one for one in told["lacks"])
    assert "passport" in told["kept_back"]
    assert len(told["questions"]) >= 10
    shown = eset("wave", "show", id)
    assert shown["silence"] == {"first": str(day - timedelta(days=5)), "last": str(day)}
    assert shown["kept_back"] == told["kept_back"]


def test_what_stops_a_wave_is_told_before_it_is_opened(run, eset, values, tmp_path):
    path = tmp_path / "wave.json"
    path.write_text(json.dumps(values | {"rated": [], "asker": "Орталық"}), encoding="utf-8")

    code, out, _ = run("wave", "check", path, "--profile", eset.folder, "--json")
    told = json.loads(out)
    refused, nothing, err = run("wave", "new", path, "--profile", eset.folder)

    assert code == 1
    assert [one["field"] for one in told if one["stops"]] == ["rated"]
    assert "client" in [one["field"] for one in told if not one["stops"]]
    assert (refused, nothing) == (1, "")
    assert "none is chosen" in err


def test_figures_of_other_waves_are_not_kept_back(eset, wave):
    assert eset("wave", "show", wave())["kept_back"] is None


@pytest.mark.parametrize("content", ["", "[]", "{", "[" * 100_000], ids=str.__len__)
def test_what_is_no_wave_is_refused_in_words(run, eset, tmp_path, content):
    path = tmp_path / "wave.json"
    path.write_text(content)

    code, out, err = run("wave", "new", path, "--profile", eset.folder)

    assert (code, out) == (1, "")
    assert "no JSON document with the fields of a wave" in err


def test_a_file_that_is_not_there_is_told(run, eset, tmp_path):
    code, _, err = run("wave", "new", tmp_path / "none.json", "--profile", eset.folder)

    assert code == 1
    assert "cannot be read" in err


def test_people_read_lines(run, eset, wave):
    id = wave()

    code, out, _ = run("wave", "progress", id, "--profile", eset.folder)
    code_of_list, listed, _ = run("wave", "list", "--profile", eset.folder)
    _, passport, _ = run("wave", "passport", id, "--profile", eset.folder)

    assert (code, code_of_list) == (0, 0)
    assert "0 / 6" in out
    assert "0 / 12" in listed
    assert "“Who asks” is not filled in." in passport
