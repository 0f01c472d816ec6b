"""The map on the screen: by keys and by clicks, beside it the same as a list, down to the records."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.actions import drafts
from desktop.maps.mercator import pixels
from tests.map_tiles import make_tiles
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, VILLAGE, record, seen_by
from tests.ui.keys import press, settle, show
from ui import theme
from ui.maps.layout import NEAR
from ui.screens import screens_for
from ui.screens.map import MEMORY, MapScreen
from ui.translation import use_language

TODAY = date.today()  # noqa: DTZ011  # the screen's own day
ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Backspace


@pytest.fixture
def build(qtbot, desk, jobs):
    def build(role="activist"):
        use_language("en")
        screen = MapScreen(seen_by(desk, role), jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


@pytest.fixture
def issues(desk):
    """Three in one village of Созақ, one in another, one without a village; one is closed."""
    said = {"essence": "Су жоқ", "received_on": f"{TODAY}", "state": "new"}
    villages = (VILLAGE, VILLAGE, VILLAGE, "615647200", None)
    kept = [
        record(desk, "issue", said | ({"village": village} if village else {}))
        for village in villages
    ]
    record(desk, "issue", said | {"village": VILLAGE, "state": "closed"})
    return kept


def listed(pane):
    return {row.title: row.when for row in pane.rows.rows}


def at(view, key):
    """Where a place stands on the screen."""
    layout, frame = view.layout_now(), view.frame_now()
    rects = {mark.key: one.rect for one in layout.numbers for mark in one.marks}
    rect = rects[key]
    return QPoint(
        round(rect.x + rect.width / 2 - frame.left), round(rect.y + rect.height / 2 - frame.top)
    )


def test_the_list_has_all_places_with_the_numbers_of_the_map(build, issues):
    screen = build()

    told = listed(screen.places)
    assert told["Sozak District"] == "5"
    assert told["Созақ village"] == "3"
    assert told["Without a village"] == "1"
    villages = [one for one in screen.content.pack.villages.values() if one.district == SOZAQ]
    assert len(told) == len({one.words() for one in villages}) + 2
    numbers = screen.map.layout_now().numbers
    assert sum(one.number for one in numbers) == 4, "what has no village is in the list alone"


def test_a_coordinator_goes_into_a_district_to_a_villages_records_and_back(
    qtbot, jobs, build, issues
):
    screen = build("coordinator")
    assert listed(screen.places)["Sozak District"] == "5"
    assert screen.places.current_key() == (SOZAQ, None), "the largest number comes first"
    screen.places.setFocus()

    press(ENTER, widget=screen.places)
    assert screen.scope == SOZAQ
    assert screen.side.where.text() == "Sozak District"
    screen.places.choose((SOZAQ, VILLAGE))
    press(ENTER, widget=screen.places)
    settle(qtbot, jobs)
    assert {row.key[1] for row in screen.records.rows.rows} == set(issues[:3])
    with qtbot.waitSignal(screen.record_wanted) as wanted:
        press(ENTER, widget=screen.records)
    assert wanted.args[0] == "issue"

    press(BACK, widget=screen.records)
    assert not screen.side.within
    assert screen.places.current_key() == (SOZAQ, VILLAGE)
    press(BACK, widget=screen.places)
    assert screen.scope == ""
    assert screen.places.current_key() == (SOZAQ, None)


def test_an_activist_sees_the_own_district_near_and_leaves_it_nowhere(build, issues):
    screen = build()

    assert screen.scope == SOZAQ
    frame, box = screen.map.frame_now(), screen.content.plan.box_of(SOZAQ)
    part = frame.part(box)
    assert part.left() >= 0
    assert part.right() <= frame.width
    assert max(part.width() / frame.width, part.height() / frame.height) > 0.9
    screen.back()
    assert screen.scope == SOZAQ
    assert not screen.side.back_button.isVisible()


def test_the_first_row_of_a_district_lists_all_of_its_records(qtbot, jobs, build, issues):
    screen = build()
    assert screen.places.current_key() == (SOZAQ, None)

    press(ENTER, widget=screen.places)
    settle(qtbot, jobs)

    assert {row.key[1] for row in screen.records.rows.rows} == set(issues)
    assert "5 records" in screen.side.behind.text()


def test_a_click_on_a_number_lists_what_it_counts(qtbot, jobs, build, issues):
    screen = build()
    screen.map.zoom_by(8, at(screen.map, VILLAGE))

    QTest.mouseClick(screen.map.viewport(), Qt.MouseButton.LeftButton, pos=at(screen.map, VILLAGE))
    settle(qtbot, jobs)

    assert len(screen.records.rows.rows) == 3
    assert screen.map.key == (SOZAQ, VILLAGE)


def test_a_click_on_a_district_goes_into_it(build, issues):
    screen = build("coordinator")

    QTest.mouseClick(screen.map.viewport(), Qt.MouseButton.LeftButton, pos=at(screen.map, SOZAQ))

    assert screen.scope == SOZAQ


def test_numbers_that_were_joined_part_when_one_clicks(desk, build):
    near = [one for one in desk.pack.villages.values() if one.district == SOZAQ and one.lat][:30]
    for village in near:
        said = {
            "essence": "Су",
            "received_on": f"{TODAY}",
            "village": village.code,
            "state": "new",
        }
        record(desk, "issue", said)
    screen = build()
    joined = next(one for one in screen.map.layout_now().numbers if len(one.marks) > 1)
    before = screen.map.zoom

    QTest.mouseClick(
        screen.map.viewport(), Qt.MouseButton.LeftButton, pos=at(screen.map, joined.marks[0].key)
    )

    assert screen.map.zoom > before
    shown = {
        mark.key: len(one.marks) for one in screen.map.layout_now().numbers for mark in one.marks
    }
    assert shown[joined.marks[0].key] < len(joined.marks)
    assert not screen.side.within


def test_a_dragged_map_moves_and_opens_nothing(build, issues):
    screen = build("coordinator")
    view = screen.map.viewport()
    start, before = at(screen.map, SOZAQ), screen.map.frame_now()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 40, 60):
        QTest.mouseMove(view, start + QPoint(step, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))

    assert screen.map.frame_now().left == pytest.approx(before.left - 60, abs=2)
    assert screen.scope == ""


@pytest.mark.parametrize(
    ("key", "across", "down"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, -1),
        (Qt.Key.Key_Down, 0, 1),
    ],
)
def test_arrows_go_to_a_place_that_lies_there_and_shift_moves_the_map(
    build, issues, key, across, down
):
    screen = build("coordinator")
    middles = {code: one.middle for code, one in screen.content.plan.outlines.items()}
    screen.map.setFocus()
    screen.map.choose(("614000000", None))  # Сауран, in the middle

    press(key, widget=screen.map)
    chosen, at_first = middles[screen.map.key[0]], middles["614000000"]
    assert (chosen.x - at_first.x) * across + (chosen.y - at_first.y) * down > 0
    assert screen.places.current_key() == screen.map.key
    assert screen.content.pack.full_name(screen.map.key[0]) in screen.map.accessibleDescription()

    before, kept = screen.map.frame_now(), screen.map.key
    press(key, Qt.KeyboardModifier.ShiftModifier, widget=screen.map)
    after = screen.map.frame_now()
    assert ((after.left - before.left) * across, (after.top - before.top) * down) == pytest.approx(
        (80 * abs(across), 80 * abs(down)), abs=1
    )
    assert screen.map.key == kept


def test_plus_and_minus_come_nearer_and_farther_and_nought_shows_the_whole(build, issues):
    screen = build("coordinator")
    screen.map.setFocus()
    whole, width = screen.map.zoom, pixels(screen.map.zoom)
    middle = screen.map.frame_now()
    point = ((middle.left + middle.width / 2) / width, (middle.top + middle.height / 2) / width)

    press(Qt.Key.Key_Plus, widget=screen.map)
    press(Qt.Key.Key_Plus, widget=screen.map)
    assert screen.map.zoom == pytest.approx(whole + 1)
    frame, width = screen.map.frame_now(), pixels(screen.map.zoom)
    after = ((frame.left + frame.width / 2) / width, (frame.top + frame.height / 2) / width)
    assert after == pytest.approx(point, abs=3 / width)

    press(Qt.Key.Key_Minus, widget=screen.map)
    assert screen.map.zoom == pytest.approx(whole + 0.5)
    press(Qt.Key.Key_0, widget=screen.map)
    assert screen.map.zoom == whole


def test_enter_on_the_map_opens_what_the_arrows_chose(build, issues):
    screen = build("coordinator")
    screen.map.setFocus()
    screen.map.choose((SOZAQ, None))

    press(ENTER, widget=screen.map)

    assert screen.scope == SOZAQ


def test_from_near_the_region_is_told_by_villages(build, issues):
    screen = build("coordinator")
    assert screen.map.layout_now().by_district

    while screen.map.zoom < NEAR:
        screen.map.zoom_by(1)

    layout = screen.map.layout_now()
    assert not layout.by_district
    assert {mark.key for one in layout.numbers for mark in one.marks} == {VILLAGE, "615647200"}


def test_another_wish_counts_anew_and_is_remembered(qtbot, jobs, desk, build, issues):
    screen = build()
    screen.bar.sort.set_value("closed")
    settle(qtbot, jobs)
    assert listed(screen.places)["Созақ village"] == "1"
    screen.bar.days.set_value("last_year")
    settle(qtbot, jobs)
    assert listed(screen.places)["Созақ village"] == "—"
    assert "nothing here" in screen.side.behind.text()

    again = build()

    assert (again.bar.sort.value(), again.bar.days.value()) == ("closed", "last_year")
    assert listed(again.places)["Созақ village"] == "—"
    assert drafts.recall(desk, MEMORY)["layer"] == "issues"


def test_news_lead_nobody_away_from_the_records_they_read(qtbot, jobs, desk, build, issues):
    screen = build()
    screen.open_place((SOZAQ, VILLAGE))
    settle(qtbot, jobs)
    screen.records.step(1)
    chosen = screen.records.current_key()

    record(
        desk,
        "issue",
        {"essence": "Су", "received_on": f"{TODAY}", "village": VILLAGE, "state": "new"},
    )
    screen.reload()
    settle(qtbot, jobs)
    settle(qtbot, jobs)

    assert screen.side.within
    assert len(screen.records.rows.rows) == 4
    assert screen.records.current_key() == chosen
    assert listed(screen.places)["Созақ village"] == "4"


def test_what_is_recorded_is_seen_soon(qtbot, jobs, desk, build):
    screen = build()
    assert listed(screen.places)["Созақ village"] == "—"

    def write():
        from desktop.actions.records import save

        said = {"essence": "Су", "received_on": f"{TODAY}", "village": VILLAGE, "state": "new"}
        return save(desk, "issue", said)

    jobs.write(write)

    qtbot.waitUntil(lambda: listed(screen.places)["Созақ village"] == "1")


def test_villages_that_nobody_visits_come_first_and_say_for_how_long(qtbot, jobs, desk, build):
    day = TODAY - timedelta(45)
    record(desk, "visit", {"visited_on": f"{day}", "topic": "survey", "village": VILLAGE})
    screen = build()

    screen.bar.layer.set_value("unvisited")
    settle(qtbot, jobs)

    rows = screen.places.rows.rows
    assert rows[1].when == "!"
    assert rows[1].below.startswith("never visited")
    assert listed(screen.places)["Созақ village"] == "45 days"
    assert not screen.bar.days_row.isVisible()
    mark = next(
        one for one in screen.map.layout_now().numbers if any(m.key == VILLAGE for m in one.marks)
    )
    words = screen.content.words([m for m in mark.marks if m.key == VILLAGE], by_district=False)
    assert words == "45 d"
    other = [m for m in mark.marks if m.key != VILLAGE] or None
    assert other is None or screen.content.words(other[:1], by_district=False) == "!"


def test_shades_are_told_in_the_legend_and_at_each_district(desk, qtbot, jobs, build):
    for number, district in enumerate((SOZAQ, "613900000", "611600000"), 1):
        villages = [one.code for one in desk.pack.villages.values() if one.district == district]
        for village in villages[: 4 * number]:
            said = {"visited_on": f"{TODAY}", "topic": "survey", "village": village}
            record(seen_by(desk, "coordinator"), "visit", said)
    screen = build("coordinator")
    screen.bar.measure.set_value("coverage")
    settle(qtbot, jobs)

    shown = screen.legend.accessibleName()
    assert "Villages visited, %:" in shown
    content = screen.content
    assert content.shade(SOZAQ) is not None
    assert content.shade(SOZAQ) < content.shade("611600000")
    told = screen.map.layout_now().labels[SOZAQ].lines
    assert told == ("Sozak District", f"{content.value(SOZAQ)}\u00a0%")


@pytest.mark.parametrize("scheme", [theme.LIGHT_ONLY, theme.DARK_ONLY, theme.HIGH])
def test_shades_can_be_told_apart_in_each_scheme(qapp, scheme):
    from ui.maps.look import shade_colour
    from ui.palette import contrast

    theme.choose(scheme)
    shades = [shade_colour(theme.colour, number, 5).name() for number in range(5)]

    ground = theme.colour("surface")
    steps = [contrast(one, ground) for one in shades]
    assert steps == sorted(steps)
    assert all(later / sooner > 1.15 for sooner, later in pairwise(steps))


def test_tiles_lie_below_and_their_source_is_told(qtbot, jobs, build, tmp_path):
    screen = build()
    qtbot.waitUntil(lambda: screen.map.key is not None)
    bare = screen.map.grab().toImage()

    screen.open_tiles(make_tiles(tmp_path / "map.mbtiles"))
    settle(qtbot, jobs)
    screen.map.grab()
    settle(qtbot, jobs)

    assert screen.map.grab().toImage() != bare
    assert "© Somebody" in screen.legend.accessibleName()
    assert "OpenStreetMap" in screen.legend.accessibleName()
    screen.drop_tiles()
    settle(qtbot, jobs)
    assert "Somebody" not in screen.legend.accessibleName()
    assert screen.map.grab().toImage() == bare


def test_a_wrong_file_of_tiles_is_told_in_words_and_changes_nothing(
    qtbot, jobs, said, build, tmp_path
):
    screen = build()
    wrong = tmp_path / "wrong.mbtiles"
    wrong.write_bytes(b"nothing")

    screen.open_tiles(wrong)
    settle(qtbot, jobs)

    assert "wrong.mbtiles" in said[-1]
    assert screen.map.tiles is None


def test_a_file_that_is_gone_since_is_told_once(qtbot, jobs, said, build, tmp_path):
    path = make_tiles(tmp_path / "map.mbtiles")
    screen = build()
    screen.open_tiles(path)
    settle(qtbot, jobs)
    assert build().map.tiles is not None, "it is remembered"
    path.unlink()

    for _ in range(2):
        build()

    assert len([words for words in said if "map.mbtiles" in words]) == 1


def test_the_map_speaks_another_language_at_once(qtbot, jobs, build, issues):
    screen = build()

    use_language("kk")
    settle(qtbot, jobs)

    assert listed(screen.places)["Созақ ауылы"] == "3"
    assert screen.map.layout_now().labels[VILLAGE].lines == ("Созақ",)
    assert screen.bar.layer.text() == "Мәселелер"


def test_names_on_the_screen_never_overlap(build, issues):
    screen = build("coordinator")

    for _ in range(16):
        labels = [one.rect for one in screen.map.layout_now().labels.values()]
        numbers = [one.rect for one in screen.map.layout_now().numbers]
        for number, one in enumerate(labels):
            assert not any(one.meets(other) for other in labels[number + 1 :])
            assert not any(one.meets(other) for other in numbers)
        screen.map.zoom_by(1)
    assert len(labels) > 600, "from near, almost every village has its name"


def test_a_narrow_window_shows_the_map_or_the_list_and_turns_to_the_records(
    qtbot, jobs, build, issues
):
    screen = build()
    screen.resize(600, 700)
    assert screen.panes.narrow
    assert screen.map.isVisible()
    assert not screen.places.isVisible()

    screen.open_place((SOZAQ, VILLAGE))
    settle(qtbot, jobs)

    assert screen.records.isVisible()
    assert not screen.map.isVisible()


def test_who_reads_no_records_has_no_map():
    for role, there in (("activist", True), ("coordinator", True), ("integrity_officer", False)):
        assert ("map" in [one.key for one in screens_for(role)]) is there


def test_the_whole_region_stays_in_sight_when_a_district_is_marked_in_the_list(
    qtbot, jobs, build, issues
):
    """The first row was marked as one came, and half of the region was out of the window."""
    screen = build("coordinator")
    screen.map.fit()
    before = screen.map.frame_now()

    for code in screen.map.content.plan.outlines:
        screen.map.choose((code, None))

    assert screen.map.frame_now() == before


def test_nearer_the_map_still_follows_what_is_marked(qtbot, jobs, build, issues):
    screen = build("coordinator")
    screen.map.zoom_by(3)
    before = screen.map.frame_now()

    for code in screen.map.content.plan.outlines:
        screen.map.choose((code, None))

    assert screen.map.frame_now() != before
