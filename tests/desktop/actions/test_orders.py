"""Lists are put in order by days and numbers, both ways; nothing is lost by it."""

import pytest

from desktop.actions import handed_out, views
from desktop.actions.listing import Wish, read_listing
from desktop.actions.orders import is_order, order_words, orders, turned
from desktop.actions.views import View
from sync.records import KINDS
from sync.records.base import field_map
from sync.records.issue import Issue
from tests.ui.desks import record, seen_by

DUE = {"кеш": "2026-12-30", "ерте": "2026-12-01", "": None, "екінші": "2026-12-01"}


@pytest.fixture
def issues(desk):
    """{what it is about: id}, recorded in this order."""
    return {
        name: record(desk, "issue", {"essence": f"Су {name}", "due_on": day})
        for name, day in DUE.items()
    }


def listed(desk, issues, wish):
    names = {id.hex: name for name, id in issues.items()}
    return [names[id] for id in read_listing(desk, "issue", wish).ids]


def test_a_list_is_ordered_by_a_day_both_ways_and_what_has_none_comes_last(desk, issues):
    assert listed(desk, issues, Wish()) == ["екінші", "", "ерте", "кеш"]
    assert listed(desk, issues, Wish(order="due_on")) == ["екінші", "ерте", "кеш", ""]
    assert listed(desk, issues, Wish(order="-due_on")) == ["кеш", "екінші", "ерте", ""]
    assert listed(desk, issues, Wish(order="created")) == ["кеш", "ерте", "", "екінші"]


def test_filter_and_words_count_too(desk, issues):
    assert listed(desk, issues, Wish("draft", ["ерте", "кеш"][0], "due_on")) == ["ерте"]
    assert listed(desk, issues, Wish("sent", "", "due_on")) == []
    assert listed(desk, issues, Wish("draft", "су", "-due_on"))[0] == "кеш"


def test_an_order_that_is_not_known_is_as_edited_last(desk, issues):
    assert listed(desk, issues, Wish(order="applicant")) == listed(desk, issues, Wish())
    assert listed(desk, issues, Wish(order="-nowhere")) == listed(desk, issues, Wish())


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_ordered_by_whose_it_is_or_what_was_written(kind):
    known = field_map(KINDS[kind])
    told = [known[name] for name in orders(KINDS[kind]) if name in known]

    assert not any(one.private or one.choices or one.long for one in told)
    assert [one.name for one in told if one.type is str] in ([], ["number"])
    assert orders(KINDS[kind])[0] == "created"


@pytest.mark.parametrize("kind", KINDS)
def test_each_order_of_each_kind_can_be_read_both_ways(desk, kind):
    for name in orders(KINDS[kind]):
        for order in (name, turned(name)):
            assert is_order(KINDS[kind], order)
            assert order_words(KINDS[kind], order)
            assert read_listing(desk, kind, Wish(order=order)).ids == []


def test_an_order_is_told_in_words():
    assert order_words(Issue, "due_on").endswith(": earliest first")
    assert order_words(Issue, "-created") == "Recorded on: latest first"
    assert order_words(Issue, "-number").endswith(": largest first")
    assert order_words(Issue, "") == order_words(Issue, "essence") == ""
    assert turned(turned("due_on")) == "due_on"


def test_a_view_keeps_its_order_also_for_colleagues(desk):
    wish = Wish("sent", "", "-due_on")
    views.keep_views(desk, "issue", [View("Мерзімі", wish)])
    handed_out.share_view(seen_by(desk, "leader"), "issue", "Ортақ", wish)

    assert [one.wish for one in views.read_views(desk, "issue")] == [wish]
    assert [one.wish for one in handed_out.read_given_views(desk, "issue")] == [wish]
    assert views.proposed_name(Wish(order="due_on"), "Барлығы", "Мерзімі: ертесі") == (
        "Мерзімі: ертесі"
    )
