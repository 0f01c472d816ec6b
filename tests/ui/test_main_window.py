import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sync.language import mark, spoken
from tests.ui.keys import press, show
from ui import theme
from ui.main_window import MainWindow
from ui.palette import TARGET
from ui.screens import SCREENS, Screen, screens_for
from ui.translation import use_language
from ui.widgets.status_line import SyncState

CTRL = Qt.KeyboardModifier.ControlModifier


class Page(QWidget):
    open_screen = Signal(str)
    open_record = Signal(str, object)
    other_wanted = Signal(str, object)

    def __init__(self):
        super().__init__()
        self.input = QLineEdit()
        self.header = QPushButton("New")
        QVBoxLayout(self).addWidget(self.input)


class Records(QWidget):
    def __init__(self):
        super().__init__()
        self.asked = []
        self.input = QLineEdit()
        QVBoxLayout(self).addWidget(self.input)

    def open_record(self, id):
        self.asked.append(id)

    def begin(self, values):
        self.asked.append(values)


ROWS = (
    Screen("today", "today", mark("Today"), lambda *_: Page()),
    Screen("issues", "issues", mark("Issues"), lambda *_: Records(), kinds=("issue",)),
    Screen("sync", "sync", mark("Sync"), lambda *_: Page()),
)


def below():
    return {"kk": "Белсенді", "ru": "Активист"}.get(spoken(), "Activist")


@pytest.fixture
def window(qtbot):
    window = MainWindow(ROWS, lambda screen: screen.make(None, None), "Айгүл", below)
    show(qtbot, window)
    window.go("today", into=True)
    return window


def press_shortcut(window, key, modifiers=CTRL):
    press(key, modifiers, window.window().windowHandle())


def test_a_screen_is_made_when_it_is_opened_first_and_kept(window):
    assert list(window._made) == ["today"]

    issues = window.go("issues")
    window.go("today")

    assert window.go("issues") is issues
    assert list(window._made) == ["today", "issues"]


def test_every_screen_is_reached_by_its_number(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)
    assert window.current == "sync"

    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)

    assert window.current == "issues"
    assert window.focusWidget() is window.pages.currentWidget().input


def test_a_click_in_the_sidebar_opens_a_screen(qtbot, window):
    qtbot.mouseClick(window.sidebar.items["issues"], Qt.MouseButton.LeftButton)

    assert window.current == "issues"
    assert window.focusWidget() is window.pages.currentWidget().input
    assert window.sidebar.items["issues"].isChecked()
    assert not window.sidebar.items["today"].isChecked()


def test_the_arrows_walk_through_the_sidebar_and_stay_in_it(qtbot, window):
    window.sidebar.items["today"].setFocus()
    strayed = []
    for key in ("issues", "sync"):
        window.go(key).input.installEventFilter(Watching(window, strayed))
    window.go("today")

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)

    assert window.current == "sync"
    assert window.focusWidget() is window.sidebar.items["sync"]
    assert strayed == []


class Watching(QObject):
    """Notes every time that a widget is given the cursor."""

    def __init__(self, parent, seen):
        super().__init__(parent)
        self.seen = seen

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.FocusIn:
            self.seen.append(watched)
        return False


def test_tab_reaches_everything_that_can_be_pressed(qtbot, window):
    pressed = {w for w in window.findChildren(QAbstractButton) if w.isVisibleTo(window)}
    pressed = {w for w in pressed if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    reached, start = set(), window.focusWidget()

    for _ in range(100):
        press(Qt.Key.Key_Tab)
        reached.add(window.focusWidget())

    # of a group of choices Tab reaches the chosen one, the arrows the others
    grouped = set(window.sidebar.items.values())
    assert pressed - grouped <= reached
    assert start in reached
    assert reached & grouped


def test_whatever_is_pressed_is_large_enough_and_has_a_name(window):
    for button in window.findChildren(QAbstractButton):
        if button.isVisibleTo(window):
            assert min(button.width(), button.height()) >= TARGET, button
            assert button.accessibleName() or button.text(), button


def test_a_record_is_opened_on_the_screen_of_its_kind(window):
    window.pages.currentWidget().open_record.emit("issue", "an id")

    assert window.current == "issues"
    assert window.pages.currentWidget().asked == ["an id"]


def test_another_record_is_begun_on_the_screen_of_its_kind(window):
    window.pages.currentWidget().other_wanted.emit("issue", {"essence": "Су"})

    assert window.pages.currentWidget().asked == [{"essence": "Су"}]


def test_a_screen_may_ask_for_another(window):
    window.pages.currentWidget().open_screen.emit("sync")

    assert window.current == "sync"


def test_a_screen_that_this_person_has_not_is_not_opened(window):
    assert window.go("review") is None
    window.pages.currentWidget().open_record.emit("visit", "an id")

    assert window.current == "today"


def test_the_header_shows_the_button_of_the_screen_in_front_only(window):
    today = window.pages.currentWidget()
    other = window.go("sync")

    assert not today.header.isVisible()
    assert other.header.isVisible()


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_L, CTRL, "lock_requested"),
        (Qt.Key.Key_Q, CTRL, "quit_requested"),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "exchange_requested"),
    ],
)
def test_what_can_be_done_from_anywhere_has_a_key(qtbot, window, key, modifiers, signal):
    with qtbot.waitSignal(getattr(window, signal)):
        qtbot.keyClick(window, key, modifiers)


