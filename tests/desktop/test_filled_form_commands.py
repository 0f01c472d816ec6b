"""Forms that are filled in by name, as commands: from two laptops, over a server, to the review."""

import json

import pytest

import resources
from tests.filled_forms import ABOUT, CONSENT, HOUSE, NAME, PEOPLE

XFORM = resources.text("forms", "household.xml")


@pytest.fixture
def people(commander):
    """Two of a group and the coordinator, who has published the form: (form, mine, hers, theirs)."""
    coordinator, mine, hers = commander("coordinator"), commander(), commander()
    form = coordinator(
        "record", "form", stdin=json.dumps({"name": "Үй аралау", "use": "named", "xform": XFORM})
    )["id"]
    for one in (coordinator, mine, hers):
        one("sync")
    return form, mine, hers, coordinator


@pytest.fixture
def filled(people):
    """A form that both laptops of the group have."""
    form, mine, hers, coordinator = people
    values = {"form": form, **ABOUT, **CONSENT, "answers": HOUSE | PEOPLE}
    id = mine("record", "filled_form", stdin=json.dumps(values))["id"]
    mine("sync")
    hers("sync")
    return id, mine, hers, coordinator


def say(laptop, id, **answers):
    said = {f"/data/{name.replace('__', '/')}": value for name, value in answers.items()}
    return laptop("record", "filled_form", "--id", id, stdin=json.dumps({"answers": said}))


def test_answers_to_two_questions_from_two_laptops_both_stay(filled):
    id, mine, hers, _ = filled
    say(mine, id, home__condition="good")
    say(hers, id, host__phone="+7 705 000 00 00", topics="work")

    for laptop in (mine, hers, mine):
        assert laptop("sync")["conflicts"] == 0

    for laptop in (mine, hers):
        row = laptop("show", id)
        assert row["answers"]["/data/home/condition"] == "good"
        assert row["answers"]["/data/topics"] == "work"
        assert row["personal"]["/data/host/phone"] == "+7 705 000 00 00"


def test_two_answers_to_one_question_are_a_conflict_at_it_and_one_is_chosen(filled):
    id, mine, hers, _ = filled
    say(mine, id, home__condition="good")
    say(hers, id, home__condition="repair", topics="work")
    for laptop in (mine, hers, mine):
        laptop("sync")
    row = mine("show", id)
    assert list(row["conflicts"]) == ["answers:/data/home/condition"]
    assert row["answers"]["/data/topics"] == "work"

    say(mine, id, topics="work health")  # an edit of one's own waits beside the choice
    said = mine("settle", id, "answers:/data/home/condition")
    assert said["answers:/data/home/condition"] == "good"
    mine("sync")
    hers("sync")
    for laptop in (mine, hers):
        row = laptop("show", id)
        assert (row["conflicts"], row["answers"]["/data/home/condition"]) == ({}, "good")
        assert row["answers"]["/data/topics"] == "work health"


def test_two_edits_of_one_family_wait_whole_and_one_is_chosen(filled, run):
    id, mine, hers, _ = filled
    say(mine, id, size=1)
    say(hers, id, **{"member[1]__age": 42})
    for laptop in (mine, hers, mine):
        laptop("sync")
    [(name, [rival])] = mine("show", id)["conflicts"].items()
    assert name == "personal:/data/member[]"
    assert rival["value"]["/data/member[1]/age"] == "42"
    assert "/data/member[2]/age" not in mine("show", id)["personal"]
    code, _, err = run("settle", id, name, "42", "--profile", mine.folder)
    assert (code, "one JSON object" in err) == (1, True)

    say(mine, id, size=2)
    mine("settle", id, name, json.dumps(rival["value"]))
    mine("sync")
    hers("sync")

    row = hers("show", id)
    assert (row["conflicts"], row["personal"]["/data/member[1]/age"]) == ({}, "42")
    assert row["personal"]["/data/member[2]/age"] == "7"


def test_it_goes_to_the_review_and_back_with_a_comment_at_the_question(filled):
    id, mine, _, coordinator = filled
    mine("review", id, "send")
    mine("sync")
    coordinator("sync")
    row = coordinator("show", id)
    assert row["review"] == "sent"
    assert row["personal"]["/data/host/name"] == NAME

    coordinator("review", id, "return", "--comment", "answers:/data/topics=Тағы не туралы?")
    coordinator("sync")
    mine("sync")

    row = mine("show", id)
    assert row["review"] == "returned"
    assert row["parts"]["comment"][0]["about"] == "answers:/data/topics"


def test_what_is_wrong_is_said_in_words(people, run):
    form, mine, *_ = people
    for values, words in (
        ({"form": form, **ABOUT, "answers": {"/data/none": 1}}, "asks nothing at “/data/none”"),
        ({"form": form, **ABOUT, "answers": "all"}, "answers"),
        ({"form": form, **ABOUT, "answers": {"/data/size": {"a": 1}}}, "answers"),
        ({"form": "x", **ABOUT, "answers": {"/data/size": 1}}, "Sync first"),
        ({"form": form, **ABOUT, "answers": HOUSE | PEOPLE}, "consent_way"),
        ({**ABOUT, "answers:/data/size": "1"}, "answers:/data/size"),
    ):
        stdin = json.dumps(values)
        code, out, err = run("record", "filled_form", "--profile", mine.folder, stdin=stdin)
        assert (code, out) == (1, ""), values
        assert words in err
