from uuid import UUID, uuid4

import pytest

from desktop.actions import drafts
from sync.records.base import fields
from sync.records.issue import Issue
from tests.ui.at_work import given_desk  # noqa: F401
from tests.ui.desks import record, story
from ui.models import record_page
from ui.models.record_page import blank_page, draft_key, read_links, read_page


@pytest.fixture
def meetings(desk, monkeypatch):
    """Four meetings, the oldest first, of which two are offered."""
    monkeypatch.setattr(record_page, "MOST_LINKS", 2)
    return [
        str(record(desk, "meeting", story()["meeting"] | {"title": f"Кездесу {n}"}))
        for n in range(4)
    ]


def offered(links):
    return [id for id, _ in links["meeting"]]


def test_a_link_may_be_set_to_the_newest_records(desk, meetings):
    assert offered(read_links(desk, Issue)) == meetings[:1:-1]


def test_the_record_that_is_linked_is_among_them_however_old(desk, meetings):
    id = record(desk, "issue", story()["issues"][0] | {"meeting": meetings[0]})

    links = read_page(desk, "issue", id).links

    assert offered(links) == [*meetings[:1:-1], meetings[0]]
    assert links["meeting"][-1][1] == "Кездесу 0"


def test_so_is_one_that_was_chosen_and_not_saved_yet(desk, meetings):
    key = draft_key("issue", None)
    drafts.keep(desk, key, {"id": str(uuid4()), "values": {"meeting": meetings[1]}})

    assert offered(blank_page(desk, "issue", UUID(int=1)).links)[-1] == meetings[1]


def test_one_that_is_not_on_this_laptop_is_left_out(desk, meetings):
    gone = str(uuid4())
    row = {field.name: None for field in fields(Issue)} | {"meeting": gone, "conflicts": {}}

    assert offered(read_links(desk, Issue, row)) == meetings[:1:-1]


def test_so_is_what_is_no_id(desk, meetings):
    key = draft_key("issue", None)
    drafts.keep(desk, key, {"id": str(uuid4()), "values": {"meeting": "кездесу"}})

    assert offered(blank_page(desk, "issue", UUID(int=1)).links) == meetings[:1:-1]
