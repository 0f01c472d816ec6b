"""Whatever is typed into a search is looked for, and does nothing else."""

import os

import pytest
from sqlalchemy import text

from desktop.actions import records
from desktop.actions.holdings import held_about
from desktop.actions.listing import Wish, read_listing
from desktop.index.keeping import catch_up
from sync.errors import UserError
from sync.folding import fold
from tests.sql_payloads import KNOWN, payloads
from tests.ui.desks import record

MANY = 10_000 if os.environ.get("DALA_SOAK") else 100
ESSENCES = ("Су жоқ", "Жол шұңқыр", "Шам жанбайды", *KNOWN[:6])


@pytest.fixture
def filled(desk):
    for essence in ESSENCES:
        record(desk, "issue", {"essence": essence})
    catch_up(desk.store)  # what a search would do first
    return desk


def contents(desk):
    """All that the tables of the file hold, but for nothing that a search may write."""
    with desk.store() as session:
        listed = text(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'word_index'"
        )
        names = session.scalars(listed).all()  # its words stand in tables of their own
        assert all(name.replace("_", "").isalnum() for name in names)
        return {name: session.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}


def said_by(row):
    """As the search sees it: every text of the record, folded."""
    return [fold(str(value)) for value in row.values() if isinstance(value, str)]


def test_a_search_finds_what_holds_its_words_and_no_other_row(filled):
    before = contents(filled)
    rows = {row["id"].hex: row for row in records.list_records(filled, "issue")}
    tried = 0
    for words in payloads(MANY):
        found = read_listing(filled, "issue", Wish("", words)).ids
        extra = [id for id in found if not _may_be_found(rows[id], words)]
        assert extra == [], words
        tried += 1
    assert tried == MANY
    assert contents(filled) == before


def _may_be_found(row, words):
    """The essence has each word, or another place may have it: a code's words, the tag, a day."""
    essence = fold(row["essence"])
    return all(
        fold(word) in essence or word in row["essence"] or not _strange(word)
        for word in words.split()
    )


def _strange(word):
    """Words that stand nowhere but in an essence: what is written in no label, place, tag or day."""
    return any(sign in word for sign in "'\"`\\;%[]^*?:@${}|=<>()#/\0")


def test_a_filter_of_no_known_name_shows_nothing(filled):
    before = contents(filled)
    for state in payloads(MANY // 4):
        if state.strip():
            assert list(read_listing(filled, "issue", Wish(state, "")).ids) == [], state
    assert contents(filled) == before


def test_a_person_is_looked_for_by_whatever_was_typed(filled):
    before = contents(filled)
    del before["fact"]  # there it is noted that somebody looked
    for words in payloads(MANY // 6):
        try:
            found = held_about(filled, words)
        except UserError:
            continue
        for one in found.holdings:
            [essence] = [row["essence"] for row in _rows(filled) if row["id"] == one.id]
            assert any(fold(word) in fold(essence) for word in words.split()) or one.named
    after = contents(filled)
    del after["fact"]
    assert after == before


def _rows(desk):
    return records.list_records(desk, "issue")


def test_it_is_kept_as_it_was_typed(filled):
    for words in KNOWN:
        if words.strip():
            id = record(filled, "issue", {"essence": words})
            [row] = [one for one in _rows(filled) if one["id"] == id]
            assert row["essence"] == words
