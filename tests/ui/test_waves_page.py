"""The coordinator's waves: planned, kept while they are planned, opened, changed while they run."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from desktop.actions import drafts, forms, records, wave_plan
from desktop.surveys.bundled import rating_xform
from sync.quotas import ANY
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, close, make_desk, record
from tests.ui.keys import press, settle, show, write
from tests.ui.survey_waves import start_wave
from ui.screens.waves import WavesPage
from ui.translation import use_language

TODAY = date.today()  # noqa: DTZ011  # the day of the place
SEX = "/data/person/sex"


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    desk = make_desk(tmp_path, "coordinator")
    yield desk
    close(desk)


@pytest.fixture
def build(qtbot, desk, jobs):
    def build():
        use_language("en")
        page = WavesPage(desk, jobs)
        show(qtbot, page)
        settle(qtbot, jobs)
        return page

    return build


@pytest.fixture
def official(desk):
    return record(desk, "official", {"post": "Әкім", "body": "akimat", "territory": SOZAQ})


@pytest.fixture
def form(desk):
    return forms.publish(desk, rating_xform(), name="Рейтинг", version="1")[0].record


def plan(qtbot, jobs, page, form, official):
    """Fill in what a wave must have."""
    page.begin()
    settle(qtbot, jobs)
    for name, value in (
        ("title", "Күзгі рейтинг"),
        ("form", str(form)),
        ("starts_on", TODAY),
        ("ends_on", TODAY + timedelta(days=9)),
        ("districts", [SOZAQ]),
        ("rated", [str(official)]),
        ("target", 30),
    ):
        page.form.fields[name].set_value(value)
    settle(qtbot, jobs)


def said_of(page):
    QCoreApplication.processEvents()
    return [row.accessibleName() for row in page.remarks.rows]


def test_without_a_wave_it_says_what_to_do(build):
    page = build()

    assert page.none.isVisible()
    page.none.button.click()


def test_a_wave_is_planned_with_cells_and_opened(qtbot, desk, jobs, build, form, official, said):
    page = build()
    plan(qtbot, jobs, page, form, official)
    cells = page.form.cells
    assert SEX in dict(cells.by.adder.choices())
    assert "/data/awareness" not in dict(cells.by.adder.choices())  # an opinion

    cells.by.set_value([SEX])
    for row in range(cells.model.rowCount()):
        cells.model.setData(cells.model.index(row, 1), "15")
    assert "Together in one place: 30" in cells.total.text()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, page.form.fields["title"].input)
    page.save()
    settle(qtbot, jobs)

    [wave] = records.list_records(desk, "wave")
    assert wave["groups"] == [f"{SEX}=female", f"{SEX}=male"]
    assert wave["quotas"] == ["*|female=15", "*|male=15"]
    assert any("The wave is open" in each for each in said)
    assert page.list.current_key() == wave["id"]


def test_what_stops_a_wave_is_said_at_its_field_and_nothing_is_saved(
    qtbot, desk, jobs, build, said
):
    page = build()
    page.begin()
    settle(qtbot, jobs)

    page.save()
    settle(qtbot, jobs)

    assert page.form.fields["title"].problem.text() == "“Title” is not filled in."
    assert page.form.fields["title"].has_cursor()
    assert "cannot be opened yet" in said[-1]
    assert page.sum_button.text().startswith("4 errors")
    assert records.list_records(desk, "wave") == []


def test_a_plan_that_nobody_began_has_its_only_form_and_no_errors_yet(qtbot, jobs, build, form):
    page = build()

    page.begin()
    settle(qtbot, jobs)

    assert page.form.fields["form"].value() == str(form)
    assert page.sum_button.isHidden()
    assert page.remarks.isHidden()

    page.form.fields["title"].input.setText("Тоқсан")
    page.form.fields["title"].edited.emit()
    page.keep()
    settle(qtbot, jobs)

    assert not page.sum_button.isHidden()
    assert page.sum_button.text().startswith("3 errors")


def test_a_remark_leads_to_its_field(qtbot, jobs, build, form, official):
    page = build()
    plan(qtbot, jobs, page, form, official)
    page.keep()
    settle(qtbot, jobs)

    lacking = next(row for row in page.remarks.rows if "Method" in row.accessibleName())
    assert lacking.accessibleName() == "Remark: “Method” is not filled in."
    lacking.click()

    assert page.form.fields["method"].has_cursor()


def test_a_plan_stands_after_another_start_and_can_be_thrown_away(
    qtbot, desk, jobs, build, form, official
):
    page = build()
    plan(qtbot, jobs, page, form, official)
    page.form.cells.by.set_value([SEX])
    page.keep()
    settle(qtbot, jobs)

    other = build()
    other.begin()
    settle(qtbot, jobs)
    assert other.form.fields["title"].value() == "Күзгі рейтинг"
    assert other.form.values()["groups"] == [f"{SEX}=female", f"{SEX}=male"]

    other.throw_away()
    settle(qtbot, jobs)
    assert other.form.fields["title"].value() is None
    assert drafts.recall(desk, wave_plan.DRAFT) is None


def test_the_words_change_and_what_was_typed_stays(qtbot, jobs, build, form, official):
    page = build()
    plan(qtbot, jobs, page, form, official)

    use_language("ru")
    settle(qtbot, jobs)

    assert page.form.fields["title"].value() == "Күзгі рейтинг"
    assert page.new_button.text() == "Новая волна"
    assert page.form.cells.place.words_of(ANY) == "Все места"


def test_of_a_running_wave_the_form_stays_and_places_only_grow(qtbot, desk, jobs, build):
    wave, _ = start_wave(desk)
    page = build()

    assert "This wave runs" in page.state.text()
    assert not page.form.fields["form"].open()
    assert not page.form.fields["districts"].input.chips[SOZAQ].isEnabled()
    assert page.save_button.text() == "Save"
    page.form.fields["target"].set_value(99)
    page.save()
    settle(qtbot, jobs)

    assert records.show(desk, wave)["target"] == 99


def test_of_a_wave_that_is_over_nothing_is_checked(desk, build):
    start_wave(desk, ended=True)
    page = build()

    assert "is over" in page.state.text()
    assert not page.remarks.isVisible()
    assert not page.form.fields["target"].open()


def test_numbers_of_one_place_stand_above_those_of_all(qtbot, jobs, build, form, official):
    page = build()
    plan(qtbot, jobs, page, form, official)
    cells = page.form.cells
    cells.by.set_value([SEX])
    cells.model.setData(cells.model.index(0, 1), "10")

    cells.place.set_value(SOZAQ)
    assert cells.model.index(0, 1).data() == "10"
    assert not cells.model.setData(cells.model.index(0, 1), "ten")
    cells.model.setData(cells.model.index(0, 1), "12")

    assert page.form.values()["quotas"] == ["*|female=10", f"{SOZAQ}|female=12"]
    cells.model.setData(cells.model.index(0, 1), "")
    assert cells.model.index(0, 1).data() == "10"


def test_ages_make_groups_as_they_are_typed(qtbot, jobs, desk, build, official):
    xform = rating_xform().replace("/household", "/age").replace("household/>", "age/>")
    form = forms.publish(desk, xform, name="Жасы", version="1")[0].record
    page = build()
    plan(qtbot, jobs, page, form, official)
    cells = page.form.cells

    cells.by.set_value(["/data/person/age"])
    assert cells.values()["groups"][0] == "/data/person/age=18-29"
    line = cells.ages["/data/person/age"]
    line.set_value("18–39; 40+")
    line.editingFinished.emit()

    assert cells.values()["groups"] == ["/data/person/age=18-39", "/data/person/age=40+"]


def test_enter_after_a_number_goes_to_that_of_the_next_cell(qtbot, jobs, build, form, official):
    page = build()
    plan(qtbot, jobs, page, form, official)
    cells = page.form.cells
    cells.by.set_value([SEX])
    table = cells.table
    table.setFocus()
    table.setCurrentIndex(cells.model.index(0, 1))  # which begins to edit it

    for row, number in enumerate(("12", "8")):
        qtbot.waitUntil(
            lambda row=row: (
                table.currentIndex().row() == row
                and table.isAncestorOf(table.window().focusWidget())
            )
        )
        write(number)
        press(Qt.Key.Key_Return)
    QCoreApplication.processEvents()

    assert cells.values()["quotas"] == ["*|female=12", "*|male=8"]


def test_the_table_of_cells_keeps_qts_rules(qtmodeltester, qtbot, jobs, build, form, official):
    page = build()
    plan(qtbot, jobs, page, form, official)
    page.form.cells.by.set_value([SEX])

    qtmodeltester.check(page.form.cells.model)
