"""Views of a list under names: kept in the encrypted file, counted, renamed and deleted."""

import pytest

from desktop.actions import views
from desktop.actions.listing import UNSENT, Wish
from desktop.actions.views import View
from desktop.holdings.looking import loose
from desktop.holdings.whom import Whom
from sync.errors import UserError
from sync.folding import fold
from tests.ui.desks import record

WATER, ROADS = View("Су", Wish("draft", "су")), View("Жол", Wish("", "жол"))


def test_what_was_saved_is_there_again_and_of_its_list_alone(desk):
    views.keep_views(desk, "issue", [WATER, ROADS])

    assert views.read_views(desk, "issue") == [WATER, ROADS]
    assert views.read_views(desk, "visit") == []


def test_a_name_that_is_there_takes_the_new_filter_in_its_place():
    assert views.with_view([WATER, ROADS], "  Су ", Wish("sent")) == [
        View("Су", Wish("sent")),
        ROADS,
    ]
    assert views.with_view([WATER], "Жол", ROADS.wish) == [WATER, ROADS]


def test_a_view_is_renamed_in_its_place_but_not_to_another_ones_name():
    assert views.renamed([WATER, ROADS], "Су", "Ауыз  су") == [
        View("Ауыз су", WATER.wish),
        ROADS,
    ]
    assert views.renamed([WATER], "Су", "Су") == [WATER]
    with pytest.raises(UserError, match="already"):
        views.renamed([WATER, ROADS], "Су", "Жол")
    assert views.without([WATER, ROADS], "Су") == [ROADS]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_has_a_name(name):
    with pytest.raises(UserError, match="name"):
        views.with_view([], name, Wish("sent"))


def test_a_list_has_so_many_views_and_says_when_there_are_no_more():
    many = [View(str(n), Wish("", str(n))) for n in range(views.MOST)]

    with pytest.raises(UserError, match="20"):
        views.with_view(many, "Су", Wish("sent"))
    assert len(views.with_view(many, "3", Wish("sent"))) == views.MOST


def test_each_is_counted_by_what_fits_now(desk):
    record(desk, "issue", {"essence": "Су жоқ"})
    record(desk, "issue", {"essence": "Жол бұзылған"})
    several = [WATER, ROADS, View("Күтуде", Wish(UNSENT)), View("Қайтты", Wish("returned"))]

    assert views.count_views(desk, "issue", several) == {
        "Су": 1, "Жол": 1, "Күтуде": 2, "Қайтты": 0,
    }  # fmt: skip
    assert views.count_views(desk, "issue", [View("Күтуде", Wish(UNSENT))]) == {"Күтуде": 2}
    assert views.count_views(desk, "issue", several, lambda: False) == {}


def test_a_name_is_proposed_from_what_is_shown():
    assert views.proposed_name(Wish("sent", " су "), "Жіберілді") == "Жіберілді · су"
    assert views.proposed_name(Wish("sent"), "Жіберілді") == "Жіберілді"
    assert views.proposed_name(Wish("", "су"), "Барлығы") == "су"


def test_a_persons_name_in_a_view_is_found_by_who_asks_what_is_held(desk):
    views.keep_views(desk, "issue", [View("Қанат", Wish("", "Серіков"))])

    with desk.store() as session:
        [found] = loose(session, Whom("Серіков", words=(fold("Серіков"),)), [])
    assert "Серіков" in found.words
