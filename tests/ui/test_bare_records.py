"""Records whose words are on the server, as the screens show and fetch them."""

import pytest
from sqlalchemy import update

from desktop.actions import holdings, records, whole
from sync.change import Change
from sync.client import bare, opened
from sync.client.engine import Exchange
from sync.errors import Offline, UserError
from sync.records import KINDS
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle, show
from ui.screens.issues import IssuesScreen
from ui.widgets.keeping_card import KeepingCard
from ui.widgets.record_rows import badges, spoken_line

TOLD = story()
MARK = "Мәтіні серверде"


@pytest.fixture
def issue(desk):
    id = record(desk, "issue", TOLD["issues"][0])
    with desk.store.begin() as session:
        bare._empty(session, [id])
        session.execute(update(KINDS["issue"]).values(review="approved", revision=7))
    return id


@pytest.fixture
def screen(qtbot, desk, jobs, issue):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def no_line(monkeypatch):
    """Every exchange is cut."""

    def cut(*_):
        raise Offline("cut")

    monkeypatch.setattr(whole.engine, "sync_once", cut)


def test_the_list_marks_it_and_still_says_where_and_what(desk, screen, issue):
    line = screen.list.model._line(screen.list.model.row_of(issue))

    assert MARK in [words for words, _, _ in badges(line)]
    assert MARK in spoken_line(line)
    assert line.title == "Мәселе · Ауыз су"
    assert MARK not in line.below
    assert len(line.below.split(" · ")) > 1


def test_opened_it_is_fetched_and_shown_whole(qtbot, desk, jobs, screen, issue, monkeypatch):
    def exchange(store, _server, tell):
        with store.begin() as session:
            assert opened.left(session) == [issue]
            said = {"essence": TOLD["issues"][0]["essence"], "bare": False}
            session.execute(update(KINDS["issue"]).values(**said))
        news = Change(kind="issue", record=issue, district=desk.person.district, fields={})
        tell(Exchange(changes=[news]))

    monkeypatch.setattr(whole.engine, "sync_once", exchange)

    screen.open_record(issue)
    settle(qtbot, jobs)

    assert screen.editor.form.values()["essence"] == TOLD["issues"][0]["essence"]
    assert MARK not in screen.editor.header.below.text()


@pytest.mark.usefixtures("no_line")
def test_without_a_line_what_is_here_is_shown_and_nothing_is_lost(
    qtbot, jobs, screen, issue, said
):
    screen.open_record(issue)
    settle(qtbot, jobs)

    assert screen.editor.page.bare
    assert MARK in screen.editor.header.below.text()
    assert "Толық келгенде" in screen.editor.bar.words.text()
    assert screen.editor.form.values()["category"] == TOLD["issues"][0]["category"]
    assert any("Ештеңе жоғалған жоқ" in str(one) for one in said)


def test_search_says_how_many_were_not_searched(qtbot, jobs, screen):
    assert screen.list.unsearched.isHidden()

    screen.list.search.setText("су жоқ")
    screen.list.filtered.emit()
    settle(qtbot, jobs)

    assert not screen.list.unsearched.isHidden()
    assert "1 жазбаның мәтіні серверде" in screen.list.unsearched.text()


def test_the_sync_page_tells_it(qtbot):
    card = KeepingCard()
    qtbot.addWidget(card)

    assert "серверден толық қайта келеді" in card.words.text()


def test_an_edit_of_it_is_refused_in_words(desk, issue):
    with pytest.raises(UserError, match="Ештеңе өзгерген жоқ"):
        records.save(desk, "issue", {"satisfied": True}, issue)


def test_who_asks_about_a_person_may_fetch_it_first(qtbot, desk, issue):
    from ui.dialogs.held import HeldDialog

    dialog = HeldDialog()
    qtbot.addWidget(dialog)
    found = holdings.held_about(desk, "Қожабек Сейіт")

    dialog.show_found(found, "", frozenset(), {}, ())

    assert found.bare == 1
    assert not dialog.fetch_button.isHidden()


@pytest.mark.usefixtures("no_line")
def test_nothing_can_be_typed_where_the_words_are_not_here(qtbot, jobs, screen, issue):
    """Else what is typed into a seemingly empty field would replace the words when they come."""

    screen.open_record(issue)
    settle(qtbot, jobs)

    assert screen.editor.page.bare
    form = screen.editor.form
    assert not [name for name, field in form.fields.items() if field.open()]
    assert screen.photos.add_button.isHidden()
    assert screen.editor.bar.letters.isHidden()
