"""A paper of a record is saved outside: as it is, noted before it has its name, fetched if need be."""

import errno
import os

import pytest

from desktop.actions import attachments, exporting, records, saved_files
from desktop.actions.saved_files import proposed_name, save_file
from desktop.exports.limits import MOST_AN_HOUR
from sync.change import new_id
from sync.client import exported
from sync.client.tables import Blob
from sync.errors import Offline, Refused, UserError
from tests.ui.desks import record, story

PAPER = b"%PDF-1.7 " + "хаттама".encode()


@pytest.fixture
def paper(desk, tmp_path):
    """The attachment's row."""
    issue = record(desk, "issue", story()["issues"][0])
    path = tmp_path / "хаттама.pdf"
    path.write_bytes(PAPER)
    attachments.attach(desk, issue, path)
    [row] = attachments.attachments(desk, issue)
    return row


def lose(desk, row, *, away):
    """The file is not on this laptop."""
    with desk.store.begin() as session:
        blob = session.get_one(Blob, row["sha256"])
        blob.here, blob.there, blob.away = False, True, away
    desk.photos.drop(row["sha256"])


def test_it_is_written_as_it_is_and_noted(desk, paper, tmp_path):
    target = tmp_path / "out.pdf"

    noted = save_file(desk, paper["id"], target)

    assert target.read_bytes() == PAPER
    assert (noted.kind, noted.format, noted.rows, noted.personal) == (
        "attachment",
        "pdf",
        1,
        False,
    )
    assert exporting.exports(desk) == [noted]


def test_where_it_cannot_be_noted_nothing_leaves(desk, paper, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(exported, "note", full)

    with pytest.raises(UserError):
        save_file(desk, paper["id"], tmp_path / "out.pdf")

    assert [path.name for path in tmp_path.glob("out*")] == []


def test_one_that_is_on_the_server_alone_is_fetched(desk, paper, tmp_path, monkeypatch):
    lose(desk, paper, away=True)
    monkeypatch.setattr(desk.server, "get_part", lambda *_: (PAPER, len(PAPER)), raising=False)

    save_file(desk, paper["id"], tmp_path / "out.pdf")

    assert (tmp_path / "out.pdf").read_bytes() == PAPER


def test_without_a_line_it_is_said_that_nothing_is_lost(desk, paper, tmp_path, monkeypatch):
    lose(desk, paper, away=True)

    def cut(*_):
        raise Offline("cut")

    monkeypatch.setattr(desk.server, "get_part", cut, raising=False)

    with pytest.raises(UserError, match="Nothing is lost"):
        save_file(desk, paper["id"], tmp_path / "out.pdf")

    assert not (tmp_path / "out.pdf").exists()
    assert exporting.exports(desk) == []


def test_one_that_has_not_come_is_said_to_come(desk, paper, tmp_path):
    lose(desk, paper, away=False)

    with pytest.raises(UserError, match="has not come"):
        save_file(desk, paper["id"], tmp_path / "out.pdf")


def test_one_that_was_removed_is_saved_no_more(desk, paper, tmp_path):
    records.remove(desk, "attachment", paper["id"])

    with pytest.raises(UserError, match="no such file"):
        save_file(desk, paper["id"], tmp_path / "out.pdf")


@pytest.mark.parametrize("id", ["none", "another kind"])
def test_what_is_no_file_is_said(desk, paper, tmp_path, id):
    wrong = new_id() if id == "none" else paper["parent"]

    with pytest.raises(UserError, match="no such file"):
        save_file(desk, wrong, tmp_path / "out.pdf")


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("../../хаттама.pdf", "хаттама.pdf"), ("con.pdf", "_con.pdf"), ("", "dala"), (None, "dala")],
)
def test_its_own_name_is_proposed_and_leads_nowhere(name, proposed):
    assert proposed_name(name) == proposed


def test_pictures_are_shown_here_and_all_else_is_a_paper():
    assert not saved_files.is_paper("image/jpeg")
    assert saved_files.is_paper("application/pdf")
    assert saved_files.is_paper(None)


def test_after_thirty_files_within_an_hour_a_paper_stays(desk, paper, tmp_path):
    for number in range(MOST_AN_HOUR):
        save_file(desk, paper["id"], tmp_path / f"{number}.pdf")

    with pytest.raises(Refused):
        save_file(desk, paper["id"], tmp_path / "more.pdf")

    assert not (tmp_path / "more.pdf").exists()
    assert len(exporting.exports(desk)) == MOST_AN_HOUR
