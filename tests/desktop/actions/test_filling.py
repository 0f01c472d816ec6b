"""While a form is filled in: what is kept of it, where, and that it goes when it must."""

from io import BytesIO

import pytest
from PIL import Image

import resources
from desktop.actions import consent, drafts, erasure, exchange, filled_forms, filling, records
from desktop.actions.attachments import attachments
from desktop.surveys.photo_answers import PhotoShelf
from sync.client import put_back
from sync.client.tables import answers_key
from sync.errors import UserError
from tests.desktop.actions.test_erasure_action import bytes_of
from tests.filled_forms import ABOUT, CONSENT, HOUSE, NAME, fill_in, publish
from tests.ui.desks import VILLAGE, record, seen_by

MORE = {"at": "/data/host/name", "language": "kk"}
OTHER = "Болат Серіков"


def begin(desk, **said):
    """A filling in of a record, kept in its midst with these answers."""
    id = fill_in(desk)
    begun = filling.begin(desk, id)
    answers = {**begun.answers, **{f"/data/{name}": value for name, value in said.items()}}
    filling.keep(desk, begun, answers, MORE)
    return id


def draft(desk, id):
    return drafts.recall(desk, answers_key("filled_form", id))


def test_what_is_kept_is_gone_on_with_and_then_saved(desk):
    id = begin(desk, **{"home/condition": "good"})

    again = filling.begin(desk, id)
    assert again.draft == MORE
    assert again.answers["/data/home/condition"] == "good"
    [change] = filling.leave(desk, id)

    assert change.fields["answers"]["/data/home/condition"] == "good"
    assert records.show(desk, id)["answers"]["/data/home/condition"] == "good"
    assert draft(desk, id) is None
    assert filling.leave(desk, id) == []


def test_what_did_not_change_is_no_edit(desk):
    id = begin(desk)

    assert filling.leave(desk, id) == []
    assert draft(desk, id) is None


def test_an_answer_that_cannot_be_saved_is_kept(desk):
    form = publish(desk)
    id = record(desk, "filled_form", {"form": str(form), "village": VILLAGE})
    begun = filling.begin(desk, id)
    answers = {"/data/keep_data": "yes", "/data/host/name": NAME}
    filling.keep(desk, begun, answers, MORE)

    with pytest.raises(UserError, match="by whose consent"):
        filling.leave(desk, id)

    assert draft(desk, id)["personal"] == {"/data/host/name": NAME}
    records.save(desk, "filled_form", CONSENT, id)
    filling.leave(desk, id)
    assert records.show(desk, id)["personal"]["/data/host/name"] == NAME


def test_an_edit_upon_what_was_seen_says_so(desk):
    """The server must find that somebody else changed the family meanwhile."""
    id = fill_in(desk)
    with desk.store.begin() as session:
        session.get(records.KINDS["filled_form"], id).revision = 5
    begun = filling.begin(desk, id)
    records.save(desk, "filled_form", {"answers": {"/data/member[1]/age": 50}}, id)
    with desk.store.begin() as session:
        session.get(records.KINDS["filled_form"], id).revision = 6

    [change] = filling.save(desk, begun, {**begun.answers, "/data/member[2]/age": "8"})

    assert change.base == 5
    assert change.was["personal"]["/data/member[1]/age"] == "41"


def with_photo(desk):
    """A record of a form that asks for a photo, and what is needed to fill it in."""
    xform = resources.text("forms", "household.xml")
    xform = xform.replace("<thanks/>", "<thanks/><roof/>").replace(
        '<bind nodeset="/data/thanks"',
        '<bind nodeset="/data/roof" type="binary"/><bind nodeset="/data/thanks"',
    )
    xform = xform.replace(
        '<input ref="/data/thanks">',
        '<upload mediatype="image/*" ref="/data/roof"><label>Шатыры</label></upload>'
        '<input ref="/data/thanks">',
    )
    values = {"name": "Үй аралау", "use": "named", "xform": xform}
    form = record(seen_by(desk, "coordinator"), "form", values)
    return filling.begin(desk, fill_in(desk, HOUSE, form))


def picture(shade):
    out = BytesIO()
    noise = Image.effect_noise((1200, 900), 80).convert("RGB")
    Image.blend(noise, Image.new("RGB", noise.size, shade), 0.3).save(out, "JPEG")
    return out.getvalue()


