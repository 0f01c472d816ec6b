"""A training profile has no server, whatever is asked of it, and nothing of it stays."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
import requests

from desktop import training
from desktop.actions import (
    carry,
    exchange,
    exporting,
    exporting_all,
    figure_files,
    figure_papers,
    figures,
    papers,
    records,
    room,
)
from desktop.actions.figures import Question
from desktop.actions.seeding import seed
from desktop.actions.slip import make_slip
from desktop.figures.periods import Span, period_of
from desktop.folder import choose_profile, is_enrolled
from desktop.key_file import KeysDamaged
from desktop.keys import WrongPassword
from desktop.profile import bind_again, close_desk, open_desk, sign_in_again
from sync.client import outbox
from sync.client.nowhere import NOWHERE
from sync.errors import UserError
from sync.language import speak
from sync.person import REGION
from tests.documents import words_of
from tests.profiles import PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

DOORS = {
    "exchange": exchange.exchange,
    "letter": lambda desk: carry.write_letter(desk, Path("letter")),
    "delivery": lambda desk: carry.deliver(desk, [Path("letter")]),
    "reply": lambda desk: carry.take_reply(desk, Path("reply")),
    "open room": lambda desk: room.Room.host(None, desk, seconds=9),
    "room": lambda desk: room.join(desk, "127.0.0.1:9", "code"),
    "new code": lambda desk: bind_again(desk, "code", PASSWORD),
    "sign in": lambda desk: sign_in_again(desk, PASSWORD),
    "late edits": lambda desk: desk.server.late_edits(),
    "files": lambda desk: desk.server.get_part("0" * 64, 0),
}


@pytest.fixture
def profile(tmp_path):
    return choose_profile(tmp_path / "training")


@pytest.fixture
def desk(profile):
    desk = training.new_profile(profile, role="leader")
    yield desk
    close_desk(desk)


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    speak("kk")


@pytest.fixture(autouse=True)
def no_line(monkeypatch):
    """Whatever reaches for a network fails the test."""

    def send(*_, **__):
        raise AssertionError("asked for the network")

    monkeypatch.setattr(requests.Session, "request", send)
    monkeypatch.setattr("socket.create_connection", send)


@pytest.mark.parametrize("door", DOORS)
def test_no_door_leads_out_of_it(desk, door):
    records.save(desk, "visit", VISIT | {"village": "613635100"})

    with pytest.raises(UserError) as refused:
        DOORS[door](desk)

    assert refused.value.words() == UserError(NOWHERE).words()
    with desk.store() as session:
        assert outbox.count(session) == 1
        assert outbox.offered(session) == 0  # nor was it about to leave


def test_it_stays_one_when_it_is_opened_again_and_when_its_mark_is_gone(profile):
    close_desk(training.new_profile(profile))
    profile.training.unlink()

    desk = open_desk(profile, training.PASSWORD)

    assert desk.training
    with pytest.raises(UserError):
        exchange.exchange(desk)
    close_desk(desk)


def test_it_is_wiped_when_it_is_left(profile):
    desk = training.new_profile(profile, role="activist", district="615600000")
    seed(desk, 30)
    training.leave(profile, desk)

    assert [path.name for path in profile.folder.iterdir()] == []
    assert not is_enrolled(profile)
    training.leave(profile)  # once more is no harm


@pytest.mark.parametrize(
    ("name", "leave"),
    [("store", training.leave), ("store", training.clear), ("keys", training.clear)],
)
def test_a_damaged_one_is_wiped_too(profile, name, leave):
    close_desk(training.new_profile(profile))
    getattr(profile, name).write_bytes(b"{}" * 5000)

    leave(profile)

    assert not is_enrolled(profile)


def test_keys_that_cannot_be_read_are_nobodys_training(profile):
    close_desk(training.new_profile(profile))
    profile.keys.write_bytes(b"{}")
    with pytest.raises(KeysDamaged):
        training.leave(profile)
    assert is_enrolled(profile)


def test_a_folder_where_training_was_cut_short_may_become_somebodys(profile, server, monkeypatch):
    monkeypatch.undo()
    profile.training.write_bytes(b"")
    with keystore(MemoryKeyring()):
        new_profile(profile.folder, server, "real.one")
    assert not profile.training.exists()


def test_real_work_is_neither_taken_for_training_nor_wiped(tmp_path, server, monkeypatch):
    monkeypatch.undo()
    with keystore(MemoryKeyring()):
        real = new_profile(tmp_path / "real", server, "real.person")
        for act in (training.open_or_new, training.clear):
            with pytest.raises(UserError, match="real work"):
                act(real)
        real.training.write_bytes(b"")  # somebody put the mark beside it
        for act in (training.open_training, training.leave):
            with pytest.raises(WrongPassword):
                act(real)
        desk = open_desk(real, PASSWORD, http=line(server))
        with pytest.raises(UserError, match="only into a training"):
            seed(desk, 5)
        with pytest.raises(UserError):
            training.leave(real, desk)
        assert records.list_records(desk, "issue") == []
        close_desk(desk)


def test_who_trains_sees_a_district_or_the_region(tmp_path):
    region = training.new_profile(choose_profile(tmp_path / "a"))
    person = training.new_profile(choose_profile(tmp_path / "b"), role="leader")
    assert (region.person.district, person.person.district[:2]) == (REGION, "61")
    with pytest.raises(UserError, match="no district"):
        training.new_profile(choose_profile(tmp_path / "c"), role="activist", district="1")
    for desk in (region, person):
        close_desk(desk)


def test_whatever_leaves_training_says_so(desk, tmp_path):
    seed(desk, 12, kinds=["issue"], until=date(2026, 11, 29))
    [row, *_] = records.list_records(desk, "issue")
    question = Question("issues", period_of(Span.YEAR, date(2026, 11, 29)), "category", "")
    answer = figures.read_report(desk, question, date(2026, 11, 29))

    exporting.export(desk, exporting.Wanted("issue"), tmp_path / "list.json")
    exporting_all.export_all(desk, tmp_path / "all.zip")
    figure_files.export(desk, answer, tmp_path / "report.csv")
    figure_papers.export(desk, answer, tmp_path / "report.docx", lambda _: b"")
    papers.paper(desk, row["id"], papers.Asked("ru"), tmp_path / "card.docx", lambda _: b"")

    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        whole = archive.read("records/issue.json").decode()
    assert "Invented data of training" in (tmp_path / "list.json").read_text()
    assert "Invented data of training" in whole
    assert "Training" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    assert any("Учебный режим" in words for words in words_of(tmp_path / "card.docx"))
    assert any("Training" in words for words in words_of(tmp_path / "report.docx"))
    assert make_slip(desk, row, "en").title.startswith("Training")
