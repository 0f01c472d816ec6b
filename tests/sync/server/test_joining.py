"""What a newcomer is given at the server: a join file and a sheet, each with one code."""

import errno
import os
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from sync.errors import UserError
from sync.join import read_join
from sync.region_key import first
from sync.sealing import Keys
from sync.server import joining
from sync.server.__main__ import main
from sync.server.join_sheet import CODE, WIDTH, _font, _lines, _wrapped, draw_sheet
from sync.server.settings import read_settings
from sync.server.tables import Account, Code
from tests.servers import SOZAQ

ADDRESS = "https://dala.example.kz"
KEYS = Keys(b"7" * 32)
PASSWORD = "құпия сөз 1"


@pytest.fixture
def service(server):
    return replace(server.service, address=ADDRESS, region_keys=tuple(first(KEYS)))


@pytest.fixture
def login(server):
    server.account("aidana")
    return "aidana"


def hand_out(service, login, file=None, sheet=None):
    with service.store.writing.begin() as session:
        return joining.hand_out(session, service, login, file=file, sheet=sheet)


def codes(service):
    with service.store.reading() as session:
        return session.scalar(select(func.count()).select_from(Code))


def test_the_code_in_the_file_binds_a_laptop(server, service, login, tmp_path):
    path = tmp_path / "a.dala-join"
    told = hand_out(service, login, file=path)
    join = read_join(path.read_bytes(), path.name)

    assert (join.server, join.login, join.region_key) == (ADDRESS, login, KEYS.public)
    assert join.code not in str(told)
    assert join.until.isoformat() == told["until"]
    enrolled = server.transport().enrol(join.code, PASSWORD, "ноут")
    assert enrolled.person.id == login


def test_file_and_sheet_hold_the_same_code_which_is_good_once(service, login, tmp_path):
    before = codes(service)

    hand_out(service, login, file=tmp_path / "a.dala-join", sheet=tmp_path / "a.pdf")

    assert codes(service) == before + 1
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 1


@pytest.mark.skipif(os.name == "nt", reason="files have no modes there")
def test_only_who_made_the_file_may_read_it(service, login, tmp_path):
    hand_out(service, login, file=tmp_path / "a.dala-join")

    assert (tmp_path / "a.dala-join").stat().st_mode & 0o077 == 0


def test_a_file_that_is_there_stays_and_no_code_is_made(service, login, tmp_path):
    there, other = tmp_path / "a.pdf", tmp_path / "a.dala-join"
    there.write_bytes(b"somebody's")
    before = codes(service)

    with pytest.raises(UserError, match="it stays"):
        hand_out(service, login, file=other, sheet=there)

    assert there.read_bytes() == b"somebody's"
    assert not other.exists()
    assert codes(service) == before


@pytest.mark.parametrize(("login", "words"), [("nobody", "no open account"), ("", "no open")])
def test_nobody_gets_no_file(service, login, words, tmp_path):
    with pytest.raises(UserError, match=words):
        hand_out(service, login, file=tmp_path / "a.dala-join")

    assert list(tmp_path.glob("*.dala-join")) == []


def test_a_folder_that_is_not_there_is_named(service, login, tmp_path):
    with pytest.raises(UserError, match="cannot be written"):
        hand_out(service, login, file=tmp_path / "none" / "a.dala-join")


def test_a_full_disk_leaves_no_half_of_a_file(service, login, tmp_path, monkeypatch):
    before = codes(service)

    def full(handle, _):
        os.close(handle)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(joining.os, "fdopen", full)
    with pytest.raises(UserError, match="No space left"):
        hand_out(service, login, file=tmp_path / "a.dala-join")

    assert not (tmp_path / "a.dala-join").exists()
    assert codes(service) == before


def test_what_no_laptop_would_take_is_not_written(service, login, tmp_path):
    before = codes(service)

    with pytest.raises(UserError, match="No laptop would take"):
        hand_out(replace(service, authority="-"), login, file=tmp_path / "a.dala-join")

    assert not (tmp_path / "a.dala-join").exists()
    assert codes(service) == before


def test_a_server_that_does_not_know_its_address_says_which_setting_is_missing(
    server, login, tmp_path
):
    with pytest.raises(UserError, match="DALA_ADDRESS"):
        hand_out(server.service, login, file=tmp_path / "a.dala-join")


def test_a_name_with_signs_that_turn_it_around_is_written_without_them(
    server, service, login, tmp_path
):
    with service.store.writing.begin() as session:
        session.get_one(Account, login).name = "Айдана\u202e://Ерлан\u200bқызы"

    hand_out(service, login, file=tmp_path / "a.dala-join")

    read = read_join((tmp_path / "a.dala-join").read_bytes(), "a")
    assert read.name == "Айдана Ерлан қызы"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_sheet_is_one_page_that_holds_all_of_it(service, login, language):
    with service.store.writing.begin() as session:
        join = joining.invite(session, service, login, service.now())
    far = replace_address(join, "https://" + "very-long-name." * 10 + "kz")

    for one in (join, far):
        [page] = PdfReader(BytesIO(draw_sheet(one, language))).pages
        [image] = page.images
        lowest = image.image.convert("L").point(lambda dot: 255 - dot).getbbox()[3]
        assert lowest < image.image.height - 100
    words = [words for _, _, words in _lines(join, language)]
    assert {join.server, join.key, join.code.replace("-", " ")} <= set(words)


def test_no_line_of_the_sheet_is_wider_than_the_page():
    font = _font(CODE, bold=True)

    lines = _wrapped("https://" + "w" * 200 + " and words", font)

    assert all(font.getlength(line) <= WIDTH for line in lines)
    assert "".join(lines).replace(" ", "") == "https://" + "w" * 200 + "andwords"


def replace_address(join, address):
    import msgspec

    return msgspec.structs.replace(join, server=address)


@pytest.mark.parametrize(
    "wrong", ["http://dala.example.kz", "dala", "https://a@b.kz", "https://dala.example.kz?x"]
)
def test_an_address_that_no_laptop_takes_is_a_wrong_setting(wrong):
    with pytest.raises(UserError, match="DALA_ADDRESS"):
        read_settings({"DALA_ADDRESS": wrong})


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_is_a_wrong_setting(content, tmp_path, monkeypatch, capsys):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("DALA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DALA_AUTHORITY", str(path))

    assert main(["prepare"]) == 1
    assert "DALA_AUTHORITY" in capsys.readouterr().err


def test_the_command_writes_both_and_the_audit_does_not_hold_the_code(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DALA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DALA_ADDRESS", ADDRESS)
    main(["prepare"])
    main(["admin", "add-account", "a", "--role", "activist", "--district", SOZAQ])
    file, sheet = tmp_path / "a.dala-join", tmp_path / "a.pdf"

    done = main(["admin", "enrol-code", "a", "--file", str(file), "--sheet", str(sheet)])
    main(["admin", "audit"])

    assert done == 0
    code = read_join(file.read_bytes(), "a").code
    said = capsys.readouterr()
    assert code not in said.out + said.err
    assert sheet.read_bytes().startswith(b"%PDF")
