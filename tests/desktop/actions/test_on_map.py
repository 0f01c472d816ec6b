"""The map counted: at villages, in districts, and the records behind each number."""

from datetime import date, timedelta
from functools import partial

import pytest

from desktop.actions import on_map
from desktop.actions.listing import Wish as ListWish
from desktop.actions.listing import read_listing
from desktop.actions.on_map import Wish, for_outside, read_map, records_at
from desktop.figures.crowds import LEAST
from desktop.figures.periods import Span, period_of
from desktop.maps.layers import LAYERS, MEASURES
from sync.errors import Refused, UserError
from sync.records.issue import Issue
from tests.ui.desks import SOZAQ, VILLAGE, close, make_desk, record, seen_by

TODAY = date(2026, 11, 20)
KELES = "613900000"
OTHER = "615647200"  # another village of Созақ


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


def issue(desk, village=VILLAGE, received=TODAY, **more):
    said = {"essence": "Су жоқ", "received_on": f"{received}" or None, "village": village}
    return record(desk, "issue", said | {"state": "new"} | more)


def village_of(desk, district, number=0):
    return [one.code for one in desk.pack.villages.values() if one.district == district][number]


def test_numbers_of_villages_add_up_to_their_district(desk):
    keles = village_of(desk, KELES)
    for village in (VILLAGE, VILLAGE, keles):
        issue(desk, village)
    issue(desk, VILLAGE, state="closed")

    counted = read_map(desk, Wish("issues", "open"), TODAY)

    assert counted.districts == {SOZAQ: 2, KELES: 1}
    assert counted.at() == {VILLAGE: 2, keles: 1}
    assert counted.at(SOZAQ) == {VILLAGE: 2}
    assert read_map(desk, Wish("issues", "closed"), TODAY).districts == {SOZAQ: 1}


def test_the_records_behind_a_number_are_as_many_and_the_same_as_in_the_list(desk):
    kept = [issue(desk), issue(desk, received=TODAY - timedelta(2))]
    issue(desk, village_of(desk, KELES))

    wish = Wish("issues", "all")
    counted = read_map(desk, wish, TODAY)
    behind = records_at(desk, wish, TODAY, SOZAQ, VILLAGE)
    listed = read_listing(desk, "issue", ListWish())

    assert [row["id"] for row in behind] == kept
    assert counted.at(SOZAQ)[VILLAGE] == len(behind)
    assert sum(counted.districts.values()) == len(listed.ids)
    everywhere = records_at(desk, wish, TODAY, "", VILLAGE)
    whole = records_at(desk, wish, TODAY, SOZAQ, None)
    assert [row["id"] for row in everywhere] == [row["id"] for row in whole] == kept


@pytest.mark.parametrize("layer", [name for name in LAYERS if name != "unvisited"])
def test_each_number_of_each_layer_is_that_of_its_records(desk, layer):
    fill(desk)
    found = 0
    for sort in LAYERS[layer].sorts:
        for period in (None, period_of(Span.MONTH, TODAY)):
            wish = Wish(layer, sort.name, period)
            counted = read_map(desk, wish, TODAY)
            for district, villages in counted.villages.items():
                for village, number in villages.items():
                    assert len(records_at(desk, wish, TODAY, district, village)) == number
                    found += number
                assert len(records_at(desk, wish, TODAY, district, None)) == sum(villages.values())
    assert found


def fill(desk):
    """One or two of each kind, in several places and months; a typed village, and none at all."""
    own = seen_by(desk, "activist")
    places = [VILLAGE, OTHER, village_of(desk, KELES), f"free:{SOZAQ}:Жаңа", None]
    for at, village in enumerate(places):
        day = f"{TODAY - timedelta(25 * at)}"
        where = {"village": village} if village else {}
        who = desk if village in desk.pack.villages else own
        issue(who, village, due_on=day, **({} if at % 2 else {"state": "closed"}))
        record(who, "visit", {"visited_on": day, "topic": "survey"} | where)
        record(who, "meeting", {"held_on": day, "title": "Кездесу", "type": "dialogue"} | where)
        record(who, "reception", {"received_on": day, "essence": "Жер"} | where)
        project = {"title": "Жол", "starts_on": day} | ({"accepted_on": day} if at % 2 else {})
        record(who, "project", project | where)
        record(who, "inspection", {"inspected_on": day, "found": "Жол"} | where)
        moved = {"household": "Бес адам", "opened_on": day, "people": 5, "moved_on": day}
        record(who, "relocation_case", moved | ({"returned_on": day} if at % 2 else {}) | where)


def test_what_was_rejected_or_is_a_duplicate_is_neither_counted_nor_listed(desk):
    kept, *others = issue(desk), issue(desk), issue(desk)
    with desk.store.begin() as session:
        for id, state in zip(others, ("rejected", "duplicate"), strict=True):
            session.get(Issue, id).review = state

    wish = Wish("issues", "all")

    assert read_map(desk, wish, TODAY).districts == {SOZAQ: 1}
    assert [row["id"] for row in records_at(desk, wish, TODAY, SOZAQ, VILLAGE)] == [kept]


def test_only_the_days_that_are_asked_for_count(desk):
    issue(desk)
    issue(desk, received=date(2026, 10, 31))

    month = Wish("issues", "all", period_of(Span.MONTH, TODAY))

    assert read_map(desk, month, TODAY).districts == {SOZAQ: 1}
    assert read_map(desk, Wish("issues", "all"), TODAY).districts == {SOZAQ: 2}


