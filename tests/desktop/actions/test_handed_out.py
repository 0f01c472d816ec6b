"""What a leader or the coordinator shares: all colleagues have it, and only who may share changes it."""

from uuid import uuid4

import pytest

from desktop.actions import exchange, handed_out, phrases, records, views
from desktop.actions.listing import UNSENT, Wish
from desktop.actions.views import View
from sync.change import Change
from sync.client.rows import write
from sync.errors import Refused, UserError
from sync.language import speak
from sync.person import REGION
from sync.records.handed_out import SharedView
from sync.records.values import Wrong
from tests.ui.desks import SOZAQ, seen_by

TEXTS = {"kk": "Құбыр  ауыстырылды", "ru": "Труба заменена", "en": ""}
DEBTS = Wish("returned", "су құбыры")


@pytest.fixture
def leader(desk):
    return seen_by(desk, "leader")


@pytest.fixture
def coordinator(desk):
    return seen_by(desk, "coordinator")


def forged(desk, kind, **said):
    """As it comes from the server, whatever program wrote it."""
    fields = {"author": "x", "created": "2026-11-24T08:00:00Z", **said}
    change = Change(kind=kind, record=uuid4(), district=REGION, fields=fields, revision=3, by="x")
    with desk.store.begin() as session:
        write(session, [change])


def test_a_leaders_phrase_is_the_districts_and_a_coordinators_the_regions(
    desk, leader, coordinator
):
    handed_out.share_phrase(leader, TEXTS)
    handed_out.share_phrase(coordinator, {"ru": "Направлено"})

    assert [(one.district, one.texts, one.own) for one in handed_out.read_phrases(desk)] == [
        (REGION, {"ru": "Направлено"}, False),
        (SOZAQ, {"kk": "Құбыр ауыстырылды", "ru": "Труба заменена"}, False),
    ]
    assert [one.own for one in handed_out.read_phrases(leader)] == [False, True]
    assert [one.own for one in handed_out.read_phrases(coordinator)] == [True, True]


def test_who_does_not_share_changes_nothing_and_takes_nothing_back(desk, leader):
    [change] = handed_out.share_phrase(leader, TEXTS)

    assert not handed_out.may_share(desk)
    for act in (
        lambda: handed_out.share_phrase(desk, TEXTS),
        lambda: handed_out.share_phrase(desk, {"kk": "Басқа"}, change.record),
        lambda: handed_out.take_back(desk, handed_out.PHRASE, change.record),
        lambda: handed_out.share_view(desk, "issue", "Су", DEBTS),
    ):
        with pytest.raises(Refused, match="leader or a coordinator"):
            act()
    assert len(handed_out.read_phrases(desk)) == 1


def test_a_leader_does_not_change_what_is_the_regions(leader, coordinator):
    [change] = handed_out.share_phrase(coordinator, TEXTS)

    with pytest.raises(Refused):
        handed_out.take_back(leader, handed_out.PHRASE, change.record)


def test_who_shared_it_changes_it_and_takes_it_back(desk, leader):
    [change] = handed_out.share_phrase(leader, TEXTS)

    handed_out.share_phrase(leader, {"kk": "Құбыр жөнделді"}, change.record)
    assert [one.texts for one in handed_out.read_phrases(desk)] == [{"kk": "Құбыр жөнделді"}]

    handed_out.take_back(leader, handed_out.PHRASE, change.record)
    assert handed_out.read_phrases(desk) == []


def test_a_shared_phrase_is_offered_after_ones_own_in_the_language_spoken(desk, leader):
    handed_out.share_phrase(leader, TEXTS)
    phrases.keep_own(desk, ["Құбыр ескі"])
    own, given = phrases.kept(desk)

    speak("ru")
    offered = phrases.offered(own, "", given)
    assert [(one.text, one.own, bool(one.given)) for one in offered[:2]] == [
        ("Құбыр ескі", True, False),
        ("Труба заменена", False, True),
    ]
    speak("en")  # no words of its own
    assert phrases.offered(own, "", given)[1].text == "Құбыр ауыстырылды"
    [found] = phrases.offered(own, "заменена", given)
    assert found.text == "Труба заменена"


@pytest.mark.parametrize("texts", [{}, {"kk": "  "}])
def test_a_phrase_has_words(leader, texts):
    with pytest.raises(UserError, match="one language"):
        handed_out.share_phrase(leader, texts)


def test_what_another_program_wrote_stands_on_one_line_and_in_its_order(desk):
    """A sign that turns letters round would have a name read as another one."""
    for name, words in (("Су\n\u202eжолы", "су\nқұбыр"), ("\u200b \n", "су")):
        forged(desk, "shared_view", name=name, of="issue", state="sent", words=words)
        forged(desk, "shared_phrase", kk=name)

    [view] = handed_out.read_given_views(desk, "issue")
    [phrase] = handed_out.read_phrases(desk)
    assert (view.name, view.wish) == ("Су жолы", Wish("sent", "су құбыр"))
    assert phrase.texts == {"kk": "Су жолы"}


