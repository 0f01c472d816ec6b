"""The coordinator's numbers of people: a table is loaded, mended, kept, and taken away."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.actions import censuses
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, close, make_desk
from tests.ui.keys import press, settle, show
from tests.ui.survey_waves import start_wave
from ui import messages
from ui.screens.censuses import CensusesPage
from ui.screens.waves import WavesPage
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture
def build(qtbot, desk, jobs):
    def build(sort=CensusesPage):
        use_language("en")
        page = sort(desk, jobs)
        show(qtbot, page)
        settle(qtbot, jobs)
        return page

    return build


@pytest.fixture
def told():
    """The messages themselves, with what can be done about them."""
    heard = []
    messages.show_with(heard.append)
    heard.clear()
    yield heard
    messages.stop_showing(heard.append)


@pytest.fixture
def table(tmp_path):
    """Writes a table of two rows; the number of women as it is given."""
    path = tmp_path / "census.csv"

    def table(women="5120"):
        path.write_text(f"аудан;sex;саны\nСозақ;female;{women}\nСозақ;male;4900\n", "utf-8-sig")
        return path

    return table


def kept(qtbot, jobs, page, path):
    page.read(path)
    settle(qtbot, jobs)
    for name, value in (
        ("title", "Халық саны"),
        ("source", "Ұлттық статистика бюросы"),
        ("counted_on", date(2026, 1, 1)),
    ):
        page.reading.fields[name].set_value(value)
    press(Qt.Key.Key_S, CTRL, page.reading.fields["title"].input)
    settle(qtbot, jobs)


def test_a_table_with_a_fault_is_mended_and_kept_by_keys(qtbot, desk, jobs, build, table, said):
    page = build()
    page.read(table("many"))
    settle(qtbot, jobs)

    assert page.reading.verdict.words == "1 error"
    assert page.reading.table.verdicts.index(0, 1).data() == "row 2, саны"
    assert not page.reading.card.isVisible()
    table()
    press(Qt.Key.Key_R, CTRL, page.reading.table)
    settle(qtbot, jobs)
    assert page.reading.verdict.words == "The table can be used"
    assert page.reading.counted.text() == "10\u00a0020 people · 1 district · Sex"
    kept(qtbot, jobs, page, table())

    [one] = censuses.list_censuses(desk)
    assert (one.title, one.people) == ("Халық саны", 10_020)
    assert said == ["Saved here."]
    assert page.load_button.hasFocus()


def test_what_is_counted_by_is_said_as_the_form_asks_it_in_the_language_spoken(
    qtbot, desk, jobs, build, table
):
    page = build()
    kept(qtbot, jobs, page, table())
    page.read(table())
    settle(qtbot, jobs)
    use_language("ru")
    settle(qtbot, jobs)

    assert page.reading.counted.text().endswith("· Пол")
    assert any(one.text().endswith("· Пол") for one in page.findChildren(PlainLabel))
    assert not any("sex" in one.text() for one in page.findChildren(PlainLabel))


def test_title_source_and_day_are_asked_for_at_their_fields(qtbot, desk, jobs, build, table):
    page = build()
    page.read(table())
    settle(qtbot, jobs)

    page.keep()
    settle(qtbot, jobs)

    assert all(field.problem.text() for field in page.reading.fields.values())
    assert censuses.list_censuses(desk) == []
    press(Qt.Key.Key_Escape, widget=page.reading.table)
    assert page.pages.currentWidget() is not page.reading


def test_numbers_that_no_wave_has_can_be_taken_away_and_brought_back(
    qtbot, desk, jobs, build, table, told
):
    page = build()
    kept(qtbot, jobs, page, table())
    [one] = censuses.list_censuses(desk)

    page.away_buttons[one.id].click()
    settle(qtbot, jobs)
    assert censuses.list_censuses(desk) == []
    told[-1].action.run()
    settle(qtbot, jobs)

    assert [again.id for again in censuses.list_censuses(desk)] == [one.id]


def test_a_new_wave_proposes_the_newest_numbers_and_one_that_is_over_can_be_given_them(
    qtbot, desk, jobs, build, table
):
    numbers = build()
    kept(qtbot, jobs, numbers, table())
    [one] = censuses.list_censuses(desk)
    over, _ = start_wave(desk, ended=True)
    page = build(WavesPage)

    assert page._page.id == over
    assert page.form.fields["census"].open()
    page.form.fields["census"].set_value(str(one.id))
    page.save()
    settle(qtbot, jobs)
    assert censuses.list_censuses(desk)[0].waves
    page.begin()
    settle(qtbot, jobs)
    assert page.form.values()["census"] == str(one.id)


def test_the_empty_table_is_saved(qtbot, jobs, build, monkeypatch, tmp_path, said):
    page = build()
    monkeypatch.setattr(
        "ui.screens.censuses.QFileDialog.getSaveFileName",
        lambda *_: (str(tmp_path / "empty"), ""),
    )

    page.table_button.click()
    settle(qtbot, jobs)

    assert SOZAQ not in (tmp_path / "empty.csv").read_text("utf-8-sig")
    assert "Sozak" in (tmp_path / "empty.csv").read_text("utf-8-sig")
    assert said == ["Saved as empty.csv. Fill in the last column, then load it."]
