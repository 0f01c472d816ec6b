"""What a record comes to, above its form: true while one types, and when others change it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.actions import attachments, records
from desktop.actions.project_look import look_at
from sync.change import now
from sync.language import speak
from sync.local_day import local_day
from tests.examples import EXAMPLES, INSPECTION, PROJECT, keep
from tests.photos import picture
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, VILLAGE, seen_by
from tests.ui.keys import press, settle, show, write
from ui import theme
from ui.screens.any_kind import AnyKindScreen
from ui.screens.issues import IssuesScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

TODAY = date.today()  # noqa: DTZ011  # the screen's own day


@pytest.fixture(autouse=True)
def english(kazakh):
    speak("en")


@pytest.fixture
def opened(qtbot, desk, jobs):
    held = []  # as the window holds them

    def build(kind, id, who=None):
        screen = AnyKindScreen(who or desk, jobs, kind)
        held.append(screen)
        show(qtbot, screen)
        settle(qtbot, jobs)
        screen.open_record(id)
        settle(qtbot, jobs)
        return screen, screen.glance

    return build


@pytest.fixture
def project(desk):
    return keep(desk, "project", *PROJECT)


@pytest.fixture
def case(desk):
    return keep(desk, "relocation_case", *EXAMPLES["relocation_case"][0])


def above_the_form(screen, glance):
    return (
        glance.mapTo(screen, glance.rect().bottomLeft()).y()
        <= screen.editor.form.mapTo(screen, screen.editor.form.rect().topLeft()).y()
    )


def test_a_glance_stands_above_the_form_and_is_seen_without_scrolling(opened, project):
    screen, glance = opened("project", project)

    assert above_the_form(screen, glance)
    assert screen.editor.area.verticalScrollBar().value() == 0
    assert not glance.visibleRegion().isEmpty()


def test_a_record_that_is_not_saved_yet_has_no_glance(qtbot, jobs, opened, project):
    screen, glance = opened("project", project)

    screen.begin()
    settle(qtbot, jobs)

    assert glance.isHidden()


def test_money_and_work_follow_what_is_typed_before_it_is_saved(opened, project):
    screen, glance = opened("project", project)
    assert (glance.money.text(), glance.work.text()) == (
        "Paid: 65\N{NO-BREAK SPACE}% of the contract",
        "Work done: 60\u00a0%",
    )
    assert glance.warning.isHidden()

    done = screen.editor.form.fields["physical"].input
    done.setFocus()
    done.selectAll()
    write("40", done)
    assert glance.work.text() == "Work done: 40\u00a0%"
    assert glance.done.value() == 40
    assert "ask why" in glance.warning.text()
    assert not glance.warning.isHidden()

    screen.parts["payment"].begin({"sum": 60_000_000}, "sum")
    assert "More was paid" in glance.warning.text()


def test_a_typed_sum_that_is_none_is_as_good_as_empty(opened, project):
    screen, glance = opened("project", project)

    screen.editor.form.set_values({"ends_on": "бітпейді", "contract_sum": None})
    screen.editor.form.edited.emit()

    assert glance.day_words.isHidden()
    assert "not written down" in glance.money.text()


def test_the_day_of_a_project_says_how_near_it_is(qtbot, desk, jobs, opened, project):
    records.save(desk, "project", {"ends_on": TODAY.isoformat()}, project)
    _, glance = opened("project", project)
    assert glance.day_badge.words == "due today"

    over = {"state": "accepted", "warranty_until": (TODAY - timedelta(1)).isoformat()}
    jobs.write(lambda: records.save(desk, "project", over, project))
    settle(qtbot, jobs)
    assert (glance.day_badge.words, glance.day_badge.tone) == ("the day has passed", "neutral")


def test_a_defect_that_somebody_else_finds_is_told_and_leads_to_its_inspection(
    qtbot, desk, jobs, opened, project
):
    screen, glance = opened("project", project)
    assert glance.inspected.text() == "Nobody has inspected it yet."
    assert glance.defects.isHidden()
    wanted = []
    screen.record_wanted.connect(lambda *told: wanted.append(told))

    values, parts = INSPECTION
    seen = keep(desk, "inspection", values | {"project": str(project)}, parts[:1])
    defect = records.parts(desk, "defect", seen)[0]["id"]
    jobs.write(lambda: records.save(desk, "defect", {"due_on": "2026-10-03"}, defect))
    settle(qtbot, jobs)

    assert glance.defects.text() == "1 open defect, 1 of them dangerous"
    glance.defects.setFocus()
    press(Qt.Key.Key_Return)
    assert wanted == [("inspection", seen)]


def test_photos_stand_side_by_side_with_their_days_and_a_key_enlarges_the_one(
    qtbot, desk, jobs, opened, project
):
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(project)}, [])
    attachments.attach(desk, seen, picture(1), "Шұңқыр")
    attachments.attach(desk, project, picture(2), "Асфальт")
    screen, glance = opened("project", project)
    settle(qtbot, jobs)

    assert [one.text() for one in glance.photos.captions] == [
        "Before: 18.09.2026",
        f"Now: {local_day(now()):%d.%m.%Y}",
    ]
    assert all(button.isEnabled() for button in glance.photos.buttons)
    glance.photos.buttons[1].setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, jobs)

    assert screen.view.isVisible()
    assert screen.view._captions[screen.view._at] == f"Now: {local_day(now()):%d.%m.%Y} · Асфальт"
    press(Qt.Key.Key_Escape, widget=screen.view)
    assert glance.photos.buttons[1].hasFocus()


def test_photos_go_below_the_words_rather_than_out_of_a_narrow_page(
    qtbot, desk, jobs, opened, project
):
    seen = keep(desk, "inspection", INSPECTION[0] | {"project": str(project)}, [])
    for number in (1, 2):
        attachments.attach(desk, (seen, project)[number - 1], picture(number), "Асфальт")
    screen, glance = opened("project", project)
    screen.resize(1366, 700)
    settle(qtbot, jobs)
    area = screen.editor.area
    assert glance.photos.y() < glance.inspected.y()  # beside them, where there is room

    glance.defects.setText("1 неустранённый недостаток, 1 из них опасный")
    glance.defects.show()
    screen.resize(1000, 700)
    settle(qtbot, jobs)

    qtbot.waitUntil(lambda: glance.photos.y() > glance.inspected.y())
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())


def test_a_photo_of_another_project_does_not_come_late(qtbot, desk, jobs, opened, project):
    other = keep(desk, "project", *EXAMPLES["project"][1])
    attachments.attach(desk, project, picture(1), "Асфальт")
    screen, glance = opened("project", project)

    screen.open_record(other)
    screen.open_record(project)
    screen.open_record(other)
    settle(qtbot, jobs)
    glance._found(project, look_at(desk, project))  # what was read for the one before

    assert glance.photos.photos == ()


def test_the_stages_of_a_household_say_how_each_stands_and_never_by_colour_alone(opened, case):
    _, glance = opened("relocation_case", case)

    said = {badge.accessibleName(): badge.icon for badge in glance.steps}
    assert said["Moved · 15.06.2026: Done"] == "check"
    assert said["Applied · 02.03.2026: Done"] == "check"
    assert said["Explained: Not written down"] == "dash"
    assert [badge.words for badge in glance.checks[:2]] == ["Not written down", "Now"]
    assert glance.next_button.text() == "Check after 12 months: due on 15.06.2027"


def test_a_check_far_ahead_counts_no_days_and_no_badge_is_cut(opened, case):
    for size in (1.0, 1.5):
        theme.enlarge(size)
        _, glance = opened("relocation_case", case)

        assert glance.checks[-1].words == "Ahead"  # in 2031
        assert all(one.width() >= one.sizeHint().width() for one in glance.checks)
    theme.enlarge(1.0)


def test_the_next_check_is_begun_by_one_key_and_saved_with_the_case(
    qtbot, desk, jobs, opened, case
):
    screen, glance = opened("relocation_case", case)

    glance.next_button.setFocus()
    press(Qt.Key.Key_Return)
    settle(qtbot, jobs)
    card = screen.parts["relocation_stage"].cards[-1]
    qtbot.waitUntil(lambda: card.form.focused() == "text")
    write("Үйлері жылы")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, screen)
    screen.editor.save()
    settle(qtbot, jobs)

    [kept] = [
        row for row in records.parts(desk, "relocation_stage", case) if row["state"] == "after_12"
    ]
    assert (kept["reached_on"], kept["text"]) == (TODAY, "Үйлері жылы")
    assert records.show(desk, case)["state"] == "after_12"
    assert "60 months" in glance.next_button.text()


def test_a_return_that_is_typed_is_told_and_nothing_is_next(opened, case):
    screen, glance = opened("relocation_case", case)

    screen.editor.form.set_values({"state": "returned", "returned_on": "2026-11-20"})
    screen.editor.form.edited.emit()

    assert [one.state for one in glance.course.ends] == ["returned"]
    assert glance.next_button.isHidden()
    assert glance.next_badge.isHidden()


def test_who_may_not_write_sees_the_stages_and_no_button(opened, desk, case):
    records.save(desk, "relocation_case", {"review": "sent"}, case)
    _, glance = opened("relocation_case", case, seen_by(desk, "analyst"))

    assert len(glance.steps) == 7
    assert glance.next_button.isHidden()


def test_claims_are_told_the_false_first_with_what_became_of_the_refutation(
    qtbot, desk, jobs, opened
):
    values, _ = EXAMPLES["publication"][0]
    id = keep(
        desk,
        "publication",
        values,
        [
            ("claim", {"text": "рас", "verdict": "true"}),
            ("claim", {"text": "ішінара", "verdict": "partly", "asked_on": "2026-11-14"}),
            ("claim", {"text": "жалған", "verdict": "false"}),
            (
                "claim",
                {
                    "text": "жойылған",
                    "verdict": "false",
                    "asked_on": "2026-11-14",
                    "refuted_on": "2026-11-20",
                },
            ),
        ],
    )
    screen, glance = opened("publication", id)

    assert glance.counted.text() == "True: 1 · Partly true: 1 · False: 2"
    assert glance.lines == [
        "No refutation was asked for.",
        "Refutation published on 20.11.2026 · asked for on 14.11.2026",
        "Refutation asked for on 14.11.2026 · not published yet",
        "",
    ]

    [card] = [one for one in screen.parts["claim"].cards if one.row["text"] == "жалған"]
    card.form.set_values({"asked_on": "2026-11-21"})
    card.edited.emit()
    assert glance.lines[0] == "Refutation asked for on 21.11.2026 · not published yet"

    use_language("kk")
    assert "Жалған: 2" in glance.counted.text()


def test_an_issue_tells_what_was_done_and_a_term_that_is_being_typed(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    id = keep(
        desk,
        "issue",
        {"essence": "Су жоқ", "received_on": "2026-11-02"},
        [("step", {"type": "call", "done_on": "2026-11-03", "text": "Қоңырау"})],
    )
    screen.open_record(id)
    settle(qtbot, jobs)
    glance = screen.terms

    assert above_the_form(screen, glance)
    assert [one.words for one in glance.way] == ["Received · 02.11.2026", "Call · 03.11.2026"]
    assert glance.badges == []

    screen.editor.form.set_values({"due_on": TODAY.isoformat()})
    screen.editor.form.edited.emit()
    settle(qtbot, jobs)
    assert [one.words for one in glance.badges] == ["due today"]

    glance.step_button.setFocus()
    press(Qt.Key.Key_Return)
    assert screen.steps.form.focused() == "type"


def test_what_is_shown_of_one_issue_is_not_told_of_the_next(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    late, free = (keep(desk, "issue", {"essence": one}, []) for one in ("кеш", "еркін"))
    screen.open_record(late)
    settle(qtbot, jobs)
    screen.editor.form.set_values({"due_on": TODAY.isoformat()})
    screen.editor.form.edited.emit()

    settle(qtbot, jobs)
    stale, typed = screen.terms._found, screen.terms._typed
    screen.open_record(free)
    settle(qtbot, jobs)
    screen.terms._reckoned(late, typed, {late: stale})  # what was reckoned for the one before

    assert screen.terms.badges == []


def test_a_step_that_an_older_program_kept_comes_back(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    id = keep(desk, "issue", {"essence": "Су жоқ"}, [])
    screen.open_record(id)
    settle(qtbot, jobs)
    step = {"id": "019283a0-0000-7000-8000-000000000001", "values": {"type": "call"}}
    draft = {"values": {}, "base": 0, "was": {}, "panels": [[], [step]]}

    screen.editor.sheet._restore(draft)

    assert screen.steps.form.values()["type"] == "call"


def test_a_null_picture_is_no_picture(qtbot):
    from ui.widgets.photo_pair import PhotoPair

    pair = PhotoPair()
    qtbot.addWidget(pair)
    pair.show_image("00", QImage())

    assert pair.isHidden()


def test_the_plan_of_a_week_says_where_nobody_was_for_long_and_a_visit_changes_it(
    qtbot, desk, jobs, opened
):
    plan = keep(desk, "week_plan", *EXAMPLES["week_plan"][0])
    long_ago = {"visited_on": "2026-01-20", "village": VILLAGE, "topic": "survey"}
    villages = [code for code, _ in desk.pack.places(SOZAQ) if code != VILLAGE]
    for code in villages[:-1]:
        keep(desk, "visit", long_ago | {"visited_on": TODAY.isoformat(), "village": code}, [])
    keep(desk, "visit", long_ago, [])
    _, glance = opened("week_plan", plan)

    assert glance.waits.text() == "In 2 villages nobody was for 30 days or more."
    assert glance.lines[0].endswith("nobody was there yet")
    assert glance.lines[1].startswith("Созақ village")
    assert "20.01.2026" in glance.lines[1]

    visit = long_ago | {"visited_on": TODAY.isoformat(), "village": villages[-1]}
    jobs.write(lambda: records.save(desk, "visit", visit))
    settle(qtbot, jobs)
    assert glance.waits.text() == "In 1 village nobody was for 30 days or more."


def test_a_new_plan_says_it_of_ones_own_district(qtbot, desk, jobs):
    screen = AnyKindScreen(desk, jobs, "week_plan")
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.begin()
    settle(qtbot, jobs)

    assert not screen.glance.isHidden()
    assert len(screen.glance.lines) == 5


def test_a_coordinator_who_has_no_district_sees_that_of_the_record(qtbot, desk, jobs, opened):
    plan = keep(desk, "week_plan", *EXAMPLES["week_plan"][0])
    _, glance = opened("week_plan", plan, seen_by(desk, "coordinator"))

    assert len(glance.been) == len(desk.pack.places(SOZAQ))


def test_the_months_and_the_day_of_a_check_stand_whole_beside_each_other(opened, case):
    theme.enlarge(1.5)
    use_language("ru")
    _, glance = opened("relocation_case", case)
    labels = [one for one in glance._after.findChildren(PlainLabel) if not one.wordWrap()]
    whole = [one.width() >= one.sizeHint().width() for one in labels]
    theme.enlarge(1.0)
    use_language("en")

    assert len(whole) >= 8
    assert all(whole)
