"""A day's exports of people's data are what work needs, and no harvest."""

from datetime import timedelta

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
from tests.guards import rewritten
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


def left(desk, count, ago, kind="issue"):
    """So many files without personal data left so long ago."""
    with desk.store.begin() as session:
        for number in range(count):
            note(session, Exported(id=f"{kind}{ago}{number}", at=now() - ago, kind=kind,
                                   format="csv", rows=1))  # fmt: skip


def test_after_thirty_files_within_an_hour_the_next_one_waits_and_is_told_until_when(
    desk, path, monkeypatch
):
    record(desk, "issue", ISSUE)
    left(desk, 1, timedelta(minutes=50))
    left(desk, limits.MOST_AN_HOUR - 2, timedelta(minutes=10))
    export(desk, Wanted("issue"), path)
    before = path.read_bytes()

    with pytest.raises(Refused, match="30 files left") as refused:
        export(desk, Wanted("issue"), path)

    oldest = exporting.exports(desk)[-1].at
    assert (oldest + limits.HOUR).astimezone().strftime("%H:%M:%S") in str(refused.value)
    assert path.read_bytes() == before
    later = oldest + limits.HOUR
    monkeypatch.setattr(exporting, "now", lambda: later)
    assert export(desk, Wanted("issue"), path).rows == 1


def test_papers_of_records_count_and_papers_for_a_person_do_not(desk, path):
    record(desk, "issue", ISSUE)
    left(desk, limits.MOST_AN_HOUR, timedelta(minutes=1), kind=HELD)
    export(desk, Wanted("issue"), path)
    left(desk, limits.MOST_AN_HOUR - 1, timedelta(minutes=1), kind="attachment")

    with pytest.raises(Refused, match="within an hour"):
        export(desk, Wanted("issue"), path)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("one.kind != HELD and ", ""),
        ("at - HOUR < one.at", "at - DAY < one.at"),
        (" <= at)", ")"),
        (">= MOST_AN_HOUR", "> MOST_AN_HOUR"),
        ("recent[-MOST_AN_HOUR]", "recent[-1]"),
    ],
)
def test_another_rule_of_the_hour_is_missed(words, others):
    at = now().replace(microsecond=0)

    def made(minutes, kind="issue"):
        moment = at - timedelta(minutes=minutes)
        return Exported(id="x", at=moment, kind=kind, format="csv", rows=1)

    hour = [made(50), *(made(1) for _ in range(limits.MOST_AN_HOUR - 1))]
    cases = [
        hour, hour[1:],
        [*hour[1:], made(1, HELD)], [*hour[1:], made(61)], [*hour[1:], made(-5)],
    ]  # fmt: skip

    def said():
        for case in cases:
            try:
                limits.check_rate(case, at)
            except Refused as refused:
                yield str(refused)
            else:
                yield ""

    right = list(said())
    assert [bool(one) for one in right] == [True, False, False, False, False]
    with rewritten(limits.check_rate, words, others).removed():
        assert list(said()) != right
