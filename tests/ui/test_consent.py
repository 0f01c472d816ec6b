"""Consent on the screen: what is filled in by itself, the text to read or print, its end and back."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from desktop.actions import consent, edits, records
from desktop.actions.records import Row
from sync import consents
from sync.language import tr
from sync.records.issue import Issue
from tests.profiles import ISSUE
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import settle, show
from ui import messages
from ui.dialogs.consent import ConsentDialog
from ui.screens.issues import IssuesScreen
from ui.widgets.two_panes import READABLE

HERS = ISSUE | {
    "applicant": "Гүлсім Ахметова",
    "consent_way": "spoken_witness",
    "consent_on": "2026-11-28",
    "consent_witness": "Қанат Серіков",
}


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def form(qtbot, jobs, screen):
    screen.editor.begin()
    settle(qtbot, jobs)
    return screen.editor.form


def opened(qtbot, jobs, screen, id):
    screen.open_record(id)
    settle(qtbot, jobs)
    return screen.editor.form


def seen(form):
    """The consent's fields that are shown."""
    return {
        name.removeprefix("consent_")
        for name, field in form.fields.items()
        if name.startswith("consent") and not field.isHidden()
    }


def chosen(form, way):
    form.fields["consent_way"].input.set_value(way)
    form.fields["consent_way"].edited.emit()


def test_nothing_more_is_asked_before_a_way_is_chosen(form):
    assert seen(form) == {"way", "on"}
    assert not form.consent.text_button.isHidden()
    assert form.consent.withdraw_button.isHidden()


def test_the_newest_text_stands_there_once_a_way_is_chosen(form):
    chosen(form, "signed")

    assert seen(form) == {"way", "on", "text", "language"}
    assert form.values()["consent_text"] == consents.newest("applicant")
    assert form.values()["consent_language"] == "kk"
    assert form.dirty()


def test_the_day_of_a_new_consent_is_the_one_that_the_record_is_about(form):
    form.set_values({"received_on": "2026-11-29"})
    chosen(form, "signed")
    assert form.values()["consent_on"] == "2026-11-29"

    form.fields["consent_on"].set_value(None)  # it is being typed anew
    form.fields["consent_on"].edited.emit()
    assert form.values()["consent_on"] is None


def test_a_day_that_was_typed_stays_when_a_way_is_chosen(form):
    form.set_values({"consent_on": "2026-11-27"})  # before any text
    chosen(form, "signed")

    assert form.values()["consent_on"] == "2026-11-27"
    assert form.values()["consent_text"] is None


def test_for_a_day_before_any_text_none_stands_there(form):
    form.fields["consent_way"].set_value("signed")
    form.fields["consent_way"].edited.emit()
    form.fields["consent_on"].set_value("2026-11-27")
    form.fields["consent_on"].edited.emit()
    assert form.values()["consent_text"] is None

    form.fields["consent_on"].set_value("2026-11-28")
    form.fields["consent_on"].edited.emit()
    assert form.values()["consent_text"] == consents.newest("applicant")


def test_a_witness_is_asked_for_where_consent_was_spoken(form):
    chosen(form, "spoken_witness")

    assert seen(form) == {"way", "on", "text", "language", "witness"}
    form.fields["consent_on"].set_value(None)
    assert {"consent_on", "consent_witness"} <= form.problems(sending=True).keys()


def test_of_an_older_record_it_is_said_that_the_text_is_not_recorded(
    qtbot, desk, jobs, screen, monkeypatch
):
    with monkeypatch.context() as older:
        older.setattr(edits, "recorded_with", lambda *_: {})
        id = record(desk, "issue", ISSUE | {"consent_way": "signed"})

    form = opened(qtbot, jobs, screen, id)
    assert not form.consent.words.isHidden()
    chosen(form, "sms")

    assert form.values()["consent_text"] is None


