"""Bare records in what a person does: lists, search, exports, papers, reports, edits."""

from uuid import uuid4

import pytest
from sqlalchemy import delete

from desktop.actions import (
    attachments,
    consent,
    exchange,
    exporting,
    holdings,
    listing,
    records,
    review,
    whole,
)
from desktop.actions.listing import Wish
from desktop.holdings import paper
from desktop.profile import close_desk, open_desk
from sync.change import now
from sync.client.tables import Blob, Pending
from sync.errors import Offline, Refused, UserError
from sync.language import speak
from sync.records import KINDS
from sync.records.base import field_map
from tests.pages import decrypted
from tests.photos import picture
from tests.prepared import Prepared, opened
from tests.profiles import ISSUE, PASSWORD, line, new_profile
from tests.servers import change

PRIVATE = {
    "applicant": "Қожабек Сейіт",
    "phone": "87010000000",
    "consent_way": "signed",
    "consent_on": "2026-11-05",
}


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """The leader's laptop; one issue was closed 91 days ago, a second one is open."""
    made = Prepared(tmp_path_factory.mktemp("ready"))
    with made.going_on() as server:
        profile = new_profile(made.folder / "lea", server, "lea", "leader")
        desk = open_desk(profile, PASSWORD, http=line(server))
        exchange.exchange(desk)
        made.known = closed_issue(desk)
        for days in (0, 1, 91):
            server.service.clock.go(days=days)
            exchange.exchange(desk)
        close_desk(desk)
    return made


def closed_issue(desk):
    id = records.save(desk, "issue", {**ISSUE, **PRIVATE})[0].record
    records.save(
        desk, "step", {"done_on": "2026-11-06", "type": "note", "text": "Барып көрдік"}, parent=id
    )
    records.save(desk, "issue", {**ISSUE, "essence": "Жол бұзылған"})
    review.decide(desk, id, review.Decision.SEND)
    review.decide(desk, id, review.Decision.APPROVE)
    records.save(desk, "issue", {"state": "closed"}, id)
    return id


@pytest.fixture
def own_server(ready, tmp_path):
    with ready.begun(tmp_path) as server:
        yield server


@pytest.fixture
def desk(own_server, tmp_path):
    with opened(tmp_path / "lea", own_server) as desk:
        yield desk


@pytest.fixture
def ama(own_server):
    return own_server.laptop("aidana", "activist")


@pytest.fixture
def issue(ready):
    """The one that was closed 91 days ago."""
    return ready.known


def counted(desk):
    """What lists, today and reports count by."""
    names = ("category", "village", "received_on", "state", "outcome", "review", "due_on")
    rows = records.list_records(desk, "issue")
    return sorted(str([row[name] for name in names]) for row in rows), listing.read_listing(
        desk, "issue", Wish()
    ).counts


def test_it_is_bare_and_what_is_counted_is_as_it_was(desk, issue):
    assert whole.is_bare(desk, issue)
    row = records.show(desk, issue)
    assert (row["bare"], row["essence"], row["applicant"]) == (True, None, None)
    before = counted(desk)

    whole.bring(desk, issue)

    assert counted(desk) == before
    assert records.show(desk, issue)["essence"] == "Су жоқ"
    assert not whole.is_bare(desk, issue)


def test_no_word_of_it_is_left_in_the_file(desk, issue):
    words = "Барып көрдік".encode()
    with desk.store.begin() as session:  # answered edits go a month later, by the server's clock
        session.execute(delete(Pending).where(Pending.revision.is_not(None)))
    desk.store.forget(rewrite=False)
    assert words not in decrypted(desk.store.path, desk.store._key)

    whole.bring(desk, issue)
    desk.store.forget(rewrite=False)
    assert words in decrypted(desk.store.path, desk.store._key)


@pytest.mark.parametrize("gone", [0, 1])
def test_the_journal_that_still_has_them_is_emptied(desk, monkeypatch, gone):
    emptied = []
    monkeypatch.setattr(exchange.bare, "let_go", lambda *_: gone)
    monkeypatch.setattr(desk.store, "forget", lambda **how: emptied.append(how))

    exchange.exchange(desk)

    assert emptied == [{"rewrite": False}] * gone


def test_without_a_line_the_words_say_that_nothing_is_lost(desk, issue, monkeypatch):
    def cut(*_):
        raise Offline("cut")

    monkeypatch.setattr(desk.server, "exchange", cut)

    with pytest.raises(UserError, match="Nothing is lost"):
        whole.bring(desk, issue)

    assert records.show(desk, issue)["category"] == "housing"


