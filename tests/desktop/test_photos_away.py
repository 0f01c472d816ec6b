"""Photos of what is done with leave a laptop after 90 days, and come again when they are opened."""

from io import BytesIO

import pytest
from PIL import Image

from desktop.actions import attachments, exchange, records, review, whole
from desktop.health import examine
from desktop.profile import close_desk, open_desk
from sync.change import encode
from sync.client import away
from sync.client.facts import forget
from sync.client.tables import Attention, Blob
from sync.errors import Offline, Refused, UserError
from sync.records import KINDS
from sync.server import tables
from tests.photos import document, picture
from tests.prepared import Prepared, opened
from tests.profiles import ISSUE, PASSWORD, VISIT, line, new_profile
from tests.servers import SOZAQ, change

MEETING = {"type": "dialogue", "title": "Жиын", "held_on": "2026-11-05", "village": "615647100"}
DECISION = {"text": "Жол", "responsible": "Әкім", "due_on": "2026-12-05"}


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A server, and Aidana's laptop that has exchanged once."""
    made = Prepared(tmp_path_factory.mktemp("ready"))
    with made.going_on() as server:
        desk = exchanged(server, new_profile(made.folder / "aidana", server))
        close_desk(desk)
    return made


@pytest.fixture
def own_server(ready, tmp_path):
    with ready.begun(tmp_path) as server:
        yield server


def exchanged(server, profile):
    desk = open_desk(profile, PASSWORD, http=line(server))
    exchange.exchange(desk)
    return desk


@pytest.fixture
def laptop(own_server, tmp_path):
    """Enrol somebody of the district, who has exchanged once."""
    desks = []

    def enrolled(login):
        desks.append(exchanged(own_server, new_profile(tmp_path / login, own_server, login)))
        return desks[-1]

    yield enrolled
    for desk in desks:
        close_desk(desk)


@pytest.fixture
def lea(own_server):
    return own_server.laptop("lea", "leader")


@pytest.fixture
def desk(own_server, tmp_path):
    with opened(tmp_path / "aidana", own_server) as desk:
        yield desk


@pytest.fixture
def days(own_server):
    """So many days go by for the server, and then the laptops exchange."""

    def go(count, *desks):
        own_server.service.clock.go(days=count)
        for desk in desks:
            exchange.exchange(desk)

    return go


def visited(desk, content):
    """A visit with one photo, sent for review → its id and the photo's row."""
    visit = records.save(desk, "visit", VISIT)[0].record
    attachments.attach(desk, visit, content)
    review.decide(desk, visit, review.Decision.SEND)
    exchange.exchange(desk)
    [row] = attachments.attachments(desk, visit)
    return visit, row


def said(lea, *edits):
    """The leader says this of records as they stand."""
    lea.exchange()
    base = lea.cursors[SOZAQ]
    for kind, record, fields in edits:
        asked = change(kind, record, base=base if record else 0, **fields)
        assert lea.exchange(asked).accepted


def approved(desk, lea, content):
    visit, row = visited(desk, content)
    said(lea, ("visit", visit, {"review": "approved"}))
    exchange.exchange(desk)
    return visit, row


def is_away(desk, row):
    return attachments.away(desk, [row["sha256"]]) == {row["sha256"]}


def test_after_90_days_neither_photo_nor_small_picture_is_here_and_opening_brings_the_photo(
    desk, lea, days
):
    _visit, row = approved(desk, lea, picture())
    days(1, desk)
    content = attachments.read(desk, row["sha256"])
    days(89, desk)
    assert attachments.read(desk, row["sha256"]) == content

    days(1, desk)
    assert attachments.read(desk, row["sha256"]) is None
    assert is_away(desk, row)
    assert attachments.picture(desk, row["sha256"]) is None
    assert not desk.photos.has(row["thumbnail"])
    assert exchange.state(desk).photos_coming == 0
    assert examine(desk).sound
    days(2, desk)
    assert attachments.read(desk, row["sha256"]) is None

    assert attachments.bring(desk, row["sha256"]) == content
    assert not is_away(desk, row)
    days(1, desk)
    days(89, desk)
    assert attachments.read(desk, row["sha256"]) == content
    days(1, desk)
    assert is_away(desk, row)


def test_a_paper_goes_too_and_a_picture_that_is_as_small_as_a_small_one(desk, lea, days):
    small = picture_of(40)
    _one, paper = approved(desk, lea, document("a"))
    two, tiny = approved(desk, lea, small)
    assert tiny["thumbnail"] is None
    days(1, desk), days(89, desk)
    assert attachments.picture(desk, tiny["sha256"])

    days(1, desk)
    assert (is_away(desk, paper), is_away(desk, tiny)) == (True, True)

    whole.bring(desk, two)
    days(1, desk)
    assert attachments.picture(desk, tiny["sha256"])


