"""An export is known again by its id, and by the seconds of its moments."""

from datetime import datetime, timedelta
from random import Random

import pytest

from desktop.exports import marks
from desktop.exports.marks import fits, is_mark, mark_of, marks_in, new_mark, stamped

BEGUN = datetime(2026, 3, 2, 8, 15)  # noqa: DTZ001  # of the place


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """Ids by a seed: one sum in 1,024 fits by chance."""
    monkeypatch.setattr(marks.secrets, "choice", Random(2026).choice)


def moments(chance, count):
    return [BEGUN + timedelta(seconds=chance.randrange(200 * 86_400)) for _ in range(count)]


def test_an_id_is_found_in_any_text_and_a_slip_of_the_pen_is_not():
    mark = new_mark()
    other = ("0" if mark[0] != "0" else "1") + mark[1:]

    assert marks_in(f"Айгүл · 28.11.2026 · {mark}, {other}") == {mark}
    assert is_mark(mark)
    assert not is_mark(other)
    assert not marks_in(f"A{mark}")


def test_a_stamped_moment_keeps_its_minute():
    chance = Random(1)
    for at in moments(chance, 200):
        assert stamped(at, new_mark()).replace(second=0) == at.replace(second=0)


def test_any_order_of_half_of_the_rows_tells_the_id_100_times_of_100():
    chance = Random(2)
    for _ in range(100):
        mark = new_mark()
        rows = [stamped(at, mark) for at in moments(chance, 300)]

        assert mark_of(chance.sample(rows, 150)) == mark


def test_some_rows_of_another_export_do_not_hide_it():
    chance = Random(3)
    mark = new_mark()
    rows = [stamped(at, mark) for at in moments(chance, 500)]
    others = [stamped(at, new_mark()) for at in moments(chance, 20)]

    assert mark_of(rows + others) == mark


def test_few_rows_tell_some_letters_and_the_id_can_be_told_from_others_by_them():
    chance = Random(4)
    mark = new_mark()
    told = mark_of(stamped(at, mark) for at in moments(chance, 15))

    assert told is not None
    assert "?" in told
    assert fits(mark, told)
    assert not any(fits(new_mark(), told) for _ in range(1_000))


def test_moments_that_are_nobodys_tell_nothing():
    chance = Random(5)

    assert [mark_of(moments(chance, 400)) for _ in range(200)] == [None] * 200
    assert mark_of([]) is None


def test_one_moment_for_each_letter_is_an_id_only_where_the_sum_fits():
    chance, found = Random(7), 0
    for _ in range(200):
        mark = new_mark()
        rows = [stamped(at, mark) for at in moments(chance, 300)]
        wrong = [at.replace(second=at.second % 32 ^ 1) for at in rows]
        found += mark_of(wrong) is not None

    assert found <= 1


@pytest.mark.parametrize("off", [-400, 400])
def test_what_a_spreadsheet_rounds_is_still_read(off):
    chance = Random(6)
    mark = new_mark()
    rows = [stamped(at, mark) + timedelta(milliseconds=off) for at in moments(chance, 300)]

    assert mark_of(rows) == mark
