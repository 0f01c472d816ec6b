"""Lists by pages: order, filters and search are those of the records themselves."""

import re
from uuid import UUID

import pytest
from sqlalchemy import event, text

from desktop.actions import records, review
from desktop.actions.listing import (
    ALL,
    CONFLICT,
    STEP,
    UNSENT,
    Listing,
    Wish,
    read_listing,
    read_rows,
    read_start,
)
from sync.client.tables import Pending
from sync.folding import fold
from sync.language import speak
from sync.records.issue import Issue
from tests.ui.desks import VILLAGE, record

NUMBER = "СЗ-2026-14"


@pytest.fixture
def issue(desk):
    return lambda **values: record(desk, "issue", {"essence": "Су жоқ", **values})


@pytest.fixture
def found(desk):
    """The records that fit a wish, as ids."""

    def found(words="", state=ALL, kind="issue"):
        return [UUID(hex=id) for id in read_listing(desk, kind, Wish(state, words)).ids]

    return found


def test_the_newest_edit_stands_first_and_what_was_removed_nowhere(desk, issue, found):
    first, second, third = (issue(essence=str(n)) for n in range(3))
    records.save(desk, "issue", {"essence": "Жол"}, first)
    records.remove(desk, "issue", second)

    assert found() == [first, third]


def test_rows_come_in_the_order_of_the_list_and_say_what_waits(desk, issue):
    ids = [issue(essence=str(n)) for n in range(3)]
    with desk.store.begin() as session:
        session.query(Pending).filter(Pending.record == ids[1]).delete()
    records.remove(desk, "issue", ids[2])

    rows = read_rows(desk, "issue", [id.hex for id in ids])

    assert [(row["id"], row["unsent"]) for row in rows] == [(ids[0], True), (ids[1], False)]


def test_a_filter_leaves_what_its_count_says(desk, issue, found):
    draft, sent, both = issue(), issue(), issue()
    for id in (sent, both):
        with desk.store.begin() as session:
            session.get(Issue, id).review = "sent"
    with desk.store.begin() as session:
        session.query(Pending).filter(Pending.record != draft).delete()
        session.get(Issue, both).conflicts = {"essence": [{"value": "Жол"}]}

    counts = read_listing(desk, "issue", Wish()).counts

    assert found(state="draft") == found(state=UNSENT) == [draft]
    assert found(state="sent") == [both, sent]
    assert found(state=CONFLICT) == [both]
    assert found(state="returned") == []
    assert counts == {"draft": 1, "sent": 2, ALL: 3, UNSENT: 1, CONFLICT: 1}


def test_a_kind_without_review_is_counted_too(desk):
    record(desk, "comment", {"text": "Қай көшеде?"}, parent=record(desk, "issue", {}))

    assert read_listing(desk, "comment", Wish()).counts == {ALL: 1, UNSENT: 1, CONFLICT: 0}
    assert read_listing(desk, "comment", Wish("sent")).ids == []


def test_words_typed_on_a_russian_keyboard_find_kazakh_ones(issue, found):
    id = issue(essence="Көктөбе көшесінде ауыз су жоқ")
    issue(essence="Мектепке апаратын жол")

    assert found("коктобе су") == [id]
    assert found("КӨКТӨБЕ") == found("ауыз  ") == [id]
    assert found("коктобе жол") == []


@pytest.mark.parametrize("words", ["созак", "Созақ ауылы", "құбыр", "23.11.2026", "23.11", "абай"])
def test_all_that_a_record_says_is_searched(issue, found, words):
    speak("kk")
    id = issue(
        essence="Құбыр жарылды", village=VILLAGE, received_on="2026-11-23", address="Абай көшесі"
    )
    issue(essence="Жол", received_on="2026-10-23")

    assert found(words) == [id]


def test_a_choice_is_found_by_its_words_in_the_language_spoken(issue, found):
    id = issue(essence="Асфальт", category="roads")
    issue(category="drinking_water")

    speak("kk")
    kazakh = found("жол")
    speak("ru")
    russian = found("дорог")

    assert (kazakh, russian) == ([id], [id])


def test_a_village_that_was_typed_by_hand_is_found_but_never_a_code(issue, found):
    typed = issue(village="Қызылкөл")
    known = issue(village=VILLAGE)

    assert found("кызылкол") == [typed]
    assert found(VILLAGE) == []
    assert found("созак") == [known]


def test_an_issue_is_found_by_its_number_and_still_by_the_tag_that_it_had_before(
    desk, issue, found
):
    waits, numbered = issue(), issue()
    with desk.store.begin() as session:
        session.get(Issue, numbered).number = NUMBER

    assert found(f"~{waits.hex[-5:]}") == [waits]
    assert found(NUMBER.lower()) == [numbered]
    assert found(f"~{numbered.hex[-5:]}") == [numbered]


