"""The coordinator's directory of officials, by keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.actions import directory, drafts
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, close, make_desk
from tests.ui.keys import press, settle, show, write
from ui.screens.officials import OfficialsPage
from ui.translation import use_language

CTRL = Qt.KeyboardModifier.ControlModifier
AKIM = {"post": "Созақ ауданының әкімі", "body": "akimat", "territory": SOZAQ, "name": "А. Серік"}


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture
def build(qtbot, desk, jobs):
    def build():
        use_language("en")
        page = OfficialsPage(desk, jobs)
        show(qtbot, page)
        settle(qtbot, jobs)
        return page

    return build


def test_an_empty_directory_says_what_to_write_down(build):
    assert "akims and heads" in build().none.sentence.text()


def test_an_official_is_written_down_by_keys(qtbot, desk, jobs, build, said):
    page = build()
    page.begin()
    settle(qtbot, jobs)

    write("Әкім")
    page.fields["body"].set_value("akimat")
    press(Qt.Key.Key_S, CTRL, page.fields["post"].input)
    page.save()
    settle(qtbot, jobs)

    [one] = directory.list_officials(desk)
    assert (one.post, one.body) == ("Әкім", "akimat")
    assert said == ["Saved here."]
    assert page.list.current_key() == one.id


def test_what_is_missing_is_said_at_its_field(qtbot, desk, jobs, build):
    page = build()
    page.begin()
    settle(qtbot, jobs)

    page.save()
    settle(qtbot, jobs)

    assert page.fields["post"].problem.text()
    assert page.fields["post"].has_cursor()
    assert directory.list_officials(desk) == []


def test_somebody_else_holds_the_post_and_the_one_before_stays(qtbot, desk, jobs, build):
    directory.save(desk, AKIM)
    page = build()

    page.replace_button.click()
    assert page.fields["post"].value() == AKIM["post"]
    assert "stays to be read" in page.note.text()
    assert page.fields["name"].has_cursor()
    write("Б. Ахмет")
    page.save()
    settle(qtbot, jobs)

    holder, former = directory.list_officials(desk)
    assert (holder.name, former.name) == ("Б. Ахмет", "А. Серік")
    assert former.until is not None
    rows = page.list.rows.rows
    assert [row.badge for row in rows] == ["", "Former"]


def test_the_list_is_searched_by_a_part_of_a_word(qtbot, desk, jobs, build):
    directory.save(desk, AKIM)
    directory.save(desk, {"post": "Төраға", "body": "party"})
    page = build()

    page.search.setFocus()
    write("торага")
    page.reload()
    settle(qtbot, jobs)

    assert [row.title for row in page.list.rows.rows] == ["Төраға"]


def test_what_was_typed_stands_after_another_start(qtbot, desk, jobs, build):
    [change] = directory.save(desk, AKIM)
    page = build()
    page.fields["name"].set_value("Ғ. Омар")
    page.keep()
    settle(qtbot, jobs)

    other = build()

    assert other.fields["name"].value() == "Ғ. Омар"
    other.save()
    settle(qtbot, jobs)
    assert directory.list_officials(desk)[0].name == "Ғ. Омар"
    assert drafts.recall(desk, f"official:{change.record}") is None


def test_one_that_comes_later_says_from_when(desk, build):
    directory.save(desk, AKIM | {"since": str(date(2099, 1, 1))})

    [row] = build().list.rows.rows

    assert row.badge.startswith("From ")


def test_the_words_change_and_what_was_typed_stays(qtbot, desk, jobs, build):
    directory.save(desk, AKIM)
    page = build()
    page.fields["name"].set_value("Ғ. Омар")

    use_language("kk")
    settle(qtbot, jobs)

    assert page.fields["name"].value() == "Ғ. Омар"
    assert page.new_button.text() == "Жаңа лауазымды тұлға"