def test_a_photo_that_was_answered_is_a_file_of_the_record(desk):
    begun = with_photo(desk)
    value = PhotoShelf(desk).add(picture("grey"))

    filling.save(desk, begun, {**begun.answers, "/data/roof": value})

    [row] = attachments(desk, begun.id)
    assert value == f"{row['sha256']}.jpg"
    assert row["caption"] == "Шатыры"
    assert desk.photos.has(row["thumbnail"])
    found = filled_forms.read_filled(desk, records.show(desk, begun.id))
    assert {
        one.words for part in found.sections for one in part.questions if one.label == "Шатыры"
    } == {"Photo"}

    again = filling.begin(desk, begun.id)
    other = PhotoShelf(desk).add(picture("red"))
    filling.save(desk, again, {**again.answers, "/data/roof": other})
    [row] = attachments(desk, begun.id)
    assert other == f"{row['sha256']}.jpg"
    once_more = filling.begin(desk, begun.id)
    filling.save(desk, once_more, {**once_more.answers, "/data/topics": "work"})
    assert attachments(desk, begun.id) == [row]


def test_what_was_erased_is_not_kept_as_a_draft(desk, coordinator):
    id = begin(desk, **{"host/name": OTHER})

    erasure.erase(coordinator, id, "request")

    assert draft(desk, id) is None
    assert drafts.recall(desk, f"filled_form:{id}") is None


def test_what_was_saved_since_an_older_copy_is_no_draft(desk):
    """A file put back from a copy has the draft of then; the journal has what was saved."""
    id = begin(desk, **{"host/name": OTHER})
    change = records.save(desk, "filled_form", {"answers": {"/data/topics": "work"}}, id)

    with desk.store.begin() as session:
        put_back._drop_drafts(session, change)

    assert draft(desk, id) is None


def test_thirty_days_after_consent_ended_no_draft_names_anybody(lea, own_server):
    id = begin(lea, **{"host/name": OTHER})
    exchange.exchange(lea)
    consent.withdraw(lea, id)
    for days in (1, 31):
        own_server.service.clock.go(days=days)
        exchange.exchange(lea)

    kept = draft(lea, id)
    assert "personal" not in kept
    assert kept["answers"]["/data/home/condition"] == "dangerous"
    for name in (NAME, OTHER):
        assert name.encode() not in bytes_of(lea)


BEGUN_WITH = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:dala="urn:dala:form"><h:head><h:title>T</h:title><model><instance><data id="begun">'
    '<rooms>2</rooms><yard/></data></instance><bind nodeset="/data/rooms" type="int"'
    ' dala:personal="no"/><bind nodeset="/data/yard" type="string" dala:personal="no"/></model>'
    '</h:head><h:body><input ref="/data/rooms"/><input ref="/data/yard"/></h:body></h:html>'
)


def test_an_answer_of_the_form_that_somebody_took_away_stays_away(desk):
    values = {"name": "Үй", "use": "named", "xform": BEGUN_WITH}
    form = record(seen_by(desk, "coordinator"), "form", values)
    id = record(desk, "filled_form", {"form": str(form), **ABOUT, **CONSENT})
    begun = filling.begin(desk, id)
    filling.keep(desk, begun, {"/data/rooms": "", "/data/yard": "бар"}, MORE)
    filling.leave(desk, id)
    assert records.show(desk, id)["answers"] == {"/data/yard": "бар"}

    records.save(desk, "filled_form", {"answers": {"/data/yard": "жоқ"}}, id)

    assert records.show(desk, id)["answers"] == {"/data/yard": "жоқ"}


BEGUN_LATER = BEGUN_WITH.replace('type="int"', 'type="int" relevant="/data/yard = \'бар\'"')


def test_what_was_taken_away_as_soon_as_it_was_asked_is_said_once(desk):
    values = {"name": "Үй", "use": "named", "xform": BEGUN_LATER}
    form = record(seen_by(desk, "coordinator"), "form", values)
    id = record(desk, "filled_form", {"form": str(form), **ABOUT, **CONSENT})
    filling.keep(desk, filling.begin(desk, id), {"/data/rooms": "", "/data/yard": "бар"}, MORE)

    filling.leave(desk, id)
    assert records.show(desk, id)["answers"] == {"/data/yard": "бар"}

    filling.keep(desk, filling.begin(desk, id), {"/data/rooms": "", "/data/yard": "бар"}, MORE)
    assert filling.leave(desk, id) == []
