"""The ratings of a wave by keys: from the overview down, back, as a table, and beside an earlier wave."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import answers, rating_paper
from desktop.actions.exporting import exports
from desktop.actions.rating_columns import Part, own
from desktop.actions.rating_views import By
from desktop.actions.ratings import Criterion, Rating
from desktop.surveys.ratings.estimates import Estimate
from desktop.surveys.ratings.release import ALL, Cell, Figure
from desktop.surveys.waves import silence
from sync.records.survey import Wave
from tests.rated import KELES, OTYRAR, SAIRAM, SOZAQ, two_waves
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import seen_by
from tests.ui.keys import settle, show
from tests.ui.survey_waves import OKRUG, start_wave
from ui import theme
from ui.dialogs.export import ExportDialog
from ui.models.rating_table import CHART, INTERVAL, MOVE, DrawnRole, number
from ui.rating_paper import draw_paper
from ui.screens.ratings import RatingsScreen
from ui.translation import use_language
from ui.widgets.intervals import MARGIN, along
from ui.widgets.labels import PlainLabel

MARKS = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")
POSTS = {"head": "Облыс әкімі", "sozaq": "Созақ ауданының әкімі", "keles": "Келес ауданының әкімі"}
MEANS = {"head": 3.0, "sozaq": 4.6, "keles": 2.2}
SIZES = {
    **{("head", district): 40 for district in (SOZAQ, KELES, SAIRAM, OTYRAR)},
    ("sozaq", SOZAQ): 90,
    ("keles", KELES): 90,
}


@pytest.fixture
def rated(qtbot, desk, jobs):
    """The screen of a coordinator after so many answers of these marks about one official."""

    def rated(*marks):
        use_language("en")
        wave, [official] = start_wave(desk)
        for mark in marks:
            values = {f"/data/marks/{name}": str(mark) for name in MARKS}
            values |= {"/data/official": str(official), "/data/score": str(mark)}
            answers.finish(desk, wave, OKRUG, date(2026, 11, 24), values)
        return opened(qtbot, desk, jobs)

    return rated


@pytest.fixture
def region(qtbot, desk, jobs):
    """The screen after two waves in four districts."""
    use_language("en")
    two_waves(seen_by(desk, "coordinator"), POSTS, SIZES, MEANS, {**MEANS, "keles": 3.6})
    return opened(qtbot, desk, jobs)


def opened(qtbot, desk, jobs):
    screen = RatingsScreen(seen_by(desk, "coordinator"), jobs)
    qtbot.addWidget(screen.header)
    show(qtbot, screen)
    settle(qtbot, jobs)
    screen.list.setFocus()
    return screen


@pytest.fixture
def press(qtbot, jobs):
    def press(screen, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            qtbot.keyClick(screen.list, key, modifier)
            settle(qtbot, jobs)

    return press


def cell(screen, row, column, role=Qt.ItemDataRole.DisplayRole):
    model = screen.list.model()
    return model.index(row, model.columns.index(column)).data(role)


def column(screen, name):
    return [cell(screen, row, name) for row in range(screen.list.model().rowCount())]


def words(screen):
    return "\n".join(each.text() for each in screen.findChildren(PlainLabel) if each.isVisible())


def steps(screen):
    return [each.text() for each in screen.bar.crumbs.steps] + [screen.bar.crumbs.here.text()]


def test_without_answers_it_says_so(rated):
    assert rated().none.isVisible()


def test_one_official_alone_begins_with_the_criteria_the_whole_first(rated):
    screen = rated(*[3, 4, 5] * 12)

    assert column(screen, Part.NAME)[0] == "All criteria together"
    assert screen.list.model().rowCount() == 1 + len(MARKS)


def test_the_drawing_can_be_read_as_the_table(rated):
    screen = rated(*[3, 4, 5] * 12)
    drawn = cell(screen, 0, CHART, DrawnRole)

    assert cell(screen, 0, Part.MEAN) == f"{drawn.own.mean:.2f}" == "4.00"
    assert cell(screen, 0, INTERVAL) == f"{drawn.own.low:.2f} – {drawn.own.high:.2f}"
    assert cell(screen, 0, Part.STATUS) == "May be published"
    assert drawn.firm


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_numbers_have_the_decimal_sign_of_the_language(rated, language):
    screen = rated(*[3, 4, 5] * 12)
    use_language(language)

    assert cell(screen, 0, Part.MEAN) == "4,00"


def test_ten_answers_are_drawn_hollow_and_the_reason_is_said(qtbot, rated):
    screen = rated(*[3, 4] * 5)

    assert not cell(screen, 0, CHART, DrawnRole).firm
    assert cell(screen, 0, Part.STATUS) == "Not for publication"
    assert "Fewer than 30 people answered" in words(screen)
    assert "○" in screen.legend.text()


def test_fewer_than_ten_show_no_number(rated):
    screen = rated(*[3, 4] * 4)

    assert cell(screen, 0, CHART, DrawnRole).own is None
    assert cell(screen, 0, Part.MEAN) == "—"
    assert "they could be recognised" in words(screen)


def test_it_says_that_this_is_no_probability_sample(rated):
    assert "not a probability sample" in words(rated(*[3] * 10))


def test_the_words_change_with_the_language(qtbot, jobs, rated):
    screen = rated(*[3, 4, 5] * 4)
    english = cell(screen, 1, Part.NAME)

    use_language("kk")
    settle(qtbot, jobs)

    assert cell(screen, 1, Part.NAME) != english


def test_the_overview_has_all_officials_in_groups_that_can_be_told_apart(region):
    assert column(region, Part.NAME) == [POSTS["sozaq"], POSTS["head"], POSTS["keles"]]
    assert column(region, Part.GROUP) == ["1", "2", "3"]
    assert "cannot be told apart" in words(region)


def test_enter_leads_down_to_one_criterion_in_time_and_backspace_back(region, press):
    press(region, Qt.Key.Key_Return)
    assert steps(region) == ["All districts", POSTS["sozaq"]]
    press(region, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert region.view.by is By.WAVES
    assert [name.split(", ")[1] for name in column(region, Part.NAME)] == ["4-тоқсан", "3-тоқсан"]
    press(region, Qt.Key.Key_Return)  # nothing is below
    assert region.view.by is By.WAVES

    press(region, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert steps(region) == ["All districts"]
    press(region, Qt.Key.Key_Backspace)
    assert steps(region) == ["All districts"]


def test_districts_open_with_their_officials_and_the_model_beside(qtbot, jobs, region, press):
    qtbot.mouseClick(region.bar.chips[By.DISTRICTS], Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    assert all(cell(region, row, CHART, DrawnRole).model for row in range(4))
    assert "◆" in region.legend.text()

    press(region, Qt.Key.Key_Return)
    assert region.view.district == SOZAQ
    assert set(column(region, Part.NAME)) == {POSTS["sozaq"], POSTS["head"]}
    press(region, Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert steps(region) == ["All districts"]


def test_one_key_makes_the_chart_a_table_with_every_number(region, press):
    drawn = column(region, Part.MEAN)
    press(region, Qt.Key.Key_F4)

    assert CHART not in region.list.model().columns
    assert {Part.LOW, Part.HIGH, Part.EFFECT, Part.EFFECTIVE, Part.RESPONSE, Part.PLACES} <= set(
        region.list.model().columns
    )
    assert column(region, Part.MEAN) == drawn
    assert not region.legend.isVisible()
    press(region, Qt.Key.Key_F4)
    assert CHART in region.list.model().columns


def test_beside_an_earlier_wave_it_says_what_changed_and_what_cannot_be_told(qtbot, jobs, region):
    region.bar.before.set_value(region.bar.before.choices()[0][0])
    settle(qtbot, jobs)

    moved = dict(zip(column(region, Part.NAME), column(region, MOVE), strict=True))
    assert moved[POSTS["keles"]].startswith("-1.")
    assert moved[POSTS["head"]] == "Cannot be told apart"
    assert cell(region, 0, CHART, DrawnRole).before is not None


def test_a_list_goes_by_the_criterion_that_is_chosen(qtbot, jobs, region):
    whole = column(region, Part.MEAN)
    region.bar.criterion.set_value(region.found.criteria[2].path)
    settle(qtbot, jobs)

    assert region.view.question == region.found.criteria[2].path
    assert column(region, Part.MEAN) != whole


def test_a_line_is_one_sentence_for_who_does_not_see_it(region):
    said = cell(region, 0, Part.NAME, Qt.ItemDataRole.AccessibleTextRole)

    assert said.startswith(f"{POSTS['sozaq']}: ")
    assert "group 1, places 1" in said
    assert said.endswith("May be published")


def test_the_table_obeys_qts_rules_with_both_faces(qtmodeltester, region, press):
    qtmodeltester.check(region.list.model_)
    press(region, Qt.Key.Key_F4)
    qtmodeltester.check(region.list.model_)


def test_it_is_drawn_in_the_dark_and_large(region, press):
    for scheme in (theme.DARK_ONLY, theme.LIGHT_ONLY):
        theme.choose(scheme)
        assert not region.grab().isNull()


@pytest.mark.parametrize(
    ("value", "x"), [(1, MARGIN), (3, 150), (5, 300 - MARGIN), (0.2, MARGIN), (9, 300 - MARGIN)]
)
def test_the_scale_goes_from_one_to_five(value, x):
    assert along(value, 0, 300) == x


def test_an_interval_is_shown_as_far_as_the_scale_goes():
    beyond = Estimate(
        domain=None, n=40, mean=4.9, se=0.15, df=39, low=4.6, high=5.2, deff=1, n_effective=40,
        published=True, why=None,
    )  # fmt: skip
    rating = Rating(
        Cell(ALL, "", ""), "", Criterion("", "", whole=True), Figure(beyond, shown=True)
    )

    drawn = own(rating, outside=True)

    assert (number(drawn.low), number(drawn.high)) == ("4,60", "5,00")


# what leaves


@pytest.fixture
def saving(qtbot, jobs, monkeypatch, tmp_path):
    """Ctrl+E, and the name of the file that is chosen then."""

    def saving(screen, name, kind="PDF (*.pdf)"):
        path = tmp_path / name
        choose = lambda *_: (str(path), kind)  # noqa: E731  # in place of a window of the system
        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        qtbot.keyClick(screen.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, jobs)
        [dialog] = screen.findChildren(ExportDialog)
        dialog.ask_where()
        settle(qtbot, jobs)
        return path

    return saving


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_ctrl_e_saves_what_is_shown_as_a_paper_with_letters_that_can_be_copied(
    qtbot, jobs, region, saving, said, language
):
    use_language(language)
    settle(qtbot, jobs)
    region.bar.before.set_value(region.bar.before.choices()[0][0])
    settle(qtbot, jobs)

    path = saving(region, "рейтинг.pdf")

    pages = [page.extract_text() for page in PdfReader(path).pages]
    whole = "".join("".join(pages).split())
    for words in (POSTS["keles"], "Партияның облыстық филиалы", cell(region, 0, Part.MEAN)):
        assert "".join(words.split()) in whole
    if language == "kk":
        assert "Қателіккоэффициенті" in whole
    [noted] = exports(region._desk)
    assert noted.id in "".join(pages)
    assert noted.id in said[-1]


def test_what_looks_like_html_is_printed_as_it_is(region):
    odd = "<b>Су</b>"
    found = replace(region.found, posts=dict.fromkeys(region.found.posts, odd))
    now = datetime(2026, 11, 29, tzinfo=UTC)
    paper = rating_paper.make_paper(region._desk, found, region.view, (), "K7QM", now)

    pages = PdfReader(BytesIO(draw_paper(paper))).pages

    said = "".join("".join(page.extract_text() for page in pages).split())
    assert said.count("".join(odd.split())) >= len(found.posts)


def test_a_name_without_an_ending_gets_that_of_the_format(region, saving):
    saving(region, "рейтинг", "Word (*.docx)")

    assert [one.format for one in exports(region._desk)] == ["docx"]


def test_what_may_not_leave_is_said_before_anything_is_asked(qtbot, jobs, region, press, said):
    with region._desk.store.begin() as session:
        wave = session.get_one(Wave, region.found.wave)
        wave.linked_to, wave.polling_day = "election", silence.today()

    press(region, Qt.Key.Key_E, modifier=Qt.KeyboardModifier.ControlModifier)

    assert "until it is over" in said[-1]
    assert not region.findChildren(ExportDialog)
    assert exports(region._desk) == []


def test_a_file_that_cannot_be_written_is_said_in_the_dialog(qtbot, region, saving, tmp_path):
    path = saving(region, "none/рейтинг.docx")

    [dialog] = region.findChildren(ExportDialog)
    assert "no folder" in dialog.problem.text()
    assert not path.exists()
    dialog.reject()


def test_no_word_is_broken_in_a_column_of_words(qtbot, region):
    theme.enlarge(2.0)
    use_language("ru")
    region.list._dress()
    columns = region.list.model_.columns
    letters, model = region.list.fontMetrics(), region.list.model_
    at = columns.index(Part.STATUS)
    words = {
        word for row in range(model.rowCount()) for word in model.index(row, at).data().split()
    }
    needs, has = max(map(letters.horizontalAdvance, words)), region.list.columnWidth(at)
    theme.enlarge(1.0)
    use_language("en")

    assert words
    assert has > needs
