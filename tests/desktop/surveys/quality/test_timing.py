import msgspec
import pytest

from desktop.surveys.quality.timing import SOON, WORD, Timing

LONG = "word " * 20  # six seconds to read


class Clock:
    """Seconds that the test lets pass."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def timing(clock, kept=None, before=None, hour=12):
    return Timing(kept, before, clock, lambda: hour)


def asked(one, clock, path, seconds, text=LONG):
    one.on({path: text})
    clock.now += seconds


def test_minutes_are_those_in_which_a_question_was_on_the_screen(clock):
    one = timing(clock)
    clock.now += 100  # the page before the first question

    asked(one, clock, "a", 60)
    asked(one, clock, "b", 120)
    one.on({})
    clock.now += 600  # the summary, or left for the day

    assert one.ended().minutes == 3


def test_a_question_is_hasty_that_was_there_for_less_than_it_takes_to_read(clock):
    one = timing(clock)
    asked(one, clock, "a", 20 * WORD - 0.1)
    asked(one, clock, "b", 20 * WORD + 0.1)
    asked(one, clock, "c", 0.9, text="")
    asked(one, clock, "d", 1.1, text="")

    assert one.ended().hasty == 2


def test_who_comes_back_to_a_question_has_read_it(clock):
    one = timing(clock)
    asked(one, clock, "a", 4)
    asked(one, clock, "b", 10)
    asked(one, clock, "a", 4)

    assert one.ended().hasty == 0


def test_questions_of_one_page_share_its_time_by_their_words(clock):
    def hasty(seconds):
        one = timing(clock)
        one.on({"a": LONG, "b": LONG, "c": "word"})
        clock.now += seconds
        return one.ended().hasty

    assert hasty(20 * WORD) == 3
    assert hasty(50 * WORD) == 0


def test_it_goes_on_after_a_crash_without_the_time_between(clock):
    one = timing(clock, before=clock(), hour=23)
    asked(one, clock, "a", 60)
    one.on({"b": LONG})
    kept = msgspec.json.decode(msgspec.json.encode(one.kept()))
    clock.now += 3_600

    other = timing(clock, kept)
    asked(other, clock, "b", 60)

    told = other.ended()
    assert told.minutes == 2
    assert told.night
    assert told.soon


@pytest.mark.parametrize("kept", [None, {"shown": "?"}, [], "x"])
def test_a_draft_without_times_begins_anew(clock, kept):
    one = timing(clock, kept)
    asked(one, clock, "a", 60)

    assert one.ended().minutes == 1


@pytest.mark.parametrize(
    ("hour", "night"), [(0, True), (6, True), (7, False), (21, False), (22, True)]
)
def test_night_is_before_seven_and_from_ten_on(clock, hour, night):
    assert timing(clock, hour=hour).ended().night is night


@pytest.mark.parametrize(("after", "soon"), [(SOON - 1, True), (SOON, False)])
def test_too_soon_is_a_first_page_done_within_two_minutes_of_the_one_before(clock, after, soon):
    one = timing(clock, before=clock())
    asked(
        one, clock, "a", after - 30
    )  # shown at once; there the interviewer walks to the next house
    one.on({"a": LONG})
    clock.now += 30
    asked(one, clock, "b", 1)
    asked(one, clock, "c", 1)

    assert one.ended().soon is soon


def test_where_nothing_is_known_of_the_one_before_nothing_is_too_soon(clock):
    one = timing(clock)
    asked(one, clock, "a", 1)
    asked(one, clock, "b", 1)

    assert not one.ended().soon


def test_the_same_look_twice_counts_once(clock):
    one = timing(clock)
    asked(one, clock, "a", 30)
    one.kept()
    one.kept()

    assert one.ended().minutes == 0.5