def test_views_of_one_name_are_all_there(desk, leader, coordinator):
    for sharer, words in ((coordinator, "су"), (coordinator, "жол"), (leader, "газ")):
        handed_out.share_view(sharer, "issue", "Қарыз", Wish("", words))
    given = handed_out.read_given_views(desk, "issue")

    shown = views.with_given([View("Қарыз", Wish("", "шам"))], given)

    assert [one.wish.words for one in shown] == ["шам", "су", "жол", "газ"]
    assert len({one.name for one in shown}) == 4


def test_what_is_shared_names_nobody_and_says_where_it_does(desk, leader):
    with pytest.raises(Wrong) as wrong:
        handed_out.share_phrase(leader, {"kk": "Гүлсім Ахметоваға жауап берілді"})
    assert list(wrong.value.problems) == ["kk"]
    assert str(wrong.value.problems["kk"]).startswith("“Гүлсім Ахметоваға” reads like")
    for name, wish in (("Ахметова", Wish("sent")), ("Су", Wish("", "8 701 123 45 67"))):
        with pytest.raises(Wrong):
            handed_out.share_view(leader, "issue", name, wish)
    with pytest.raises(Wrong):  # nor by a command
        records.save(leader, "shared_view", {"name": "Су", "of": "issue", "words": "Ахметова"})
    assert handed_out.read_given_views(desk, "issue") == handed_out.read_phrases(desk) == []


def test_a_shared_view_holds_filter_and_words_of_its_list_alone(desk, leader):
    handed_out.share_view(leader, "issue", " Қайтқан  су ", DEBTS)

    [view] = handed_out.read_given_views(desk, "issue")
    assert (view.name, view.wish, view.own) == ("Қайтқан су", DEBTS, False)
    assert handed_out.read_given_views(desk, "visit") == []
    with pytest.raises(UserError, match="name"):
        handed_out.share_view(leader, "issue", " ", DEBTS)


@pytest.mark.parametrize(
    "more",
    [{"of": "spaceship"}, {"state": "blessed"}, {"sorted_by": "nowhere"}, {"sorted_by": "-kk"}],
)
def test_a_view_that_is_not_understood_is_not_shown_and_not_lost(desk, leader, more):
    [change] = handed_out.share_view(leader, "issue", "Су", DEBTS)
    with desk.store.begin() as session:  # as a newer program's comes
        row = session.get(SharedView, change.record)
        for name, value in more.items():
            setattr(row, name, value)

    assert handed_out.read_given_views(desk, "issue") == []
    kept = records.show(desk, change.record)
    assert {name: kept[name] for name in more} == more


def test_ones_own_view_gives_way_to_the_same_that_is_shared_until_it_is_taken_back(desk, leader):
    own = [View("Су", Wish("", "су")), View("Қайтқан", DEBTS)]
    [change] = handed_out.share_view(leader, "issue", "Қайтқан", DEBTS)
    handed_out.share_view(leader, "issue", "Су", Wish(UNSENT))
    speak("en")

    given = handed_out.read_given_views(desk, "issue")
    assert [one.name for one in views.with_given(own, given)] == [
        "Су",
        "Қайтқан",
        "Су · Shared by the leader for the district",
    ]
    assert views.with_given(own, given)[1].given.id == change.record

    handed_out.take_back(leader, handed_out.VIEW, change.record)
    again = views.with_given(own, handed_out.read_given_views(desk, "issue"))
    assert [one.given for one in again[:2]] == [None, None]


def test_so_many_are_shared_and_no_more(leader, monkeypatch):
    monkeypatch.setattr(handed_out, "MOST", {handed_out.PHRASE: 1, handed_out.VIEW: 1})
    [change] = handed_out.share_phrase(leader, TEXTS)
    handed_out.share_view(leader, "issue", "Су", DEBTS)
    handed_out.share_view(leader, "visit", "Су", Wish("sent"))

    with pytest.raises(UserError, match="1 shared already"):
        handed_out.share_phrase(leader, TEXTS)
    with pytest.raises(UserError, match="1 shared already"):
        handed_out.share_view(leader, "issue", "Жол", Wish("sent"))
    handed_out.share_phrase(leader, {"kk": "Басқа"}, change.record)


def test_colleagues_have_it_with_the_next_exchange_and_lose_it_with_another(lea, aidana):
    [phrase] = handed_out.share_phrase(lea, TEXTS)
    [view] = handed_out.share_view(lea, "issue", "Қайтқан", DEBTS)
    assert len(handed_out.read_phrases(lea)) == 1  # before any exchange, too
    exchange.exchange(lea)
    exchange.exchange(aidana)

    [given] = handed_out.read_phrases(aidana)
    assert (given.text(), given.own) == ("Құбыр ауыстырылды", False)
    assert [one.wish for one in handed_out.read_given_views(aidana, "issue")] == [DEBTS]

    handed_out.take_back(lea, handed_out.PHRASE, phrase.record)
    handed_out.share_view(lea, "issue", "Қайтқан су", DEBTS, view.record)
    exchange.exchange(lea)
    exchange.exchange(aidana)

    assert handed_out.read_phrases(aidana) == []
    assert [one.name for one in handed_out.read_given_views(aidana, "issue")] == ["Қайтқан су"]