def test_the_language_is_switched_while_the_window_is_open(window, monkeypatch):
    seen = {}
    for language in ("en", "ru", "kk"):
        use_language(language)
        seen[language] = (window.title.text(), window.sidebar.items["issues"]._words.text())

    assert len(set(seen.values())) == 3
    assert seen["en"] == ("Today", "Issues")
    assert spoken() == "kk"


@pytest.mark.parametrize("training", [False, True])
def test_what_opens_the_work_is_found_but_where_there_is_nothing_to_open(qtbot, training):
    window = MainWindow(ROWS, lambda screen: screen.make(None, None), training=training)
    qtbot.addWidget(window)

    of_a_key = {"password", "sheet", "new_key", "name", "held", "version", "copies"}
    assert of_a_key & set(window.actions_by_key) == (set() if training else of_a_key)
    assert {"undo", "help"} < set(window.actions_by_key)


def test_a_switch_is_told_to_each_widget_once(qtbot, window):
    class Counting(QWidget):
        told = 0

        def changeEvent(self, event):
            self.told += event.type() == QEvent.Type.LanguageChange
            super().changeEvent(event)

    inside = Counting(window)

    use_language("ru")
    QCoreApplication.sendPostedEvents()

    assert inside.told == 1


def test_the_standard_buttons_speak_kazakh_and_russian(dressed):
    said = {}
    for language in ("kk", "ru", "en"):
        use_language(language)
        said[language] = QCoreApplication.translate("QPlatformTheme", "Cancel")

    assert said == {"kk": "Бас тарту", "ru": "Отмена", "en": "Cancel"}


def test_the_menus_offer_languages_and_schemes_and_mark_the_chosen(qtbot, window):
    menus = {name: tool.menu() for name, tool in window._tools.items() if tool.menu()}
    use_language("en")
    for menu in menus.values():
        menu.aboutToShow.emit()

    assert [a.text() for a in menus["language"].actions()] == ["Қазақша", "Русский", "English"]
    assert [a.text() for a in menus["language"].actions() if a.isChecked()] == ["English"]
    assert [a.text() for a in menus["scheme"].actions() if a.isChecked()] == ["Light"]
    with qtbot.waitSignal(window.language_chosen) as chosen:
        menus["language"].actions()[1].trigger()
    assert chosen.args == ["ru"]


def test_a_change_of_scheme_reaches_the_open_window(window):
    before = window.grab().toImage().pixelColor(2, 2).name()

    theme.choose("dark")

    assert window.grab().toImage().pixelColor(2, 2).name() != before


def test_a_narrow_window_keeps_the_icons_and_leaves_the_room_to_the_work(qtbot, window):
    usual = window.sidebar.width()

    window.resize(920, 520)
    qtbot.waitUntil(lambda: window.sidebar.width() < usual / 2)

    for item in window.sidebar.items.values():
        assert item.isVisible()
        assert min(item.width(), item.height()) >= TARGET
        assert item.accessibleName()
    assert window.status.geometry().bottom() <= window.height()
    window.resize(1300, 800)
    qtbot.waitUntil(lambda: window.sidebar.width() == usual)


def test_counts_stand_beside_the_names_and_are_spoken(window):
    use_language("en")
    window.count("issues", 3)
    window.show_state(SyncState(attention=1))
    window.count("nowhere", 5)

    assert window.sidebar.items["issues"].accessibleName() == "Issues, 3 wait"
    assert window.sidebar.items["sync"].accessibleName() == "Sync, 1 waits"
    window.count("issues", 0)
    assert window.sidebar.items["issues"].accessibleName() == "Issues"


def test_what_waits_is_shown_by_a_button_in_the_status_line(qtbot, window):
    window.show_state(SyncState(waiting=7))

    qtbot.mouseClick(window.status.more_button, Qt.MouseButton.LeftButton)

    assert window.current == "sync"


@pytest.mark.parametrize(
    ("role", "has", "has_not"),
    [
        ("activist", {"today", "meetings", "issues"}, {"review"}),
        ("leader", {"today", "review"}, set()),
        ("coordinator", {"today", "review", "ratings"}, set()),
        ("analyst", {"ratings", "sync"}, {"today", "issues", "review"}),
    ],
)
def test_each_role_is_given_its_screens(role, has, has_not):
    keys = {screen.key for screen in screens_for(role)}

    assert has <= keys
    assert not has_not & keys


def test_screens_have_keys_and_names_of_their_own():
    assert len({screen.key for screen in SCREENS}) == len(SCREENS)
    assert len({screen.label for screen in SCREENS}) == len(SCREENS)


def test_what_the_person_is_follows_the_language(window):
    use_language("kk")
    assert window.sidebar.below.text() == "Белсенді"

    use_language("ru")

    assert window.sidebar.below.text() == "Активист"


def test_everything_as_one_archive_is_a_command_that_ctrl_k_finds(qtbot, window):
    with qtbot.waitSignal(window.everything_wanted):
        window.actions_by_key["everything"].trigger()