def test_what_the_server_does_not_have_is_said(desk, issue):
    with desk.store.begin() as session:
        for kind in KINDS.values():
            for row in session.query(kind):
                row.revision = 0 if row.bare else row.revision

    with pytest.raises(UserError, match="has no words of this record"):
        whole.bring(desk, issue)


@pytest.mark.parametrize(
    "edit",
    [
        lambda desk, issue: records.save(desk, "issue", {"satisfied": True}, issue),
        lambda desk, issue: records.save(desk, "comment", {"text": "Рахмет"}, parent=issue),
        lambda desk, issue: records.remove(desk, "issue", issue),
        lambda desk, issue: review.decide(desk, issue, review.Decision.UNDO),
    ],
)
def test_it_is_edited_only_when_it_is_whole(desk, issue, edit):
    with pytest.raises(Refused, match="words of this record are on the server"):
        edit(desk, issue)
    assert exchange.state(desk).waiting == 0

    whole.bring(desk, issue)
    assert edit(desk, issue)


def test_a_part_is_edited_only_when_it_is_whole(desk, issue):
    [step] = records.parts(desk, "step", issue)

    with pytest.raises(Refused, match="words of this record are on the server"):
        records.remove(desk, "step", step["id"])


def test_search_says_how_many_were_not_searched(desk, issue):
    none = listing.read_listing(desk, "issue", Wish())
    some = listing.read_listing(desk, "issue", Wish(words="Су"))
    road = listing.read_listing(desk, "issue", Wish(words="жол"))
    tag = listing.read_listing(desk, "issue", Wish(words=records.show(desk, issue)["number"]))

    assert (none.unsearched, len(none.ids)) == (0, 2)
    assert (some.unsearched, len(some.ids)) == (1, 0)
    assert (road.unsearched, len(road.ids)) == (1, 1)
    assert (tag.unsearched, len(tag.ids)) == (0, 1)


def table(desk, path, **wanted):
    exporting.export(desk, exporting.Wanted("issue", **wanted), path)
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    from openpyxl import load_workbook

    book = load_workbook(path)
    return {row[0].value: row[1].value for row in book.worksheets[0] if row[0].value}


def test_a_table_names_what_is_not_here(desk, issue, tmp_path):
    cover = table(desk, tmp_path / "a.xlsx", personal=True, purpose="answer")
    rows = table(desk, tmp_path / "a.csv")

    assert cover["Not here"].startswith("1 row lacks words")
    assert all(name in cover["Not here"] for name in ("Essence", "Applicant", "Phone", "Consent"))
    assert rows.count("(on the server)") == 1


def test_a_table_without_bare_records_says_nothing_of_them(desk, issue, tmp_path):
    whole.bring(desk, issue)

    assert "Not here" not in table(desk, tmp_path / "a.xlsx")
    assert "(on the server)" not in table(desk, tmp_path / "a.csv")


def test_the_paper_counts_what_could_not_be_searched_and_finds_it_when_fetched(desk, issue):
    found = holdings.held_about(desk, "Қожабек Сейіт")
    said = paper.text(desk, found, now())
    assert (found.holdings, found.bare) == ((), 1)
    assert "1 more record may be about this person" in said

    whole.bring_every(desk)

    found = holdings.held_about(desk, "Қожабек Сейіт")
    assert ([one.id for one in found.holdings], found.bare) == ([issue], 0)
    assert "may be about this person" not in paper.text(desk, found, now())


def test_news_of_it_bring_the_whole(desk, issue, ama):
    ama.exchange()
    said = change("step", None, parent=issue, done_on="2026-11-07", type="note", text="Тағы")
    assert ama.exchange(said).accepted

    exchange.exchange(desk)

    assert whole.is_bare(
        desk, issue
    )  # a new part is written; the words beside it come when opened
    whole.bring(desk, issue)
    assert {row["text"] for row in records.parts(desk, "step", issue)} >= {"Барып көрдік"}


def test_one_that_was_erased_elsewhere_says_so_when_it_is_opened(desk, issue, own_server):
    with desk.store() as session:
        base = session.get(KINDS["issue"], issue).revision
    other = own_server.laptop("saule", "coordinator")
    other.exchange()
    assert other.exchange(change("issue", issue, base=base, erased="request")).accepted

    with pytest.raises(UserError, match="erased"):
        whole.bring(desk, issue)


def test_a_consent_that_is_not_here_is_not_said_to_be_none(desk, issue):
    with pytest.raises(Refused, match="words of this record are on the server"):
        consent.withdraw(desk, issue)

    whole.bring(desk, issue)
    assert consent.withdraw(desk, issue)