def test_a_picture_that_is_its_own_small_one_stays_while_its_record_has_its_words(
    desk, lea, days, monkeypatch
):
    monkeypatch.setattr(exchange.bare, "let_go", lambda *_: 0)
    _visit, tiny = approved(desk, lea, picture_of(40))

    days(1, desk), days(91, desk)

    assert attachments.picture(desk, tiny["sha256"])


@pytest.mark.parametrize("review", [None, "returned", "rejected"])
def test_only_what_was_decided_goes(desk, lea, days, review):
    visit, row = visited(desk, document("a"))
    if review:
        said(
            lea,
            ("comment", None, {"parent": visit, "about": "topic", "text": "Қайсысы?"}),
            ("visit", visit, {"review": review}),
        )

    days(1, desk), days(200, desk)

    assert is_away(desk, row) is (review == "rejected")


def test_a_word_about_the_record_begins_the_term_anew(desk, lea, days):
    visit, row = approved(desk, lea, document("a"))
    days(1, desk), days(80, desk)
    said(lea, ("comment", None, {"parent": visit, "text": "Рахмет"}))

    days(1, desk), days(89, desk)
    assert not is_away(desk, row)
    days(1, desk)
    assert is_away(desk, row)


def with_photo(desk, kind, values, decision=None):
    """A record that stands as if the server had it approved → its photo's row."""
    id = records.save(desk, kind, values)[0].record
    attachments.attach(desk, id, document("a"))
    part = decision and records.save(desk, "decision", decision, parent=id)[0].record
    exchange.exchange(desk)
    with desk.store.begin() as session:
        stood = session.get_one(KINDS[kind], id)
        stood.review = "approved"
        for name, value in values.items():
            if name == "state":
                stood.state = value
        if part:
            session.get_one(KINDS["decision"], part).state = decision["state"]
    [row] = attachments.attachments(desk, id)
    return row


@pytest.mark.parametrize(("state", "goes"), [("in_work", False), ("closed", True)])
def test_a_photo_of_an_issue_waits_until_it_is_closed(desk, days, state, goes):
    row = with_photo(desk, "issue", {**ISSUE, "state": state})

    days(1, desk), days(91, desk)

    assert is_away(desk, row) is goes


@pytest.mark.parametrize(("state", "goes"), [("open", False), ("done", True)])
def test_an_open_decision_keeps_the_photos_of_its_meeting(desk, days, state, goes):
    row = with_photo(desk, "meeting", MEETING, {**DECISION, "state": state})

    days(1, desk), days(91, desk)

    assert is_away(desk, row) is goes


def test_a_record_about_which_people_differ_keeps_its_photos(desk, lea, days):
    visit, row = approved(desk, lea, document("a"))
    with desk.store.begin() as session:
        session.get_one(KINDS["visit"], visit).conflicts = {"topic": [{"value": "other"}]}

    days(1, desk), days(91, desk)

    assert not is_away(desk, row)


