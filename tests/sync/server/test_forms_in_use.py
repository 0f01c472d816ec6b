"""A form that people were asked by stays as it is on the server, whatever laptops did not know."""

from unittest.mock import patch

import msgspec
import pytest

from sync.change import UNSURE
from sync.person import REGION
from sync.server import in_use, lives
from tests.servers import SOZAQ, change

QUESTIONS = "<h:html>1</h:html>"
OTHERS = "<h:html>2</h:html>"
VISIT = {"filled_on": "2026-11-05", "village": "615647100"}


@pytest.fixture
def eset(server):
    return server.laptop("eset", "coordinator")


@pytest.fixture
def form(eset):
    """The record of a form, and the revision at which it stands."""
    made = change("form", district=REGION, name="Рейтинг", xform=QUESTIONS)
    return made.record, eset.exchange(made).accepted[made.id]


def edit(form, *, base=None, **fields):
    record, revision = form
    return change("form", record, district=REGION, base=base or revision, **fields)


def wave(form, **more):
    return change("wave", district=REGION, title="Күз", form=str(form[0]), **more)


def standing(line, form):
    line.cursors = {}
    [found] = [one for one in line.exchange().changes if one.record == form[0]]
    return found.fields


@pytest.mark.parametrize(
    "said", [{"xform": OTHERS}, {"name": "Ө"}, {"use": "named"}, {"removed": True}], ids=str
)
def test_a_form_that_a_wave_asks_by_stays_as_it_is(eset, form, said):
    eset.exchange(wave(form))

    [refused] = eset.exchange(edit(form, **said)).refused

    assert "“Күз” asks by this version, so it stays as it is" in refused.reason
    assert "Publish a new version" in refused.reason
    stands = standing(eset, form)
    assert (stands["name"], stands["xform"]) == ("Рейтинг", QUESTIONS)
    assert not stands.get("removed")
    assert not stands.get("use")
    assert not stands["conflicts"]


def test_so_does_one_that_somebody_filled_in_in_a_district(server, eset, form):
    aidana = server.laptop("aidana")
    filled = change("filled_form", district=SOZAQ, form=str(form[0]), **VISIT)
    assert aidana.exchange(filled).refused == []

    [refused] = eset.exchange(edit(form, xform=OTHERS)).refused

    assert "This version was filled in already" in refused.reason
    assert standing(eset, form)["xform"] == QUESTIONS


def test_the_edit_of_who_was_offline_is_refused_with_the_wave_that_was_opened_meanwhile(
    server, eset, form
):
    eset.exchange(wave(form))
    dana = server.laptop("dana", "coordinator")

    [refused] = dana.exchange(edit(form, xform=OTHERS)).refused

    assert "Күз" in refused.reason


def test_a_wave_of_the_same_request_counts(eset, form):
    opened = wave(form)

    reply = eset.exchange(opened, edit(form, xform=OTHERS))

    assert set(reply.accepted) == {opened.id}
    assert len(reply.refused) == 1


def test_what_nobody_is_asked_by_may_change_and_a_new_version_may_come(eset, form):
    taken_back = wave(form)
    another = change("form", district=REGION, name="Рейтинг", version="2", xform=OTHERS)
    eset.exchange(taken_back, wave((another.record, 0)), another)
    eset.exchange(change("wave", taken_back.record, district=REGION, base=99, removed=True))

    assert eset.exchange(edit(form, xform=OTHERS)).refused == []
    assert standing(eset, form)["xform"] == OTHERS


def test_what_says_the_same_again_is_taken(eset, form):
    eset.exchange(wave(form))

    assert eset.exchange(edit(form, xform=QUESTIONS)).refused == []


@pytest.mark.parametrize(
    "told", [{"base": UNSURE}, {"whole": True}, {"witness": True}], ids=lambda told: str([*told])
)
def test_what_a_restored_server_lost_is_taken_once_and_nobody_else_may_say_so(
    server, eset, form, told
):
    """The wave came back sooner than the edit of its form that was made before it."""
    eset.exchange(wave(form))
    lost = [
        msgspec.structs.replace(edit(form, xform=f"{OTHERS}{number}"), **told)
        for number in range(3)
    ]

    assert len(eset.exchange(lost[0]).refused) == 1  # nothing was restored
    with server.service.store.writing.begin() as session:
        lives.begin(session, at_once=True)
    assert eset.exchange(lost[1]).accepted
    assert standing(eset, form)["xform"] == f"{OTHERS}1"
    assert len(eset.exchange(lost[2]).refused) == 1


def test_other_records_are_not_looked_at(eset):
    visit = change("visit", visited_on="2026-11-05", village="615647100", topic="survey")
    with patch.object(in_use, "check", side_effect=AssertionError):
        base = eset.exchange(visit).accepted[visit.id]
        more = change("visit", visit.record, base=base, people=3)
        assert eset.exchange(more).refused == []
