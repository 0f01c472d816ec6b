"""Erasing on a laptop: nothing of it is left in the file, its journal, its copies or its photos."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from desktop.actions import attachments, drafts, erasure, exchange, records
from desktop.actions.edits import Edit
from desktop.photos import PhotoFolder
from desktop.profile import close_desk, open_desk
from desktop.store import Store
from desktop.tidying import tidy
from sync.change import Change, now
from sync.client import rows, scrub
from sync.erasure import TERM_ENDED, Stone, as_fields
from sync.errors import Refused, UserError
from sync.person import SERVER
from tests.pages import decrypted
from tests.profiles import ISSUE, PASSWORD, line
from tests.servers import SOZAQ

SECRET = "Гүлсім Ахметова"
OF_A_PERSON = ISSUE | {"essence": SECRET, "applicant": SECRET, "consent_way": "signed"}


@pytest.fixture(scope="module")
def picture():
    made = BytesIO()
    Image.effect_noise((1200, 800), 60).convert("RGB").save(made, "PNG")
    return made.getvalue()


def photos(desk):
    return {path.name for path in desk.photos._folder.iterdir()}


def bytes_of(desk):
    assert isinstance(desk.store, Store)
    return decrypted(desk.store.path, desk.store._key)


def issue_of_a_person(desk, picture=None):
    [change] = records.save(desk, "issue", OF_A_PERSON)
    records.save(desk, "comment", {"about": "essence", "text": SECRET}, parent=change.record)
    if picture:
        attachments.attach(desk, change.record, picture, SECRET)
    drafts.keep(desk, f"issue:{change.record}", {"values": {"essence": f"{SECRET} тағы"}})
    return change.record


def test_the_pages_are_read_as_they_lie_there(lea):
    issue_of_a_person(lea)

    assert SECRET.encode() in bytes_of(lea)


def test_nothing_is_left_in_the_file_its_journal_or_among_the_photos(lea, picture):
    issue = issue_of_a_person(lea, picture)

    [change] = erasure.erase(lea, issue, "request")

    assert change.fields == {"erased": "request"}
    assert SECRET.encode() not in bytes_of(lea)
    assert photos(lea) == set()
    assert exchange.state(lea).photos_waiting == 0
    assert records.list_records(lea, "issue") == []


def test_it_reaches_another_laptop_with_an_exchange(aidana, lea, picture):
    issue = issue_of_a_person(aidana, picture)
    exchange.exchange(aidana)
    exchange.exchange(lea)
    records.save(aidana, "issue", {"address": f"{SECRET}, 5"}, issue)
    assert len(photos(lea)) == 2

    erasure.erase(lea, issue, "request")
    exchange.exchange(lea)
    exchange.exchange(aidana)

    for desk in (aidana, lea):
        assert SECRET.encode() not in bytes_of(desk)
        assert photos(desk) == set()
    assert exchange.state(aidana).attention == 1


def test_copies_made_before_migrations_go_too(lea):
    issue = issue_of_a_person(lea)
    lea.store.copies.mkdir()
    lea.store.copy(lea.store.copies / "before-migration-20260101T000000-from-1.db")

    erasure.erase(lea, issue, "request")

    assert list(lea.store.copies.iterdir()) == []


def test_the_free_space_of_an_older_program_is_written_over_at_the_next_start(
    own_server, profile, lea
):
    issue = issue_of_a_person(lea)
    with lea.store.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("CREATE TABLE old (words)")
        connection.exec_driver_sql("INSERT INTO old VALUES (?)", (f"{SECRET} бұрын" * 999,))
        connection.exec_driver_sql("DELETE FROM old")
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    erasure.erase(lea, issue, "request")
    assert SECRET.encode() in bytes_of(lea)
    close_desk(lea)

    again = open_desk(profile, PASSWORD, http=line(own_server))

    assert SECRET.encode() not in bytes_of(again)
    with again.store() as session:
        assert not scrub.is_untidy(session)
    close_desk(again)


def test_a_photo_that_is_held_by_another_program_goes_the_next_time(lea, monkeypatch, picture):
    issue = issue_of_a_person(lea, picture)
    with monkeypatch.context() as held:
        held.setattr(PhotoFolder, "drop", lambda *_: False)
        erasure.erase(lea, issue, "request")
    assert len(photos(lea)) == 2

    tidy(lea)

    assert photos(lea) == set()


def test_a_photo_that_another_record_names_stays(lea, picture):
    issue = issue_of_a_person(lea, picture)
    [other] = records.save(lea, "issue", ISSUE)
    attachments.attach(lea, other.record, picture)

    erasure.erase(lea, issue, "request")

    [row] = attachments.attachments(lea, other.record)
    assert attachments.read(lea, row["sha256"]) is not None
    assert len(photos(lea)) == 2


def test_an_activist_may_not(aidana):
    issue = issue_of_a_person(aidana)

    with pytest.raises(Refused, match="Only a leader or a coordinator"):
        erasure.erase(aidana, issue, "request")

    assert records.show(aidana, issue)["essence"] == SECRET


def test_an_unknown_reason_is_refused(lea):
    issue = issue_of_a_person(lea)

    with pytest.raises(Refused, match="reasons"):
        erasure.erase(lea, issue, "because")

    assert records.show(lea, issue)["essence"] == SECRET


def test_who_asks_for_it_later_is_told_that_it_was_erased(lea):
    issue = issue_of_a_person(lea)
    erasure.erase(lea, issue, "consent_withdrawn")

    with pytest.raises(UserError, match=r"was erased on .*: Consent was withdrawn") as caught:
        records.show(lea, issue)
    assert SECRET not in str(caught.value)


def test_its_id_is_not_given_to_another_record(lea):
    issue = issue_of_a_person(lea)
    erasure.erase(lea, issue, "request")

    with pytest.raises(Refused):
        records.save(lea, "issue", ISSUE, issue)


def test_nobody_erases_by_an_edit(lea):
    issue = issue_of_a_person(lea)

    with pytest.raises(UserError):
        records.save_all(lea, [Edit("issue", {"erased": "request"}, issue)])

    assert records.show(lea, issue)["essence"] == SECRET


def ended(record, reason=TERM_ENDED, by=SERVER):
    """The news that this issue was erased."""
    fields = as_fields(Stone(reason=reason, by=by, at=now(), seal="5ea1"))
    return Change(kind="issue", record=record, district=SOZAQ, fields=fields, revision=9, by=by)


@pytest.mark.parametrize(
    ("reason", "by", "left"),
    [(TERM_ENDED, SERVER, 1), (TERM_ENDED, "eset", 0), ("request", SERVER, 0)],
)
def test_the_copies_stay_to_be_thinned_where_the_server_ended_a_term(
    lea, profile, own_server, picture, reason, by, left
):
    """Else each day's end of terms would leave every laptop without a copy."""
    issue = issue_of_a_person(lea, picture)
    lea.store.copies.mkdir()
    lea.store.copy(lea.store.copies / "before-migration-20260101T000000-from-1.db")
    with lea.store.begin() as session:
        rows.write(session, [ended(issue, reason, by)])
    tidy(lea)

    assert SECRET.encode() not in bytes_of(lea)
    assert photos(lea) == set()
    assert len(list(lea.store.copies.iterdir())) == left


def test_what_came_about_an_erased_record_or_its_part_is_not_written(lea):
    issue = issue_of_a_person(lea)
    with lea.store.begin() as session:
        rows.write(session, [ended(issue)])
    tidy(lea)
    part = Change(kind="comment", record=uuid4(), parent=issue, district=SOZAQ, revision=10,
                  fields={"about": "essence", "text": SECRET})  # fmt: skip
    again = Change(kind="issue", record=issue, district=SOZAQ, revision=8,
                   fields={"essence": SECRET})  # fmt: skip
    with lea.store.begin() as session:
        rows.write(session, [part, again])

    assert records.list_records(lea, "issue") == []
    assert SECRET.encode() not in bytes_of(lea)