def test_all_days_are_also_those_of_long_ago_and_of_no_day(desk):
    issue(desk)
    issue(desk, received=date(2019, 1, 1))
    issue(desk, received="")

    wish = Wish("issues", "all", measure="open")

    assert read_map(desk, wish, TODAY).districts == {SOZAQ: 3}
    assert read_map(desk, wish, TODAY).measured[SOZAQ] == 3
    assert len(records_at(desk, wish, TODAY, SOZAQ, VILLAGE)) == 3


def test_overdue_is_what_has_passed_its_term_today(desk):
    issue(desk, due_on=f"{TODAY - timedelta(1)}")
    issue(desk, due_on=f"{TODAY}")
    issue(desk, due_on=f"{TODAY - timedelta(1)}", state="closed")

    assert read_map(desk, Wish("issues", "late"), TODAY).districts == {SOZAQ: 1}


def test_villages_where_nobody_was_for_so_many_days_stand_out(desk):
    third = village_of(desk, SOZAQ, 3)
    for days, village in ((10, VILLAGE), (70, VILLAGE), (60, OTHER), (59, third)):
        day = TODAY - timedelta(days)
        record(desk, "visit", {"visited_on": f"{day}", "topic": "survey", "village": village})

    sixty = read_map(desk, Wish("unvisited", "60"), TODAY)
    ninety = read_map(desk, Wish("unvisited", "90"), TODAY)

    assert VILLAGE not in sixty.at(SOZAQ)
    assert OTHER in sixty.at(SOZAQ)
    assert third not in sixty.at(SOZAQ)
    assert OTHER not in ninety.at(SOZAQ)
    assert (sixty.days_since(VILLAGE), sixty.days_since(OTHER)) == (10, 60)
    never = village_of(desk, KELES)
    assert sixty.days_since(never) is None
    assert never in ninety.at(KELES)
    assert sixty.districts[SOZAQ] == len(sixty.at(SOZAQ))
    assert len(records_at(desk, Wish("unvisited", "60"), TODAY, SOZAQ, VILLAGE)) == 2


def test_districts_are_shaded_by_what_the_reports_tell(desk):
    from desktop.actions.figures import Question, read_report

    for at in range(12):
        issue(desk, due_on=f"{TODAY - timedelta(1)}" if at < 3 else f"{TODAY}")
    for at in range(3):
        village = village_of(desk, SOZAQ, at)
        record(desk, "visit", {"visited_on": f"{TODAY}", "topic": "survey", "village": village})
    month = period_of(Span.MONTH, TODAY)

    late = read_map(desk, Wish("issues", "", month, "late"), TODAY).measured
    coverage = read_map(desk, Wish("issues", "", month, "coverage"), TODAY).measured
    report = read_report(desk, Question("coverage", month, "district"), TODAY)

    assert late == {SOZAQ: 25.0}
    assert coverage == {line.key: line.now["share"] for line in report.lines if line.key}
    assert coverage[SOZAQ] > 0


def test_money_ahead_of_work_is_told_in_points(desk):
    from uuid import UUID

    million = 1_000_000
    said = {"title": "Жол", "village": VILLAGE, "starts_on": "2026-01-10", "physical": 30}
    project = record(desk, "project", said | {"contract_sum": 10 * million})
    assert isinstance(project, UUID)
    record(desk, "payment", {"paid_on": "2026-02-01", "sum": 8 * million}, project)

    measured = partial(read_map, desk, today=TODAY)

    assert measured(Wish("projects", measure="paid")).measured == {SOZAQ: 80}
    assert measured(Wish("projects", measure="work")).measured == {SOZAQ: 30}
    assert measured(Wish("projects", measure="ahead")).measured == {SOZAQ: 50}


@pytest.mark.parametrize("measure", MEASURES)
def test_each_measure_is_of_districts_of_the_pack(desk, measure):
    fill(desk)

    measured = read_map(desk, Wish("issues", measure=measure), TODAY).measured

    assert set(measured) <= set(desk.pack.districts)


def test_an_activist_counts_the_own_district_alone(desk):
    kept = issue(desk)
    issue(desk, village_of(desk, KELES))
    own = seen_by(desk, "activist")

    counted = read_map(own, Wish("issues", "all", measure="coverage"), TODAY)

    assert counted.districts == {SOZAQ: 1}
    assert set(counted.measured) == {SOZAQ}
    behind = records_at(own, Wish("issues", "all"), TODAY, KELES, None)
    assert [row["id"] for row in behind] == [kept]
    assert on_map.districts_seen(own) == [SOZAQ]


def test_few_people_of_one_village_stay_inside_and_so_does_what_would_tell_them(desk):
    for _ in range(LEAST + 2):
        issue(desk, VILLAGE)
    for _ in range(LEAST):
        issue(desk, OTHER)
    third = village_of(desk, SOZAQ, 3)
    issue(desk, third)

    told = for_outside(read_map(desk, Wish("issues", "all"), TODAY))

    assert told.hidden == {third, OTHER}  # of the other one the rest could be reckoned
    assert told.at(SOZAQ)[VILLAGE] == LEAST + 2
    assert told.at(SOZAQ)[OTHER] == told.at(SOZAQ)[third] == 1
    assert told.districts == {SOZAQ: 2 * LEAST + 3}


def test_what_is_not_about_people_leaves_as_it_is(desk):
    record(desk, "meeting", {"held_on": f"{TODAY}", "title": "Кездесу", "village": VILLAGE})
    counted = read_map(desk, Wish("meetings"), TODAY)

    assert for_outside(counted) == counted


def test_what_is_not_there_is_told_in_words(desk):
    for wish in (Wish("weather"), Wish("issues", measure="loyalty")):
        with pytest.raises(UserError):
            read_map(desk, wish, TODAY)


def test_who_reads_no_records_has_no_map(desk):
    with pytest.raises(Refused):
        read_map(seen_by(desk, "officer"), Wish("issues"), TODAY)
