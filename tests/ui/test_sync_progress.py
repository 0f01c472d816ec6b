"""The long exchange on screen: how far it is, and the way to stop it."""

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QPoint

from desktop.actions.progress import Progress
from sync.language import LANGUAGES, speak
from tests.ui.at_work import given_kazakh  # noqa: F401
from ui import theme
from ui.palette import DARK, LIGHT, TEXT, contrast
from ui.widgets.sync_progress import SyncProgress, progress_words
from ui.widgets.sync_summary import SyncSummary

SCHEMES = {"light": LIGHT, "dark": DARK}

HALF = Progress(False, 1250, 3000, 4250, 1_200_000, 300_000)


@pytest.fixture
def shown(qtbot):
    widget = SyncProgress()
    qtbot.addWidget(widget)
    return widget


def test_a_short_exchange_shows_nothing(shown):
    assert shown.isHidden()


def test_one_that_tells_nothing_for_a_second_can_be_stopped(shown, qtbot):
    speak("en")

    shown.begin()

    assert shown.isHidden()
    qtbot.waitUntil(lambda: not shown.isHidden())
    assert shown.words.text() == "Waiting for an answer…"
    assert shown.stop_button.isEnabled()


def test_one_that_is_over_before_shows_nothing(shown):
    shown.begin()
    shown.end()

    assert (shown.isHidden(), shown.unheard.isActive()) == (True, False)


def test_counts_bytes_and_the_bar_tell_how_far_it_is(shown):
    speak("en")

    shown.show_progress(HALF)

    assert not shown.isHidden()
    assert shown.bar.value() == 500
    assert shown.words.text() == (
        "Records: 1250 sent, 3000 received, 4250 to go. 1.4 MB over the line."
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (4.0, "1.4 MB over the line."),  # too early to tell
        (59.0, "Less than a minute left."),
        (61.0, "About 2 min left."),
        (7_200.0, "About 120 min left."),
    ],
)
def test_how_long_the_rest_will_take_is_told_as_soon_as_it_is_known(seconds, words):
    speak("en")

    assert progress_words(replace(HALF, seconds=seconds)).endswith(words)


@pytest.mark.parametrize("done", [(0, 0, 9), (3, 6, 0)])
def test_before_the_first_page_and_after_the_last_nothing_is_promised(done):
    speak("en")

    assert "left" not in progress_words(Progress(False, *done, 1, 1, seconds=99.0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_each_language(language):
    speak(language)

    for photos in (False, True):
        for seconds in (0, 10, 1_000):
            words = progress_words(Progress(photos, 1, 2, 3, 4, 5, seconds=seconds))
            assert "{" not in words
            assert (language == "en") == ("to go" in words)
            assert (language == "en" and seconds > 0) == ("left" in words)


def test_stop_is_asked_once_and_says_that_it_was_heard(shown, qtbot):
    speak("en")
    shown.show_progress(HALF)

    with qtbot.waitSignal(shown.stopped):
        shown.stop_button.click()

    assert (shown.stop_button.isEnabled(), shown.stop_button.text()) == (False, "Stopping…")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_a_button_says_that_was_pressed_can_be_read(dressed, qtbot, scheme):
    theme.choose(scheme)
    card, summary = SyncProgress(), SyncSummary()
    for widget in (card, summary):
        qtbot.addWidget(widget)
        widget.show()

    card.show_progress(HALF)
    card.stop_button.click()
    summary.show_busy(True)

    assert ink_against(card, card.stop_button, SCHEMES[scheme].info_soft) >= TEXT
    assert ink_against(summary, summary.button, SCHEMES[scheme].neutral_soft) >= TEXT


def ink_against(window, button, ground):
    """The contrast of the letters, of which the darkest or lightest points have the full colour."""
    letters = button.rect().adjusted(16, 6, -16, -6)
    image = window.grab(letters.translated(button.mapTo(window, QPoint()))).toImage()
    points = product(range(image.width()), range(image.height()))
    return max(contrast(image.pixelColor(x, y).name().upper(), ground) for x, y in points)


def test_the_next_exchange_can_be_stopped_again(shown):
    speak("en")
    shown.show_progress(HALF)
    shown.stop_button.click()

    shown.end()
    hidden = shown.isHidden()
    shown.show_progress(HALF)

    assert hidden
    assert (shown.stop_button.isEnabled(), shown.stop_button.text()) == (True, "Stop")