@pytest.mark.parametrize("sign", list("*?[]^-%_'\"\\#№½ﬁ"))
def test_every_sign_stands_for_itself(issue, found, sign):
    id = issue(essence=f"a{sign}b")
    issue(essence="a b")

    assert found(f"a{sign}b") == [id]


def test_letters_that_fold_to_one_find_each_other(issue, found):
    words = "ӘәІіҢңҒғҮүҰұҚқӨөҺһЁёЙйÀàЎ"
    id = issue(essence=words)

    assert found(words) == found(fold(words)) == found(words.swapcase()) == [id]


def test_a_search_that_nobody_waits_for_any_more_ends(desk, issue):
    issue()

    assert read_listing(desk, "issue", Wish(words="су"), lambda: False) is None


def test_what_stands_inside_of_words_is_found_where_nothing_begins_with_it(issue, found):
    inside = issue(essence="Қазақстан көшесі")

    assert found("стан") == [inside]

    begins = issue(essence="Станция")
    assert found("стан") == [begins]


def test_a_search_goes_through_all_rows_a_step_at_a_time(desk, issue, monkeypatch):
    monkeypatch.setattr("desktop.actions.listing.STEP", 2)
    ids = [issue(essence=f"Тұщы-су {n}") for n in range(7)]
    asked = []

    listing = read_listing(desk, "issue", Wish(words="щы-су"), lambda: not asked.append(1))

    assert STEP > 2
    assert [listing.row_of(id) for id in ids] == [6, 5, 4, 3, 2, 1, 0]
    assert len(asked) >= 4


def test_a_record_that_does_not_fit_has_no_row():
    assert Listing(["0" * 32]).row_of(UUID(int=1)) == -1


@pytest.fixture
def plans(desk):
    """How SQLite goes about what is asked from now on: of each question its steps, as one text."""
    told, engine = [], desk.store().get_bind()

    def explain(connection, cursor, statement, given, context, many):
        if statement.startswith("SELECT"):
            steps = connection.connection.cursor().execute(
                f"EXPLAIN QUERY PLAN {statement}", given
            )
            told.append(" / ".join(step[3] for step in steps.fetchall()))

    event.listen(engine, "after_cursor_execute", explain)
    yield told
    event.remove(engine, "after_cursor_execute", explain)


@pytest.mark.parametrize("state", [ALL, "draft", UNSENT, CONFLICT])
def test_the_first_of_a_list_are_those_with_which_all_of_it_begins(desk, issue, state):
    for n in range(5):
        issue(essence=str(n))
    with desk.store.begin() as session:
        session.execute(text("UPDATE issue SET conflicts = '{\"essence\": []}'"))

    whole, start = read_listing(desk, "issue", Wish(state)), read_start(desk, "issue", state, 3)

    assert (start.ids, start.whole, start.counts) == (whole.ids[:3], False, {})
    assert read_start(desk, "issue", state, 5) == whole
    assert len(whole.ids) == 5


@pytest.mark.parametrize("state", [ALL, "draft", "approved"])
def test_a_list_is_ordered_and_counted_by_an_index_alone(desk, issue, plans, state):
    issue()
    plans.clear()

    read_start(desk, "issue", state, 1)
    read_listing(desk, "issue", Wish(state))

    told = [plan for plan in plans if "outbox" not in plan and "disputed" not in plan]
    assert len(told) >= 3
    assert all("SCAN issue USING COVERING INDEX ix_issue_listed" in plan for plan in told), told
    assert not any("FOR ORDER BY" in plan for plan in told), told


def test_the_few_on_which_people_differ_are_found_without_a_look_at_all_others(
    desk, coordinator, issue, plans
):
    issue()
    plans.clear()

    read_listing(desk, "issue", Wish(CONFLICT))
    review.count_waiting(coordinator)

    assert any("ix_issue_disputed" in plan for plan in plans)
    through_all = re.compile("SCAN issue(?! USING (COVERING|INDEX ix_issue_disputed))")
    assert not [plan for plan in plans if through_all.search(plan)]


def test_what_words_were_not_searched_is_counted_among_what_fits(desk, issue):
    there, _, sent = issue(), issue(), issue(essence="Жол")
    with desk.store.begin() as session:
        for id in (there, sent):
            session.get(Issue, id).bare = True
        session.get(Issue, sent).review = "sent"

    listing = read_listing(desk, "issue", Wish("draft", "мектеп"))

    assert (listing.ids, listing.unsearched) == ([], 1)
