"""A wave on screen: its cells, those lacking first; before a vote; its passport; whom to look for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.actions import answers, records
from sync.client.facts import remember
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk, seen_by
from tests.ui.keys import settle, show
from tests.ui.survey_waves import OKRUG, start_wave
from ui.models.interviewing import okrugs_of
from ui.screens.surveys import SurveysScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

SEX, AGE = "/data/person/sex", "/data/person/age_group"
OTHER = "615635000"
GROUPS = [f"{SEX}=female", f"{SEX}=male", f"{AGE}=18_29 30_44", f"{AGE}=45_59 60_plus"]
WOMAN = {SEX: "female", AGE: "60_plus"}
TODAY = date.today()  # noqa: DTZ011  # the day of the place


@pytest.fixture
def wave(desk):
    use_language("en")
    id, _ = start_wave(desk)
    design = {"cell_place": "okrug", "places": [OKRUG, OTHER], "groups": GROUPS}
    with desk.store.begin() as session:  # it has begun, so that nobody may
        row = session.get_one(records.KINDS["wave"], id)
        row.target = None
        for name, value in {**design, "quotas": ["*|*|*=2"]}.items():
            setattr(row, name, value)
    return id


@pytest.fixture
def screen(qtbot, jobs):
    def build(desk):
        screen = SurveysScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


def words(widget):
    return [label.text() for label in widget.findChildren(PlainLabel) if label.isVisible()]


def ask(desk, wave, values=WOMAN, times=2, okrug=OKRUG):
    for _ in range(times):
        answers.finish(desk, wave, okrug, TODAY, values)


def test_cells_that_lack_most_come_first_with_their_words_and_numbers(desk, wave, screen):
    ask(desk, wave)

    told = words(screen(desk).cards[0])

    assert "2 of 16 were asked, 2 of them on this laptop." in told
    rows = [one for one in told if " · " in one]
    assert len(rows) == 3
    assert told.count("0 of 2") == 3


def test_all_cells_are_shown_on_demand_and_put_away_again(qtbot, desk, wave, screen):
    ask(desk, wave)
    card = screen(desk).cards[0]

    card.more_button.click()
    said = [box.accessibleName() for box in card.grid.boxes]

    assert len(said) == 8
    assert sum(one.endswith(": 2 of 2") for one in said) == 1
    assert all("okrug · " in one for one in said)
    card.more_button.click()
    assert card.grid is None


def test_when_every_cell_is_full_it_says_so(desk, wave, screen):
    for okrug in (OKRUG, OTHER):
        for sex in ("female", "male"):
            for age in ("18_29", "60_plus"):
                ask(desk, wave, {SEX: sex, AGE: age}, okrug=okrug)

    shown = screen(desk).cards[0]

    assert "Most are lacking here" not in words(shown)
    assert "16 of 16 were asked, 16 of them on this laptop." in words(shown)


def test_the_age_of_what_is_known_of_others_is_told(desk, wave, screen):
    with desk.store.begin() as session:
        remember(session, "exchanged", datetime(2026, 11, 5, 9, 14, tzinfo=UTC))

    assert any("as of" in one and "5 Nov" in one for one in words(screen(desk).cards[0]))


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (30, "from {first} to that day"),
        (5, "Silent days before the vote"),
        (0, "Silent days before the vote"),
        (-1, None),
    ],
)
def test_before_a_vote_a_notice_says_what_it_means(desk, wave, screen, days, says):
    day = TODAY + timedelta(days=days)
    values = {"linked_to": "election", "polling_day": str(day)}
    records.save(seen_by(desk, "coordinator"), "wave", values, wave)
    first = f"{day - timedelta(days=5):%d.%m.%Y}"

    told = [one for one in words(screen(desk).cards[0]) if "vote" in one]

    assert [one for one in told if says and says.format(first=first) in one] == told
    assert bool(told) is bool(says)


def test_a_vote_whose_day_nobody_filled_in_is_told(desk, wave, screen):
    coordinator = seen_by(desk, "coordinator")
    records.save(coordinator, "wave", {"linked_to": "referendum"}, wave)

    assert any("not filled in" in one for one in words(screen(desk).cards[0]))


def test_its_passport_opens_on_a_press_and_says_what_is_lacking(qtbot, desk, jobs, wave, screen):
    shown = screen(desk)

    shown.cards[0].passport_button.click()
    settle(qtbot, jobs)

    told = words(shown.passport)
    assert "6 things are missing." in told
    assert "“Who asks” is not filled in." in told
    assert any(one.startswith("1. ") for one in told)
    shown.passport.close_button.click()
    assert shown.isVisible()


def test_before_an_interview_it_is_told_who_is_lacking_and_where_enough_were_asked(
    qtbot, desk, jobs, wave, screen
):
    ask(desk, wave)
    shown = screen(desk)
    shown.begin(wave)
    settle(qtbot, jobs)
    page = shown.interview.start_page

    assert page.wanted.words.text() == "Most are lacking here"
    page.okrug_input.set_value(OKRUG)
    page.okrug_input.changed.emit()
    assert page.wanted.words.text() == "Still lacking here:"
    assert page.wanted.more.text().count("(2)") == 3


def test_where_enough_were_asked_one_may_go_on(qtbot, desk, jobs, wave, screen):
    for sex in ("female", "male"):
        for age in ("18_29", "60_plus"):
            ask(desk, wave, {SEX: sex, AGE: age})
    shown = screen(desk)
    shown.begin(wave)
    settle(qtbot, jobs)
    page = shown.interview.start_page
    page.okrug_input.set_value(OKRUG)
    page.okrug_input.changed.emit()

    assert page.wanted.words.text() == "Enough were asked here. You may go on all the same."
    assert "Жуантөбе" in page.wanted.more.text()
    shown.interview.begin()
    assert shown.interview.walk is not None


def test_in_an_interview_it_is_said_once_that_enough_like_this_one_were_asked(
    qtbot, desk, jobs, wave, screen, said
):
    ask(desk, wave)
    shown = screen(desk)
    shown.begin(wave)
    settle(qtbot, jobs)
    interview = shown.interview
    interview.start_page.okrug_input.set_value(OKRUG)
    interview.begin()
    interview.walk.interview.answer(SEX, "female")
    interview.asking.moved.emit()
    assert not [one for one in said if one.startswith("Enough were asked: ")]
    interview.walk.interview.answer(AGE, "60_plus")
    for _ in range(3):
        interview.asking.moved.emit()

    [told] = [one for one in said if one.startswith("Enough were asked: ")]
    assert "60 " in told


def test_a_wave_without_cells_proposes_nobody(qtbot, desk, jobs, screen):
    wave, _ = start_wave(desk)
    shown = screen(desk)
    shown.begin(wave)
    settle(qtbot, jobs)

    assert not shown.interview.start_page.wanted.isVisible()
    assert shown.cards[0].more_button is None


def test_the_coordinator_sees_districts_and_chooses_one(desk, wave, screen):
    with desk.store.begin() as session:
        row = session.get_one(records.KINDS["wave"], wave)
        row.districts, row.places = None, None
    shown = screen(seen_by(desk, "coordinator")).cards[0]

    assert sum(" of " in one for one in words(shown)) >= 3
    shown.show_all()
    before = shown.grid
    shown.district_input.set_value("615600000")
    shown.district_input.changed.emit()

    assert shown.grid is not before
    assert len(shown.grid.boxes) == 12 * 4


def test_one_asks_in_the_okrugs_of_the_wave_only_and_in_a_city_without_okrugs(desk, tmp_path):
    home = desk.person.district

    assert [code for code, _ in okrugs_of(desk, [home], [OKRUG])] == [OKRUG]
    assert okrugs_of(desk, ["615200000"]) == []
    assert len(okrugs_of(desk)) == 12
    everywhere = make_desk(tmp_path / "all", "coordinator")
    assert okrugs_of(everywhere, ["611000000"]) == [
        ("611000000", everywhere.pack.full_name("611000000"))
    ]
    close(everywhere)
