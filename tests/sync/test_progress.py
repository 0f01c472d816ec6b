"""Numbers of interviews as laptops tell them, and their sums."""

from random import Random
from uuid import UUID, uuid4

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync.progress import Done, add_up, mark_of
from sync.quotas import Cell, read
from tests.servers import SOZAQ

CELLS = st.sampled_from(["", "615647000|60+|female", "615647000|60+|male", "615600000"])


@given(st.lists(CELLS, min_size=1))
def test_one_more_after_another_is_all_of_them(cells):
    done = Done(wave=UUID(int=1), district=SOZAQ)
    for cell in cells:
        done = done.and_one_more(cell)

    assert done.fits()
    assert done.answers == len(cells)
    assert done.cells == {cell: cells.count(cell) for cell in cells if cell}


@given(st.lists(st.lists(CELLS, min_size=1), max_size=6), st.randoms())
def test_sums_do_not_depend_on_who_told_first_and_lose_nothing(laptops, chance):
    wave, told = uuid4(), []
    for cells in laptops:
        done = Done(wave=wave, district=SOZAQ)
        for cell in cells:
            done = done.and_one_more(cell)
        told.append(done)
    mixed = list(told)
    Random(chance.random()).shuffle(mixed)

    assert add_up(told) == add_up(mixed)
    assert sum(one.answers for one in add_up(told)) == sum(map(len, laptops))


def test_what_is_told_of_a_laptop_names_neither_it_nor_its_person_nor_a_time():
    assert Done.__struct_fields__ == ("id", "wave", "district", "answers", "cells")
    ids = {Done(wave=UUID(int=1), district=SOZAQ).id for _ in range(3)}
    assert len(ids) == 3
    assert {one.version for one in ids} == {4}


def test_a_cell_of_any_design_can_be_told():
    design = read({"groups": ["/data/person/age=60+", "/data/person/school=a b c"]})
    cell = Cell(SOZAQ, tuple(groups[0] for groups in design.groups.values()))
    done = Done(wave=uuid4(), district=SOZAQ).and_one_more(cell.key)

    assert done.fits()
    assert msgspec.json.decode(msgspec.json.encode(done), type=Done) == done


def test_the_mark_does_not_depend_on_the_order_and_is_empty_for_nothing():
    assert mark_of([]) == ""
    assert mark_of(["a", "b"]) == mark_of(["b", "a"]) != mark_of(["a"])