def test_news_that_come_while_one_is_opened_are_told(desk, issue, own_server):
    other = own_server.laptop("saule", "coordinator")
    other.exchange()
    new = change("issue", uuid4(), **ISSUE)
    assert other.exchange(new).accepted
    told = []

    whole.bring(desk, issue, lambda progress: told.extend(progress.changes))

    assert {new.record, issue} <= {one.record for one in told}


def test_a_fetch_of_all_that_brings_nothing_says_so(desk, issue, monkeypatch):
    monkeypatch.setattr(whole.engine, "sync_once", lambda *_: None)

    with pytest.raises(UserError, match="did not give: 1"):
        whole.bring_every(desk)


SHORT = {
    "address": "Абай көшесі, он екінші үй",
    "handed_to": "Қаржаубай ағайға",
    "incoming_number": "КІР-2026-77318",
}
CAPTION, NAME = "Қожабектің босағасы", "kozhabek_ui.png"


@pytest.fixture
def pictured(desk, own_server):
    """A closed issue with short texts and a photo, on the last day of its words → it and the photo."""
    id = records.save(desk, "issue", {**ISSUE, **PRIVATE, **SHORT})[0].record
    attachments.attach(desk, id, picture(), CAPTION, NAME)
    for decision in (review.Decision.SEND, review.Decision.APPROVE):
        review.decide(desk, id, decision)
    records.save(desk, "issue", {"state": "closed"}, id)
    for days in (0, 1, 89):
        own_server.service.clock.go(days=days)
        exchange.exchange(desk)
    [row] = attachments.attachments(desk, id)
    return id, row


def bytes_of(desk):
    with desk.store.begin() as session:  # answered edits go a month later, by the server's clock
        session.execute(delete(Pending).where(Pending.revision.is_not(None)))
    desk.store.forget(rewrite=False)
    return decrypted(desk.store.path, desk.store._key)


def test_no_short_text_and_no_small_picture_of_it_is_left_and_all_come_again(
    desk, pictured, own_server
):
    issue, row = pictured
    words = [*SHORT.values(), CAPTION, NAME.partition(".")[0]]
    found = bytes_of(desk)
    assert all(word.encode() in found for word in words)
    assert desk.photos.has(row["thumbnail"])

    own_server.service.clock.go(days=1)
    exchange.exchange(desk)

    found = bytes_of(desk)
    assert [word for word in words if word.encode() in found] == []
    assert not desk.photos.has(row["thumbnail"])
    assert not desk.photos.has(row["sha256"])
    assert attachments.picture(desk, row["sha256"]) is None

    whole.bring(desk, issue)

    [again] = attachments.attachments(desk, issue)
    assert (again["caption"], again["name"]) == (row["caption"], row["name"])
    assert all(records.show(desk, issue)[name] == said for name, said in SHORT.items())
    assert attachments.picture(desk, row["sha256"]) == desk.photos.read(row["thumbnail"])


def test_a_small_picture_that_the_server_lacks_is_sent_again_and_stays(
    desk, pictured, own_server, monkeypatch
):
    _, row = pictured
    plain = type(desk.server).lacking_blobs
    lost = [row["thumbnail"]]

    def lacking(server, sums):
        return sorted({*plain(server, sums), *(set(sums) & set(lost))})

    monkeypatch.setattr(type(desk.server), "lacking_blobs", lacking)
    with monkeypatch.context() as mutant:
        mutant.setattr(exchange.small_pictures, "let_go", lambda *_: 0)
        own_server.service.clock.go(days=1)
        exchange.exchange(desk)
    assert desk.photos.has(row["thumbnail"])  # without the look it stays, too
    own_server.service.clock.go(days=1)
    exchange.exchange(desk)
    assert desk.photos.has(row["thumbnail"])
    with desk.store() as session:
        assert session.get(Blob, row["thumbnail"]).here
    lost.clear()
    own_server.service.clock.go(days=1)
    exchange.exchange(desk)
    assert not desk.photos.has(row["thumbnail"])


def test_only_these_free_short_texts_stay():
    """Each is of lists that nobody could use without it, or names no person; a new one must say so."""
    free = {
        f"{kind}.{field.name}"
        for kind, record in KINDS.items()
        for field in field_map(record).values()
        if field.stays
    }
    assert free == {
        "meeting.title", "filled_form.title", "comment.about",
        "attachment.sha256", "attachment.media_type", "attachment.thumbnail",
        # of contracts, which are public
        "project.title", "project.client", "project.contractor", "project.contractor_bin",
        "project.contract_number", "project.supervisor", "payment.act",
        "publication.title", "publication.outlet", "work_plan.title", "week_plan.aim",
        "relocation_quota.place", "relocation_quota.act",  # of acts, which are public
        "member.name",  # of the team's own people, until they have left it for three years
    }  # fmt: skip
