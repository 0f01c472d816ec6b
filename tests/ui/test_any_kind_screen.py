"""Kinds that have no screen of their own: what their declaration says is what one sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.actions import records
from sync.records import KINDS
from sync.records.base import Part
from tests.examples import EXAMPLES, INSPECTION, keep
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import seen_by
from tests.ui.keys import press, settle, show, write
from ui.screens import SCREENS
from ui.screens.any_kind import AnyKindScreen
from ui.translation import use_language

SCREENED = [one for one in SCREENS if one.make is None or one.key == "reception"]
QUOTA = ({"region": "pavlodar", "year": 2026, "people": 40}, [])
KINDS_SHOWN = [kind for one in SCREENED for kind in one.kinds]


@pytest.fixture
def screen_of(qtbot, desk, jobs):
    held = []  # as the window holds them

    def build(kind):
        [entry] = [one for one in SCREENED if kind in one.kinds]
        who = seen_by(desk, "coordinator") if KINDS[kind].regional else desk
        screen = entry.build(who, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        if len(entry.kinds) > 1:
            screen.show_kind(kind)
        held.append(screen)
        return screen

    return build


@pytest.fixture
def opened(qtbot, jobs, screen_of):
    def build(kind, id):
        screen = screen_of(kind)
        screen.open_record(id)
        settle(qtbot, jobs)
        return getattr(screen, "shown", screen)

    return build


def words(widget):
    return [one.text() for one in widget.findChildren(QPushButton) if not one.isHidden()]


@pytest.mark.parametrize("kind", KINDS_SHOWN)
def test_a_kind_is_begun_written_and_saved_by_its_screen(qtbot, desk, jobs, screen_of, kind):
    values = {"inspection": [INSPECTION], "relocation_quota": [QUOTA], **EXAMPLES}.get(
        kind, [({"topic": "survey"}, [])]
    )[0][0]
    screen = screen_of(kind)
    screen.begin()
    settle(qtbot, jobs)
    shown = getattr(screen, "shown", screen)
    shown.editor.form.set_values(values)

    shown.editor.save()
    settle(qtbot, jobs)

    [row] = records.list_records(desk, kind)
    assert {name: str(row[name]) for name in values} == {n: str(v) for n, v in values.items()}


@pytest.mark.parametrize("kind", KINDS_SHOWN)
def test_its_parts_stand_under_it_under_a_heading_of_theirs(screen_of, kind):
    screen = screen_of(kind)
    shown = getattr(screen, "shown", screen)

    wanted = {
        name
        for name, record in KINDS.items()
        if issubclass(record, Part) and kind in record.parents
    }
    assert isinstance(shown, AnyKindScreen)
    assert set(shown.parts) == wanted
    assert all(KINDS[name].heading and KINDS[name].another for name in wanted)


def test_what_was_written_once_is_read_and_another_stage_is_added(qtbot, desk, jobs, opened):
    [(values, parts)] = EXAMPLES["relocation_case"]
    case = keep(desk, "relocation_case", values, parts)

    screen = opened("relocation_case", case)
    stages = screen.parts["relocation_stage"]

    assert len(stages.cards) == len(parts)
    assert not any(card.form.fields["state"].open() for card in stages.cards)
    assert all(card.body.remove_button.isHidden() for card in stages.cards)
    stages.add()
    stages.cards[-1].form.set_values({"state": "returned", "reached_on": "2026-11-20"})
    screen.editor.save()
    settle(qtbot, jobs)
    assert len(records.parts(desk, "relocation_stage", case)) == len(parts) + 1


def test_a_project_shows_money_beside_work_and_asks_where_the_money_is_far_ahead(
    qtbot, desk, jobs, opened
):
    project = keep(desk, "project", *EXAMPLES["project"][0])
    screen = opened("project", project)
    bars = screen.glance

    assert "65\u00a0%" in bars.money.text()
    assert "60\u00a0%" in bars.work.text()
    assert bars.warning.isHidden()

    records.save(desk, "payment", {"paid_on": "2026-10-01", "sum": 40_000_000}, parent=project)
    screen.open_record(project)
    settle(qtbot, jobs)
    assert not bars.warning.isHidden()
    use_language("ru")
    assert "намного больше" in bars.warning.text()
    use_language("kk")


def test_sums_are_read_in_groups_and_typed_as_digits(qtbot, desk, jobs, opened):
    project = keep(desk, "project", *EXAMPLES["project"][1])
    screen = opened("project", project)
    sum = screen.editor.form.fields["contract_sum"].input
    sum.setFocus()

    write("98 500000", sum)
    press(Qt.Key.Key_Tab)

    assert sum.text() == "98\u00a0500\u00a0000"
    assert screen.editor.form.values()["contract_sum"] == 98_500_000


def test_a_mistyped_number_of_an_entity_is_doubted_and_kept(qtbot, desk, jobs, opened):
    project = keep(desk, "project", *EXAMPLES["project"][1])
    screen = opened("project", project)
    field = screen.editor.form.fields["contractor_bin"]

    field.input.setFocus()
    write("180340021792", field.input)

    assert not field.reminder.isHidden()
    assert screen.editor.save()
    settle(qtbot, jobs)
    assert records.show(desk, project)["contractor_bin"] == "180340021792"


def test_from_a_project_one_goes_to_its_inspection_and_begins_another(qtbot, desk, jobs, opened):
    project = keep(desk, "project", *EXAMPLES["project"][0])
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(project)}, [])
    screen = opened("project", project)
    [line] = screen.linked.lines.values()

    with qtbot.waitSignal(screen.record_wanted) as wanted:
        line.click()
    assert wanted.args == ["inspection", seen]
    assert "18.09.2026" in line.text()

    with qtbot.waitSignal(screen.other_wanted) as begun:
        screen.linked.begin_buttons["inspection"].click()
    assert begun.args[0] == "inspection"
    assert begun.args[1]["project"] == str(project)


def test_from_an_inspection_one_goes_back_to_its_project(qtbot, desk, jobs, opened):
    project = keep(desk, "project", *EXAMPLES["project"][0])
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(project)}, [])
    screen = opened("inspection", seen)
    [line] = screen.linked.lines.values()

    with qtbot.waitSignal(screen.record_wanted) as wanted:
        line.click()
    assert wanted.args == ["project", project]
    assert records.show(desk, project)["title"] in line.words


def test_tabs_and_what_belongs_to_a_record_speak_the_language_that_is_chosen(desk, opened):
    project = keep(desk, "project", *EXAMPLES["project"][0])
    screen = opened("project", project)

    assert "Жаңа тексеру" in words(screen.linked)
    use_language("en")
    assert "New inspection" in words(screen.linked)
    use_language("kk")


def test_no_photo_of_a_member_of_the_group_is_asked_for(desk, opened):
    member = keep(desk, "member", *EXAMPLES["member"][0])

    screen = opened("member", member)

    assert screen.photos.isHidden()
    chips = screen.editor.form.fields["okrugs"].input.chips
    assert [chip.text() for chip in chips.values()] == [
        "Шолаққорған ауылдық округі",
        "Созақ ауылдық округі",
    ]


def test_under_a_member_one_reads_whether_the_group_is_whole(qtbot, desk, jobs, opened):
    keep(desk, "member", *EXAMPLES["member"][1])
    member = keep(desk, "member", *EXAMPLES["member"][0])

    screen = opened("member", member)
    settle(qtbot, jobs)

    assert "2" in screen.glance.people.text()
    assert screen.glance.warning.isHidden()
    assert "Қаратау ауылдық округі" in screen.glance.okrugs.text()
    assert "Созақ ауылдық округі" not in screen.glance.okrugs.text()
    records.save(desk, "member", {"role": "member"}, member)
    screen.open_record(member)
    settle(qtbot, jobs)
    assert screen.glance.warning.text() == "Жетекшісі жоқ."


def test_who_may_not_write_a_quota_reads_it_and_is_offered_no_other(qtbot, desk, jobs):
    [kept] = records.save(seen_by(desk, "coordinator"), "relocation_quota", QUOTA[0])
    [entry] = [one for one in SCREENED if "relocation_quota" in one.kinds]
    screen = entry.build(desk, jobs)
    show(qtbot, screen)
    screen.show_kind("relocation_quota")
    screen.open_record(kept.record)
    settle(qtbot, jobs)

    assert not screen.shown.list.new_button.isVisible()
    screen.begin()
    settle(qtbot, jobs)
    assert screen.shown.editor.page.id == kept.record
