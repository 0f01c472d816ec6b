"""What stands on the map lies over nothing else, and no number is lost."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.maps.spacing import Mark, Name, Rect, Taken, around, join, place_names, total

AT = st.floats(0, 600)


@st.composite
def marks(draw):
    places = draw(st.lists(st.tuples(AT, AT, st.integers(1, 5_000)), max_size=60))
    return [Mark(f"{at}", x, y, number) for at, (x, y, number) in enumerate(places)]


def size(each):
    """Larger for more, as on the map."""
    words = len(str(total(each)))
    return 12 + 8 * words, min(36, 20 + words)


@given(marks())
def test_joined_numbers_add_up_to_all_and_none_lies_over_another(found):
    joined = join(found, size)

    assert total(found) == sum(one.number for one in joined)
    assert sorted(mark.key for one in joined for mark in one.marks) == sorted(
        mark.key for mark in found
    )
    for at, one in enumerate(joined):
        assert not any(one.rect.meets(other.rect) for other in joined[at + 1 :])


@given(marks())
def test_numbers_that_stand_apart_are_left_alone(found):
    apart = [Mark(mark.key, at * 200.0, 0.0, mark.number) for at, mark in enumerate(found)]

    assert all(len(one.marks) == 1 for one in join(apart, size))


def test_a_joined_number_stands_where_the_largest_does():
    few, many = Mark("a", 100, 100, 2), Mark("b", 110, 100, 7)

    [one] = join([few, many], size)

    assert one.number == 9
    assert one.marks[0] is many
    assert one.rect == around(110, 100, size([few, many]))


def test_what_stays_inside_is_in_no_sum():
    told, hidden = Mark("a", 0, 0, 7), Mark("b", 3, 0, 4, told=False)

    [one] = join([told, hidden], size)

    assert one.number == 7


@given(
    st.lists(st.tuples(AT, AT, st.floats(10, 140), st.floats(10, 30), st.booleans()), max_size=80),
    marks(),
)
def test_names_never_overlap_each_other_nor_a_number(wanted, numbers):
    taken = Taken()
    joined = join(numbers, size)
    for one in joined:
        taken.add(one.rect)
    names = [
        Name(f"{at}", x, y, (width, height), below=below)
        for at, (x, y, width, height, below) in enumerate(wanted)
    ]

    placed = list(place_names(names, taken).values())

    for at, rect in enumerate(placed):
        assert not any(rect.meets(other) for other in placed[at + 1 :])
        assert not any(rect.meets(one.rect) for one in joined)


@given(AT, AT, st.floats(10, 140), st.floats(10, 30))
def test_a_name_alone_is_never_left_out_and_stands_beside_its_point(x, y, width, height):
    [rect] = place_names([Name("a", x, y, (width, height))], Taken()).values()

    assert rect.x > x
    assert rect.y <= y <= rect.y + rect.height


def test_the_more_important_name_has_its_place_and_the_other_goes_elsewhere_or_nowhere():
    names = [Name(f"{at}", 100, 100, (60, 14), radius=10) for at in range(6)]

    placed = place_names(names, Taken())

    assert list(placed) == ["0", "1", "2", "3"]  # right, left, above, below
    assert placed["0"].x > 100
    assert placed["1"].x < 100


def test_things_are_met_across_the_squares_they_are_looked_for_by():
    taken = Taken()
    taken.add(Rect(0, 0, 500, 10))

    assert not taken.free(Rect(490, 5, 200, 200))
    assert not taken.free(Rect(501, 5, 5, 5)), "a gap stays free"
    assert taken.free(Rect(503, 5, 5, 5))
