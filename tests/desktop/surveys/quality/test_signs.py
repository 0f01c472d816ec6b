import random
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as some

from desktop.surveys.quality.signs import Answered, answered, likeness, signs_of
from desktop.surveys.quality.timing import Timed
from sync.quality import ALIKE, HASTY, LEVELS, MINUTES, Signs

MARKS = ("1", "2", "3", "4", "5", "cannot_say")
FORTY = {f"q{n}": "yes" for n in range(40)}


@dataclass
class Choice:
    value: str


@dataclass
class Node:
    path: str
    value: str
    values: tuple[str, ...] = MARKS
    kind: str = "select_one"
    relevant: bool = True
    choices: list[Choice] = field(init=False)

    def __post_init__(self):
        self.choices = [Choice(value) for value in self.values]


def grid(answers, around="/data/marks"):
    return [Node(f"{around}/m{n}", answer) for n, answer in enumerate(answers)]


def simple(**given):
    return Answered(given, [], [])


def test_questions_of_one_group_with_the_same_choices_are_a_grid():
    found = answered([*grid("3355"), Node("/data/sex", "male", ("male", "female")), *grid("123")])

    assert found.grids == [["3", "3", "5", "5"]]


def test_the_same_choices_in_another_group_are_another_grid():
    assert answered([*grid("33"), *grid("33", "/data/more")]).grids == []


def test_what_does_not_concern_the_person_is_left_out():
    nodes = [
        *grid("333"),
        Node("/data/marks/m9", "3", relevant=False),
        Node("/data/x", "", ("a",)),
    ]

    assert answered(nodes).grids == []
    assert set(answered(nodes).given) == {"/data/marks/m0", "/data/marks/m1", "/data/marks/m2"}


def test_marks_are_shares_of_the_way_from_the_lowest_to_the_highest():
    assert answered([*grid(["1", "3", "5", "cannot_say"])]).marks == [0, 0.5, 1]


def test_yes_and_no_as_numbers_are_no_marks_and_words_are_none():
    yes = Node("/data/y", "1", ("0", "1"))
    word = Node("/data/w", "1", ("1", "2", "3", "far"))
    many = Node("/data/n", "4", tuple(map(str, range(20))))

    assert answered([yes, word, many]).marks == []


def test_what_neighbours_know_is_no_mark_and_in_no_grid():
    """Who is of which age is known: in one mean with the marks it would tell whose those are."""
    names = ("age_group", "education", "occupation", "language")
    about = [Node(f"/data/person/{name}", "2", ("1", "2", "3", "4")) for name in names]
    marks = grid("1535")
    marks.insert(2, Node("/data/marks/members", "2"))

    found = answered([*about, *marks])

    assert (found.marks, found.grids) == ([0, 1, 0.5, 1], [])
    assert len(found.given) == 9


def test_each_sign_is_counted_once():
    answers = Answered({"a": "dont_know", "b": "refused", "c": "other", "d": "1"}, [["3"] * 5], [])

    signs = signs_of(answers, Timed(minutes=12, hasty=4, night=True, soon=True))

    assert (signs.interviews, signs.night, signs.soon) == (1, 1, 1)
    assert (signs.gridded, signs.flat, signs.runs) == (1, 1, 1)
    assert (signs.answers, signs.dont_know, signs.refused, signs.other) == (4, 1, 1, 1)
    assert signs.minutes.index(1) == MINUTES.index("10-15")
    assert signs.hasty.index(1) == HASTY.index("3-5")
    assert signs.sound


def test_times_fall_in_their_classes():
    def minutes(number):
        return MINUTES[signs_of(simple(), Timed(number, 0, False, False)).minutes.index(1)]

    def hasty(number):
        return HASTY[signs_of(simple(), Timed(0, number, False, False)).hasty.index(1)]

    assert [minutes(one) for one in (0, 4.99, 5, 59.9, 60, 600)] == [
        *("<5", "<5", "5-10", "55-60", "60+", "60+")
    ]
    assert [hasty(one) for one in (0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 99)] == [
        *("0", "1-2", "1-2", "3-5", "3-5", "6-10", "6-10", "11-20", "11-20", "21+", "21+")
    ]


def test_a_long_run_of_one_mark_is_no_straight_grid():
    signs = signs_of(Answered({}, [list("33334"), list("1525")], []))

    assert (signs.gridded, signs.flat, signs.runs) == (1, 0, 1)


def test_by_night_and_too_soon_are_two_things():
    signs = [signs_of(simple(), Timed(9, 0, night=one, soon=not one)) for one in (True, False)]

    assert [(one.night, one.soon) for one in signs] == [(1, 0), (0, 1)]


def test_where_no_clock_was_looked_at_nothing_is_said_of_time():
    signs = signs_of(simple(a="1"))

    assert (signs.timed, sum(signs.hasty), signs.night, signs.soon) == (0, 0, 0, 0)


def test_a_mean_mark_takes_four_marks():
    assert sum(signs_of(Answered({}, [], [0.5] * 3)).levels) == 0
    assert signs_of(Answered({}, [], [0.5] * 4)).levels.index(1) == LEVELS // 2
    assert signs_of(Answered({}, [], [1.0] * 4)).levels.index(1) == LEVELS - 1


def test_likeness_is_that_to_the_most_alike_of_those_that_leave_at_once():
    half = {f"q{n}": "yes" if n < 20 else "no" for n in range(40)}
    other = {f"q{n}": "maybe" for n in range(40)}

    alike = likeness([FORTY, half, other]).alike

    assert (alike[ALIKE // 2], alike[0], sum(alike)) == (2, 1, 3)
    assert likeness([FORTY, FORTY]).alike[-1] == 2


def test_fewer_than_twenty_questions_in_common_are_not_compared():
    few = {f"q{n}": "yes" for n in range(19)}

    assert sum(likeness([FORTY, few]).alike) == 0
    assert sum(likeness([FORTY]).alike) == 0


def test_what_was_written_is_not_compared():
    written = {f"q{n}": "Суды жөндеу керек" for n in range(40)}
    listed = {f"q{n}": ["yes"] for n in range(40)}

    assert sum(likeness([written, written]).alike) == sum(likeness([listed, listed]).alike) == 0


@given(some.permutations(range(12)), some.integers(0, 99))
def test_it_is_the_same_whoever_gave_which_answers_and_in_which_order(order, seed):
    chance = random.Random(seed)
    answers = [{f"q{n}": chance.choice("12345") for n in range(30)} for _ in range(12)]

    assert likeness([answers[place] for place in order]) == likeness(answers)


def test_sums_add_up_class_by_class():
    one = signs_of(Answered({"a": "dk"}, [["1"] * 4], [0.1] * 4), Timed(3, 0, True, False))
    other = signs_of(Answered({"a": "1"}, [], [0.1] * 4), Timed(4, 30, False, True))

    both = one + other

    assert (both.interviews, both.minutes[0], both.hasty[0], both.hasty[-1]) == (2, 2, 1, 1)
    assert (both.night, both.soon, both.flat, both.dont_know, both.answers) == (1, 1, 1, 1, 2)
    assert both.levels[2] == 2
    assert Signs() + both == both