def test_the_text_opens_in_the_language_of_the_consent(qtbot, desk, jobs, screen):
    form = opened(qtbot, jobs, screen, record(desk, "issue", HERS | {"consent_language": "ru"}))

    form.consent.text_button.click()

    [dialog] = screen.editor.findChildren(ConsentDialog)
    assert dialog.languages["ru"].isChecked()
    assert dialog.title.text() == consents.paragraphs("applicant_1", "ru")[0]
    dialog.languages["kk"].click()
    title, *parts = consents.paragraphs("applicant_1", "kk")
    assert dialog.title.text() == title
    assert all(part in dialog.words.text() for part in parts)
    assert dialog.save_button.isEnabled()
    dialog.languages["en"].click()
    assert not dialog.save_button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_page_to_sign_holds_every_word_of_the_text(
    qtbot, tmp_path, monkeypatch, language, said
):
    page = tmp_path / "page.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(page), ""))
    dialog = ConsentDialog("applicant_1", "ru" if language == "kk" else "kk")
    qtbot.addWidget(dialog)

    dialog.languages[language].click()
    dialog.save_button.click()

    pages = PdfReader(BytesIO(page.read_bytes())).pages
    words = " ".join(pages[0].extract_text().split())
    for part in consents.paragraphs("applicant_1", language):
        assert part.split()[0] in words
        assert part.split()[-1] in words
    assert len(pages) == 1  # what is signed is on the page with the signature
    assert "____" in words
    assert "applicant_1" in words
    assert said == [tr("Saved. Print it, and have it signed. Nobody's name is in the file.")]


def test_a_page_that_cannot_be_written_is_told_in_words(qtbot, tmp_path, said):
    dialog = ConsentDialog("applicant_1", "kk")
    qtbot.addWidget(dialog)

    dialog.save(str(tmp_path / "nowhere" / "page.pdf"))

    assert len(said) == 1


def test_a_field_on_which_people_differ_is_seen_though_it_is_empty(qtbot, desk, jobs, screen):
    id = record(desk, "issue", HERS | {"consent_way": "signed", "consent_witness": None})
    rival = {"value": "Болат", "by": "x", "at": "2026-11-05T00:00:00Z", "change": str(id)}
    with desk.store.begin() as session:
        session.get_one(Issue, id).conflicts = {"consent_witness": [rival]}

    form = opened(qtbot, jobs, screen, id)

    assert "witness" in seen(form)


def test_who_may_only_read_the_record_is_not_asked_about_its_end(qtbot, desk, jobs, screen):
    form = opened(qtbot, jobs, screen, record(desk, "issue", HERS))
    assert not form.consent.withdraw_button.isHidden()

    form.set_editable("none")

    assert form.consent.withdraw_button.isHidden()


def test_one_press_ends_a_consent_and_says_what_stays(qtbot, desk, jobs, screen, said):
    id = record(desk, "issue", HERS)
    form = opened(qtbot, jobs, screen, id)

    form.consent.withdraw_button.click()
    settle(qtbot, jobs)

    row = records.show(desk, id)
    assert (row["applicant"], row["consent_witness"]) == (None, None)
    assert said == [consent.what_stays()]
    qtbot.waitUntil(lambda: form.consent.withdraw_button.isHidden())
    assert "ended" in seen(form)
    assert "witness" not in seen(form)
    assert form.values()["applicant"] is None


def test_what_was_pressed_by_mistake_is_taken_back(qtbot, desk, jobs, screen):
    heard = []
    messages.show_with(heard.append)
    id = record(desk, "issue", HERS)
    form = opened(qtbot, jobs, screen, id)
    before: Row = records.show(desk, id)
    form.consent.withdraw_button.click()
    settle(qtbot, jobs)

    heard[0].action.run()
    settle(qtbot, jobs)

    after = records.show(desk, id)
    names = ("applicant", "phone", "consent_witness", "consent_ended", "consent_way")
    assert [after[name] for name in names] == [before[name] for name in names]


def test_on_an_approved_issue_its_activist_may_still_end_it(qtbot, desk, jobs, screen):
    id = record(desk, "issue", HERS)
    records.save(desk, "issue", {"review": "sent"}, id)
    records.save(seen_by(desk, "coordinator"), "issue", {"review": "approved"}, id)

    form = opened(qtbot, jobs, screen, id)

    assert not form.fields["applicant"].open()
    form.consent.withdraw_button.click()
    settle(qtbot, jobs)
    assert records.show(desk, id)["applicant"] is None


def test_its_buttons_need_no_more_room_than_a_record_has_beside_a_list(form):
    form.consent.withdraw_button.show()

    assert form.consent.minimumSizeHint().width() < READABLE - 48
