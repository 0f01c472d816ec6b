"""What is held about a person: found wherever it lies, told to them, erased where it is about them."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.actions import (
    attachments,
    bulk,
    drafts,
    exchange,
    exporting,
    phrases,
    records,
    views,
)
from desktop.actions.holdings import erasable, erase_held, held_about
from desktop.actions.listing import ALL, Wish
from desktop.export_commands import export_words
from desktop.holdings import handing, paper, reach
from desktop.holdings.findings import Stale
from desktop.holdings.looking import KEPT_FOR_ONESELF
from desktop.holdings.whom import Named, whom
from desktop.store import Store
from sync.client import earlier, exported
from sync.client.tables import Attention
from sync.errors import Refused, UserError
from sync.language import speak
from sync.records.issue import Issue
from tests.pages import decrypted
from tests.profiles import ISSUE

NAME, OTHER = "Гүлсім Ахметова", "Болат Сейітов"
CONSENT = {"consent_way": "signed", "consent_on": "2026-11-05"}
HERS = ISSUE | {"applicant": NAME, "phone": "8 701 123 45 67"} | CONSENT
NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


def picture():
    made = BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(made, "PNG")
    return made.getvalue()


def saved(desk, kind, values, parent=None):
    [change] = records.save(desk, kind, values, parent=parent)
    return change.record


def ids(found):
    return {one.id for one in found.holdings}


@pytest.mark.parametrize(
    "typed",
    ["Гүлсім Ахметова", "ахметова гүлсім", "Гулсим", "ГYЛCIM", "+7 701 123-45-67", "87011234567"],
)
def test_a_person_is_found_as_people_write_them(lea, typed):
    hers, his = (
        saved(lea, "issue", HERS),
        saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER}),
    )

    found = held_about(lea, typed)

    assert ids(found) == {hers}
    assert his not in ids(found)


def test_too_little_to_search_by_is_told_in_words(lea):
    for typed in ("", "  ", "Ая", "\0"):
        with pytest.raises(UserError, match="name, or the whole phone"):
            held_about(lea, typed)


def test_texts_parts_photos_drafts_and_what_waits_are_looked_through(lea):
    in_text = saved(lea, "issue", ISSUE | {"essence": f"Сусыз отыр: {NAME}"})
    in_part = saved(lea, "issue", ISSUE)
    saved(lea, "comment", {"about": "essence", "text": f"{NAME}мен сөйлестім"}, in_part)
    by_photo = saved(lea, "issue", ISSUE)
    attachments.attach(lea, by_photo, picture(), f"{NAME}.png")
    drafts.keep(lea, "issue:new", {"values": {"essence": f"{NAME} тағы"}})
    no_more = saved(lea, "issue", HERS)
    exchange.exchange(lea)  # sent edits are kept for a month
    records.save(lea, "issue", {"applicant": OTHER}, no_more)
    removed = saved(lea, "visit", {"village": "615647100", "visited_on": "2026-11-05",
                                   "topic": "survey", "people": 4, "outcome": NAME})  # fmt: skip
    records.remove(lea, "visit", removed)

    found = held_about(lea, NAME)

    assert ids(found) == {in_text, in_part, by_photo, no_more, removed}
    assert [one.removed for one in found.holdings if one.id == removed] == [True]
    [loose] = found.loose
    assert f"{NAME} тағы" in loose.words


def test_a_record_is_about_who_stands_in_a_private_field_and_else_only_names_them(lea):
    hers = saved(lea, "issue", HERS)
    named = saved(
        lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "essence": f"Жол жоқ\n{NAME} айтты"}
    )

    found = {one.id: one for one in held_about(lea, NAME).holdings}

    assert found[hers].about
    assert found[hers].erasable == (hers,)
    assert not found[named].about
    assert found[named].erasable == ()
    told = paper.text(lea, held_about(lea, NAME).only([named]), NOW)
    assert f"{NAME} айтты" in told
    assert OTHER not in told  # whose record it is
    assert "Жол жоқ" not in told  # nor what is said of others


def test_the_paper_says_what_why_how_long_by_what_right_and_what_it_does_not_reach(lea):
    hers = saved(lea, "issue", HERS)
    attachments.attach(lea, hers, picture(), "паспорт.png")

    told = paper.text(lea, held_about(lea, NAME).only([hers]), NOW)

    for words in (
        *("Гүлсім Ахметова", "Phone: ", "To tell the applicant the answer", "3 years after"),
        *("Consent: ", "паспорт.png", "not synced yet", "Made by Lea", "operative group"),
    ):
        assert words in told, words
    for language, words in (("kk", "туралы не сақталады"), ("ru", "Что хранится")):
        speak(language)
        assert words in paper.text(lea, held_about(lea, NAME), NOW)
    speak("en")


def test_the_paper_is_a_text_a_document_or_both_with_the_photos(lea, tmp_path):
    hers = saved(lea, "issue", HERS)
    attachments.attach(lea, hers, picture(), "../қайда.png")
    found = held_about(lea, NAME)

    for ending in handing.ENDINGS:
        handing.write(lea, found, tmp_path / f"her{ending}")

    said = (tmp_path / "her.txt").read_text("utf-8")
    assert NAME in said
    assert "on the server alone" not in said
    assert json.loads((tmp_path / "her.json").read_text("utf-8"))["about"] == NAME
    with zipfile.ZipFile(tmp_path / "her.zip") as archive:
        names = archive.namelist()
        assert {"dala.txt", "dala.json"} < set(names)
        [photo] = [name for name in names if name.startswith("photos/")]
        assert ".." not in photo
        assert len(archive.read(photo)) > 1_000
    with pytest.raises(UserError, match=r"\.txt, \.json or \.zip"):
        handing.write(lea, found, tmp_path / "her.exe")
    with pytest.raises(UserError, match="could not be written"):
        handing.write(lea, found, tmp_path / "nowhere" / "her.txt")
    lea.photos.drop(found.holdings[0].photos[0].sha256)
    handing.write(lea, found, tmp_path / "her.txt")
    assert "1 photo or file that is named here is on the server alone" in (
        tmp_path / "her.txt"
    ).read_text("utf-8")


def test_what_was_chosen_is_erased_here_and_everywhere_and_a_namesake_stays(lea, aidana):
    hers, namesake = saved(aidana, "issue", HERS), saved(aidana, "issue", HERS | {"phone": ""})
    exchange.exchange(aidana)
    exchange.exchange(lea)
    found = held_about(lea, NAME)
    assert ids(found) == {hers, namesake}

    [gone] = erase_held(lea, found, [hers], "request")
    exchange.exchange(lea)
    exchange.exchange(aidana)

    assert gone.record == hers
    for desk in (lea, aidana):
        assert ids(held_about(desk, NAME)) == {namesake}
        assert b"7011234567" not in bytes_of(desk)


def bytes_of(desk):
    assert isinstance(desk.store, Store)
    return decrypted(desk.store.path, desk.store._key)


def test_nothing_is_erased_on_a_name_alone_nor_what_only_names_them(lea):
    named = saved(lea, "issue", ISSUE | {"essence": f"{NAME} айтты"})
    found = held_about(lea, NAME)

    for chosen, words in (
        ([], "among others"),
        ([named], "among others"),
        ([uuid4()], "does not"),
    ):
        with pytest.raises(Refused, match=words):
            erase_held(lea, found, chosen, "request")
    assert ids(held_about(lea, NAME)) == {named}


def test_who_may_not_erase_is_told_so_and_nothing_goes(aidana):
    first, second = saved(aidana, "issue", HERS), saved(aidana, "issue", HERS)
    found = held_about(aidana, NAME)

    assert not any(erasable(aidana, one) for one in found.holdings)
    with pytest.raises(Refused):
        erase_held(aidana, found, [first, second], "request")
    assert ids(held_about(aidana, NAME)) == {first, second}


def test_who_may_is_shown_that_they_may(lea):
    saved(lea, "issue", HERS)

    assert all(erasable(lea, one) for one in held_about(lea, NAME).holdings)


def test_what_was_anothers_before_is_not_told_to_whose_it_is_now(lea):
    one = saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "phone": "8 702 555 66 77"})
    exchange.exchange(lea)  # sent edits are kept for a month
    records.save(lea, "issue", {"applicant": NAME, "phone": "8 701 123 45 67"}, one)

    told = paper.text(lea, held_about(lea, NAME).only([one]), NOW)

    assert told.count("701 123 45 67") == 2  # as it stands, and as it was written
    assert OTHER not in told
    assert "555" not in told


def test_a_rival_value_that_names_somebody_else_is_theirs(lea):
    one = saved(lea, "issue", HERS)
    with lea.store.begin() as session:
        session.get_one(Issue, one).conflicts = {
            "applicant": [{"value": OTHER}],
            "address": [{"value": "Абай көшесі 5"}],
        }

    told = paper.text(lea, held_about(lea, NAME).only([one]), NOW)

    assert OTHER not in told
    assert "Абай көшесі 5" in told


def test_who_stands_in_a_rival_value_alone_is_told_that_line_and_nothing_of_the_other(lea):
    one = saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER, "phone": "8 702 555 66 77"})
    with lea.store.begin() as session:
        session.get_one(Issue, one).conflicts = {"applicant": [{"value": NAME}]}

    [holding] = held_about(lea, NAME).holdings

    told = paper.text(lea, held_about(lea, NAME), NOW)
    assert (holding.id, holding.about) == (one, False)
    assert f"Applicant: {NAME}" in told
    assert OTHER not in told
    assert "555" not in told


def test_of_what_belongs_to_no_record_only_the_lines_are_told_that_name_them(lea):
    typed = {"essence": f"{OTHER} айтты\n{NAME} естіді\nСу жоқ"}
    drafts.keep(lea, "issue:new", {"values": typed})

    [loose] = held_about(lea, NAME).loose

    assert loose.words == f"{NAME} естіді"


def test_what_one_keeps_for_oneself_is_not_called_unsaved(lea):
    phrases.keep_own(lea, [f"Өтініш: {NAME}"])
    views.keep_views(lea, "issue", [views.View("Бақылауда", Wish(ALL, NAME))])
    bulk.save(lea, "issue", "Қайтару", bulk.Wish(comment=NAME))

    found = {loose.words: loose.what for loose in held_about(lea, NAME).loose}

    assert found == {f"Өтініш: {NAME}": KEPT_FOR_ONESELF, NAME: KEPT_FOR_ONESELF}


def test_a_name_on_two_lines_brings_no_others_with_it():
    assert whom(NAME).lines_of(f"{OTHER}\nГүлсім\nАхметова\nСу жоқ") == "Гүлсім\nАхметова"
    assert whom(NAME).lines_of(f"{OTHER}\nСу жоқ") == ""


def test_a_piece_of_a_longer_number_is_no_phone():
    phone = whom("+7 701 123 45 67")

    for text in ("8 (701) 123-45-67", "77011234567", "+7701 1234567", "тел. 7011234567."):
        assert phone.named_in(text), text
    for text in ("97701123456 7", "1234567011234567", "70112345678"):
        assert not phone.named_in(text), text


@given(st.text(max_size=200), st.sampled_from([NAME, "87011234567", "Li Wang", "abc.d(e"]))
def test_any_text_is_looked_through_without_a_fault(text, typed):
    person = whom(typed)

    assert person.named_in(text) in Named
    assert person.named_in(f"{text} {NAME} 8 (701) 123-45-67 Li Wang, abc.d(e {text}") > Named.NOT


def test_a_name_and_a_phone_find_either_and_whoever_has_both_comes_first(lea, aidana):
    by_name = saved(aidana, "issue", ISSUE | CONSENT | {"applicant": NAME})
    both = saved(aidana, "issue", HERS)
    by_phone = saved(
        aidana, "issue", ISSUE | CONSENT | {"applicant": OTHER, "phone": "8 701 123 45 67"}
    )
    saved(aidana, "issue", ISSUE | CONSENT | {"applicant": OTHER})
    exchange.exchange(aidana)
    exchange.exchange(lea)  # who wrote none of them: edits would be found, too

    found = held_about(lea, "ахметова", "8 (701) 123-45-67")

    assert found.holdings[0].id == both
    assert ids(found) == {both, by_name, by_phone}
    assert [one.agreeing for one in found.holdings] == [2, 1, 1]
    assert ids(held_about(lea, "", "+7 701 123 45 67")) == {both, by_phone}


def test_a_phone_that_is_none_is_told_in_words_and_nothing_is_looked_for(lea):
    with pytest.raises(UserError, match="phone number as"):
        held_about(lea, NAME, "12")
    with pytest.raises(UserError, match="name, or the whole phone"):
        held_about(lea, "", " - ")
    assert for_server(lea) == []


def for_server(desk):
    with desk.store() as session:
        return exported.for_server(session)


def test_a_look_and_a_paper_are_noted_without_whom_they_were_about(lea, tmp_path):
    hers = saved(lea, "issue", HERS)
    saved(lea, "issue", HERS | {"phone": ""})

    found = held_about(lea, NAME, "87011234567")
    handing.write(lea, found.only([hers]), tmp_path / "her.json")

    look, made = for_server(lea)
    assert (look.looked, look.kind, look.rows, look.state) == (True, "held", 2, "both")
    assert (made.looked, made.format, made.rows, made.purpose) == (False, "json", 1, "own_data")
    for one in (look, made):
        told = json.dumps(msgspec.to_builtins(one), ensure_ascii=False)
        assert not any(word in told for word in ("Гүлсім", "Ахметова", "гулсим", "7011234567"))
    assert json.loads((tmp_path / "her.json").read_text("utf-8"))["note"] == made.id
    assert [one.id for one in exporting.exports(lea)] == [made.id]  # a look is no file
    assert "held about" in export_words(made)


def test_a_look_is_not_told_where_it_cannot_be_noted_nor_is_a_paper_left(
    lea, tmp_path, monkeypatch
):
    hers = saved(lea, "issue", HERS)
    found = held_about(lea, NAME).only([hers])

    def full(*_):
        raise UserError("full")

    monkeypatch.setattr(exported, "note", full)

    with pytest.raises(UserError, match="full"):
        held_about(lea, NAME)
    with pytest.raises(UserError, match="full"):
        handing.write(lea, found, tmp_path / "her.txt")
    assert list(tmp_path.glob("her*")) == []


def test_the_paper_names_since_when_each_record_is_kept_and_its_consent(lea):
    saved(lea, "issue", HERS)

    told = paper.text(lea, held_about(lea, NAME), NOW)

    assert f"Kept since {datetime.now().astimezone():%d.%m.%Y}" in told
    assert "05.11.2026" in next(line for line in told.splitlines() if "Consent: " in line)


def test_without_a_window_a_pdf_is_refused_in_words(lea, tmp_path):
    saved(lea, "issue", HERS)

    with pytest.raises(UserError, match="window makes the PDF"):
        handing.write(lea, held_about(lea, NAME), tmp_path / "her.pdf")
    assert list(tmp_path.glob("her*")) == []


def test_before_an_erasure_it_is_counted_what_goes_with_parts_and_photos(lea):
    hers, other = saved(lea, "issue", HERS), saved(lea, "issue", HERS)
    saved(lea, "comment", {"about": "essence", "text": "Барып көрдік"}, hers)
    for name in ("а.png", "ә.png"):
        attachments.attach(lea, hers, picture(), name)
    found = held_about(lea, NAME)

    assert reach.going(found, [hers]) == "Attachment: 2 · Issue: 1 · Comment: 1"
    assert reach.going(found, [hers, other]) == "Issue: 2 · Attachment: 2 · Comment: 1"


def test_what_a_record_about_others_says_of_the_person_does_not_count_as_going(lea):
    named = saved(lea, "issue", ISSUE | {"essence": f"{NAME} айтты"})
    attachments.attach(lea, named, picture(), "а.png")

    assert reach.going(held_about(lea, NAME), [named]) == ""


def test_whoever_may_not_erase_is_told_whom_to_ask(aidana, lea):
    saved(aidana, "issue", HERS)
    saved(lea, "issue", HERS)
    [holding] = held_about(aidana, NAME).holdings
    elsewhere = replace(holding, district="616000000")

    assert "leader of your group or the coordinator" in reach.advice(aidana, holding)
    assert "Ask the coordinator of the region" in reach.advice(aidana, elsewhere)
    assert "Ask the coordinator of the region" in reach.advice(lea, elsewhere)
    assert reach.advice(lea, held_about(lea, NAME).holdings[0]) == ""


def test_where_only_an_old_value_names_them_it_is_said_what_reaches_it(lea):
    rival = saved(lea, "issue", ISSUE | CONSENT | {"applicant": OTHER})
    with lea.store.begin() as session:
        session.get_one(Issue, rival).conflicts = {"applicant": [{"value": NAME}]}
    earlier = saved(lea, "issue", HERS)
    exchange.exchange(lea)
    records.save(lea, "issue", {"applicant": OTHER, "phone": ""}, earlier)
    text = saved(lea, "issue", ISSUE | {"essence": f"{NAME} айтты"})

    found = {one.id: one for one in held_about(lea, NAME).holdings}

    said = {id: reach.advice(lea, one) for id, one in found.items()}
    assert {id: one.stale for id, one in found.items()} == {
        rival: {Stale.RIVAL},
        earlier: {Stale.EARLIER},
        text: frozenset(),
    }
    assert "second value" in said[rival]
    assert "earlier edit" in said[earlier]
    assert "change its text" in said[text]
    for id in (rival, earlier):
        assert "server's history keeps it" in said[id]
        assert "change its text" not in said[id]


def test_what_stood_before_others_changed_it_is_looked_through_too(lea):
    about = saved(lea, "issue", ISSUE)
    [change] = records.save(lea, "issue", {"state": "in_work"}, about)
    with lea.store.begin() as session:
        stood = earlier._row(change, "somebody", {"essence": f"{NAME} айтты"})
        session.execute(earlier.PUT, [stood])

    [holding] = held_about(lea, NAME).holdings

    assert (holding.id, holding.stale) == (about, {Stale.EARLIER})


def test_an_edit_that_was_refused_is_said_to_be_let_go(lea):
    [made] = records.save(lea, "issue", ISSUE)
    refused = msgspec.structs.replace(made, id=uuid4(), fields={"essence": f"{NAME} айтты"})
    body = msgspec.json.encode(refused)
    with lea.store.begin() as session:
        session.add(
            Attention(change=refused.id, record=made.record, reason="", body=body, since=NOW)
        )

    [holding] = held_about(lea, NAME).holdings

    assert holding.stale == {Stale.REFUSED}
    assert "refused" in reach.advice(lea, holding)


def test_of_a_meeting_a_question_goes_with_its_photos_and_nothing_else(lea):
    meeting = saved(
        lea,
        "meeting",
        {"type": "field_meeting", "title": "Су", "held_on": "2026-11-05", "village": "615647100"},
    )
    question = saved(lea, "question", {"text": "Су қашан келеді?", "asked_by": NAME}, meeting)
    other = saved(lea, "question", {"text": "Жол ше?"}, meeting)
    attachments.attach(lea, question, picture(), "а.png")
    attachments.attach(lea, other, picture(), "ә.png")

    [holding] = held_about(lea, NAME).holdings

    assert holding.erasable == (question,)
    assert holding.goes == ("question", "attachment")


@pytest.mark.parametrize("training", [True, False])
def test_a_paper_of_training_says_so_at_its_head(training, tmp_path, lea):
    desk, drawn = replace(lea, training=training), []
    found = held_about(desk, NAME)

    handing.write(desk, found, tmp_path / "her.pdf", lambda said: drawn.extend(said) or b"%PDF")
    handing.write(desk, found, tmp_path / "her.json")

    assert drawn[0].words.startswith("Training: ") is training
    assert ("Invented data" in drawn[1].words) is training
    document = json.loads((tmp_path / "her.json").read_text("utf-8"))
    assert ("Invented data" in document.get("training", "")) is training
