"""A day's exports of people's data are what work needs, and no harvest."""

import msgspec
import pytest

from desktop.actions import exporting
from desktop.actions.exporting import Wanted, export
from desktop.exports import limits
from sync.change import now
from sync.client.exported import note
from sync.errors import Refused
from sync.exports import HELD, Exported
from sync.language import speak
from tests.profiles import ISSUE
from tests.ui.desks import close, make_desk, record, seen_by


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "desk", "leader")
    yield made
    close(made)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out.csv"


def test_after_ten_files_with_personal_data_the_next_day_must_come(desk, path, monkeypatch):
    record(desk, "issue", ISSUE)
    wanted = Wanted("issue", personal=True, purpose="answer")
    for _ in range(limits.MOST_FILES):
        export(desk, wanted, path)
    before = path.read_bytes()

    with pytest.raises(Refused, match="Nothing was written"):
        export(desk, wanted, path)

    assert path.read_bytes() == before
    export(desk, Wanted("issue"), path)
    later = now() + limits.DAY
    monkeypatch.setattr(exporting, "now", lambda: later)
    export(desk, wanted, path)


def test_a_list_of_more_people_than_a_day_may_take_out_stays(desk, path, monkeypatch):
    monkeypatch.setitem(limits.MOST_ROWS, False, 5)
    for _ in range(3):
        record(desk, "issue", ISSUE)
    wanted = Wanted("issue", personal=True, purpose="answer")
    export(desk, Wanted("issue"), path)  # of these nobody counts, nor of papers for a person
    with desk.store.begin() as session:
        note(session, Exported(id="x", at=now(), kind=HELD, format="pdf", rows=9, personal=True))
    export(desk, wanted, path)

    with pytest.raises(Refused, match="3 have, and these are 3"):
        export(desk, wanted, path)

    assert export(desk, Wanted("issue"), path).rows == 3


def test_who_reads_the_whole_region_may_take_out_more(desk, path, monkeypatch):
    monkeypatch.setitem(limits.MOST_ROWS, False, 2)
    for _ in range(3):
        record(desk, "issue", ISSUE)

    wanted = Wanted("issue", personal=True, purpose="answer")

    assert export(seen_by(desk, "coordinator"), wanted, path).rows == 3


def test_a_paper_about_very_many_is_one_of_the_files(desk, path):
    with desk.store.begin() as session:
        for number in range(limits.MOST_FILES):
            paper = Exported(id=str(number), at=now(), kind=HELD, format="json", rows=21)
            note(session, msgspec.structs.replace(paper, personal=True))
    record(desk, "issue", ISSUE)

    with pytest.raises(Refused, match="files with personal data"):
        export(desk, Wanted("issue", personal=True, purpose="answer"), path)
