"""A tally tells sets of revisions apart, however they were added up."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from sync.tally import Tally, columns, read, tally

revisions = st.sets(st.integers(1, 2**31 - 1), max_size=40)


@given(revisions)
def test_a_database_reckons_as_we_do(held):
    engine = create_engine("sqlite://")
    table = Table("held", MetaData(), Column("revision", Integer))
    with engine.begin() as connection:
        table.create(connection)
        if held:
            connection.execute(insert(table), [{"revision": one} for one in held])
        row = connection.execute(select(*columns(table.c.revision))).one()
    engine.dispose()

    assert read(*row) == tally(*held)


@given(revisions, revisions)
def test_two_parts_add_up_to_the_whole(one, other):
    assert tally(*one) + tally(*(other - one)) == tally(*(one | other))


@given(revisions, st.data())
def test_one_number_more_less_or_changed_is_seen(held, data):
    other = data.draw(st.integers(1, 2**31 - 1).filter(lambda number: number not in held))
    assert tally(*held) != tally(*held, other)
    for left in sorted(held)[:1]:
        assert tally(*held) != tally(*(held - {left} | {other}))


def test_two_numbers_that_change_places_within_their_sum_are_seen():
    assert tally(1, 4) != tally(2, 3)
    assert tally() == Tally(0, 0, 0)
