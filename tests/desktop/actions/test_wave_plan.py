"""A wave is planned: what is said before it opens, and that it opens only when nothing stops it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.actions import drafts, forms, records, surveys, wave_plan
from desktop.surveys.bundled import rating_xform
from sync.errors import Refused
from sync.records.survey import NAMED
from tests.ui.desks import SOZAQ, record
from tests.ui.survey_waves import start_wave

TODAY = date.today()  # noqa: DTZ011  # the day of the place
SAIRAM = "615200000"
PASSPORT = {
    "asker": "Орталық",
    "client": "Облыс әкімдігі",
    "mode": "face_to_face",
    "sample": "quota",
    "method": "Үй аралау",
    "population": "18 жастан асқандар",
}
VOTE = {
    "linked_to": "election",
    "polling_day": str(TODAY + timedelta(days=40)),
    "experience": 6,
    "specialists": "А. Серік",
    "notice_number": "12",
    "notice_on": str(TODAY - timedelta(days=1)),
}


def publish(desk, xform=None, use="survey"):
    [change] = forms.publish(desk, xform or rating_xform(), name=use, version="1", use=use)
    return str(change.record)


@pytest.fixture
def plan(coordinator):
    """A plan that nothing stops."""
    official = record(
        coordinator, "official", {"post": "Әкім", "body": "akimat", "territory": SOZAQ}
    )
    return {
        "title": "Күзгі рейтинг",
        "form": publish(coordinator),
        "starts_on": str(TODAY + timedelta(days=3)),
        "ends_on": str(TODAY + timedelta(days=20)),
        "districts": [SOZAQ],
        "rated": [str(official)],
        "target": 40,
        **PASSPORT,
    }


def stops(desk, values):
    return [one.text.words() for one in wave_plan.check(desk, values) if one.stops]


def remarks(desk, values):
    return [one.text.words() for one in wave_plan.check(desk, values) if not one.stops]


def test_a_whole_plan_is_opened_and_runs_where_it_should(coordinator, desk, plan):
    assert wave_plan.check(coordinator, plan) == []

    wave_plan.open_wave(coordinator, plan)

    [wave] = surveys.list_waves(desk)
    assert wave.title == "Күзгі рейтинг"
    [listed] = wave_plan.list_waves(coordinator)
    assert listed.state == wave_plan.PLANNED


def test_only_who_may_write_for_the_region_opens_a_wave(desk, plan):
    with pytest.raises(Refused):
        wave_plan.open_wave(desk, plan)


def test_an_empty_plan_says_all_that_it_lacks(coordinator):
    told = stops(coordinator, {})

    assert {"“Title” is not filled in.", "“Form” is not filled in."} <= set(told)
    with pytest.raises(Refused, match="cannot be opened yet"):
        wave_plan.open_wave(coordinator, {})
    assert wave_plan.list_waves(coordinator) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ends_on": str(TODAY)}, "ends before it begins"),
        ({"starts_on": "2020-01-01", "ends_on": "2020-02-01"}, "over already"),
        ({"rated": []}, "none is chosen"),
        ({"rated": ["0b6f6a2e-0000-4000-8000-000000000000"]}, "no more"),
        ({"form": "0b6f6a2e-0000-4000-8000-000000000000"}, "not on this laptop"),
        ({"groups": ["/data/nothing=1"]}, "makes no cells|does not ask"),
        ({"quotas": ["*|x=1"]}, "number of interviews"),
        ({"places": ["615247000"], "districts": [SOZAQ]}, "none of the districts"),
    ],
)
def test_what_makes_no_sense_stops_it(coordinator, plan, change, words):
    with pytest.raises(Refused, match=words):
        wave_plan.open_wave(coordinator, plan | change)


def test_a_form_by_name_is_not_offered_and_stops_it(coordinator, plan):
    named = publish(coordinator, rating_xform().replace('version="1"', 'version="3"'), NAMED)

    assert "anonymously" in " ".join(stops(coordinator, plan | {"form": named}))
    assert named not in dict(wave_plan.read_page(coordinator, None).forms)


@pytest.mark.parametrize(
    ("label", "kind", "words"),
    [("Аты-жөніңіз", "string", "who answers"), ("Үйіңіз", "geopoint", "place on the map")],
)
def test_a_form_that_asks_who_answers_stops_it(coordinator, plan, label, kind, words):
    xform = rating_xform().replace("Аулыңызда бірінші кезекте не істеу керек?", label)
    xform = xform.replace('"/data/proposal" type="string"', f'"/data/proposal" type="{kind}"')
    if label not in xform:
        xform = xform.replace(
            '<text id="/data/proposal:label"><value>',
            f'<text id="/data/proposal:label"><value>{label} ',
        )
    form = record(coordinator, "form", {"name": "Кім", "version": "1", "xform": xform})

    assert words in " ".join(stops(coordinator, plan | {"form": str(form)}))


def test_officials_whose_term_is_over_stop_it_and_ending_terms_are_said(coordinator, plan):
    official = UUID(plan["rated"][0])

    records.save(coordinator, "official", {"until": str(TODAY)}, official)
    assert "choose who holds the post now" in " ".join(stops(coordinator, plan))

    day = str(TODAY + timedelta(days=5))
    records.save(coordinator, "official", {"until": day}, official)
    assert stops(coordinator, plan) == []
    assert "while people are still asked" in " ".join(remarks(coordinator, plan))


def test_an_official_of_a_district_where_nobody_is_asked_is_said(coordinator, plan):
    told = remarks(coordinator, plan | {"districts": [SAIRAM]})

    assert any("where nobody is asked" in one for one in told)


def test_cells_that_do_not_add_up_to_the_target_are_said_for_each_district(coordinator, plan):
    groups = ["/data/person/sex=female", "/data/person/sex=male"]
    sums = plan | {"groups": groups, "quotas": ["*|*=15"], "districts": [SOZAQ, SAIRAM]}

    [first, second] = remarks(coordinator, sums)[:2]
    assert "add up to 30; planned are 40" in first
    assert "add up to 30" in second
    assert remarks(coordinator, sums | {"target": 30, "districts": [SOZAQ]}) == []
    [empty] = remarks(coordinator, sums | {"quotas": ["*|female=15"], "districts": [SOZAQ]})
    assert "1 cells of 2 have no number" in empty


def test_of_many_districts_three_are_named(coordinator, plan):
    told = remarks(coordinator, plan | {"groups": ["/data/person/sex=female"], "districts": None})

    assert len([one for one in told if "have no number" in one]) == 3
    assert any("more districts" in one for one in told)


def test_a_wave_without_any_number_is_remarked_on(coordinator, plan):
    assert remarks(coordinator, plan | {"target": None}) == [
        "How many are to be asked is said nowhere."
    ]


def test_a_passport_of_a_wave_without_a_vote_is_only_remarked_on(coordinator, plan):
    assert remarks(coordinator, plan | {"client": None}) == [
        "“Who ordered it and who pays” is not filled in."
    ]
    assert stops(coordinator, plan | {"client": None}) == []


def test_a_wave_linked_to_a_vote_needs_its_whole_passport(coordinator, plan):
    assert stops(coordinator, plan | VOTE) == []
    assert any("exported or published" in one for one in remarks(coordinator, plan | VOTE))

    for name in ("polling_day", "notice_number", "client"):
        assert stops(coordinator, plan | VOTE | {name: None})
    assert "years of experience" in stops(coordinator, plan | VOTE | {"experience": 2})[0]


def test_a_wave_whose_first_day_is_over_runs_at_once(coordinator, plan):
    told = remarks(coordinator, plan | {"starts_on": str(TODAY - timedelta(days=1))})

    assert any("as soon as" in one for one in told)


def test_a_plan_is_kept_until_it_is_opened(coordinator, plan):
    drafts.keep(coordinator, wave_plan.draft_key(None), plan)

    assert wave_plan.read_page(coordinator, None).draft["title"] == "Күзгі рейтинг"
    wave_plan.open_wave(coordinator, plan)

    assert wave_plan.read_page(coordinator, None).draft == {}


def test_of_a_running_wave_the_page_says_what_stays_and_what_only_grows(coordinator):
    wave, _ = start_wave(coordinator)
    over, _ = start_wave(coordinator, ended=True)

    page = wave_plan.read_page(coordinator, wave)
    assert page.state == wave_plan.RUNNING
    assert "form" in page.stays
    assert "target" not in page.stays
    assert page.grows == {"districts", "places", "rated"}
    ended = wave_plan.read_page(coordinator, over)
    assert {"districts", "target", "ends_on"} <= ended.stays
    assert ended.grows == frozenset()
    assert [one.state for one in wave_plan.list_waves(coordinator)] == ["running", "closed"]


def test_former_officials_are_offered_only_where_they_were_chosen(coordinator):
    wave, [official] = start_wave(coordinator)
    records.save(coordinator, "official", {"until": "2020-01-01"}, official)

    assert str(official) not in dict(wave_plan.read_page(coordinator, None).officials)
    assert str(official) in dict(wave_plan.read_page(coordinator, wave).officials)