def test_an_edit_that_waits_keeps_the_photo(own_server, desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    records.save(desk, "attachment", {"caption": "Құдық"}, row["id"])
    own_server.service.clock.go(days=95)

    gone = away.let_go(desk.store, desk.server, desk.photos, own_server.service.clock())

    assert gone == 0
    assert desk.photos.has(row["sha256"])


def test_a_photo_of_an_open_record_too_stays(desk, lea, days):
    content = document("a")
    _visit, row = approved(desk, lea, content)
    other, _row = visited(desk, content)

    days(1, desk), days(95, desk)

    assert not is_away(desk, row)
    said(lea, ("visit", other, {"review": "approved"}))
    days(1, desk), days(91, desk)
    assert is_away(desk, row)


def test_a_record_that_lives_again_has_its_photo_again(desk, lea, days):
    content = document("a")
    _visit, row = approved(desk, lea, content)
    days(1, desk), days(91, desk)
    assert is_away(desk, row)

    visited(desk, content)

    assert not is_away(desk, row)
    assert attachments.read(desk, row["sha256"]) == content


def test_a_colleagues_open_record_brings_the_photo_again(laptop, desk, lea, days):
    content = document("a")
    _visit, row = approved(desk, lea, content)
    days(1, desk), days(91, desk)
    assert is_away(desk, row)

    visited(laptop("bolat"), content)
    days(1, desk)

    assert attachments.read(desk, row["sha256"]) == content


def test_what_the_server_has_lost_is_sent_again_and_not_dropped(own_server, desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    with own_server.service.store.writing.begin() as session:
        session.delete(session.get_one(tables.Blob, row["sha256"]))

    own_server.service.clock.go(days=91)
    report = exchange.exchange(desk)

    assert report.photos_sent == 1
    assert not is_away(desk, row)
    assert attachments.read(desk, row["sha256"])


def test_what_a_virus_scanner_holds_goes_the_next_day(desk, lea, days, monkeypatch):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    with monkeypatch.context() as held:
        held.setattr(desk.photos.__class__, "drop", lambda *_: False)
        days(91, desk)
    assert not is_away(desk, row)

    days(1, desk)
    assert is_away(desk, row)
    assert not desk.photos.has(row["sha256"])


def test_a_new_laptop_takes_what_is_open_or_was_closed_of_late_and_nothing_older(
    laptop, desk, lea, days, own_server
):
    _visit, closed = approved(desk, lea, picture())
    _visit, still_open = visited(desk, document("b"))
    first = laptop("bolat")
    assert attachments.read(first, closed["sha256"])

    own_server.service.clock.go(days=400)
    second = laptop("dana")

    assert is_away(second, closed)
    assert attachments.picture(second, closed["sha256"])
    assert attachments.read(second, still_open["sha256"])
    content = attachments.read(first, closed["sha256"])
    assert attachments.bring(second, closed["sha256"]) == content


def test_the_days_count_from_when_the_server_has_the_photo(desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    with desk.store.begin() as session:
        session.get_one(Blob, row["sha256"]).there = False
    days(50, desk), days(1, desk), days(89, desk)
    assert not is_away(desk, row)

    days(1, desk)
    assert is_away(desk, row)


def unknown(session, visit, _photo):
    """A restored server has lost it."""
    session.get_one(KINDS["visit"], visit).revision = 0


def part_unknown(session, _visit, photo):
    session.get_one(KINDS["attachment"], photo).revision = 0


def refused(session, visit, _photo):
    told = change("visit", visit, people=5)
    held = {"change": told.id, "record": visit, "reason": "", "body": encode(told)}
    session.add(Attention(**held, since=told.at))


@pytest.mark.parametrize("apart", [unknown, part_unknown, refused])
def test_what_a_person_or_the_server_has_still_to_deal_with_keeps_its_photos(
    own_server, desk, lea, days, apart
):
    visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    with desk.store.begin() as session:
        apart(session, visit, row["id"])

    for _ in range(2):
        own_server.service.clock.go(days=91)
        away.let_go(desk.store, desk.server, desk.photos, own_server.service.clock())

    assert not is_away(desk, row)


def test_a_clock_of_the_server_that_goes_back_begins_the_days_anew(desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk), days(50, desk), days(-400, desk), days(89, desk)
    assert not is_away(desk, row)

    days(1, desk)
    assert is_away(desk, row)


def test_a_server_that_does_not_say_the_time_ends_nothing(desk):
    assert away.let_go(desk.store, desk.server, desk.photos, None) == 0


def test_where_there_is_no_line_the_person_is_told_that_nothing_is_lost(
    desk, lea, days, monkeypatch
):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk), days(91, desk)

    for error, words in (
        (Offline("no line"), "on the server alone"),
        (Refused("no"), "unchanged"),
    ):
        monkeypatch.setattr(desk.server.__class__, "get_part", raising(error))
        with pytest.raises(UserError) as told:
            attachments.bring(desk, row["sha256"])
        assert words in told.value.text
    assert is_away(desk, row)


def test_a_crash_between_the_bytes_and_the_row_is_put_right_by_the_next_look(desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    desk.photos.drop(row["sha256"])

    days(91, desk)

    assert is_away(desk, row)
    assert attachments.bring(desk, row["sha256"])


def test_a_damaged_photo_that_the_next_sync_is_to_bring_comes(desk, lea, days):
    _visit, row = approved(desk, lea, document("a"))
    days(1, desk)
    with desk.store.begin() as session:
        session.get_one(Blob, row["sha256"]).here = False
        forget(session, away.LOOKED)
    desk.photos.drop(row["sha256"])

    exchange.exchange(desk)

    assert attachments.read(desk, row["sha256"])


def picture_of(side):
    out = BytesIO()
    Image.new("RGB", (side, side), "steelblue").save(out, "PNG")
    return out.getvalue()


def raising(error):
    def raises(*_):
        raise error

    return raises
