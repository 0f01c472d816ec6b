"""The paper for a person is looked at before it is given, and printed."""

from desktop.actions import exporting, records
from desktop.actions.holdings import held_about
from desktop.actions.leaving import PRINTER
from desktop.exports.marks import NOT_YET
from desktop.holdings import handing
from desktop.surveys.bundled import rating_xform
from tests.profiles import ISSUE

NAME = "Гүлсім Ахметова"
HERS = {"applicant": NAME, "consent_way": "signed", "consent_on": "2026-11-05"}


def test_it_is_looked_at_without_a_note_and_printed_with_one(lea):
    records.save(lea, "issue", ISSUE | HERS)
    found, printed = held_about(lea, NAME), []
    before = exporting.exports(lea)
    looked = handing.look(lea, found)
    assert exporting.exports(lea) == before

    handing.write(lea, found, PRINTER, lambda said: printed.extend(said) or b"")

    assert [one.words for one in printed if NAME in one.words]
    assert printed[0] == looked[0]
    assert any(NOT_YET in one.words for one in looked)
    assert not any(NOT_YET in one.words for one in printed)
    assert exporting.exports(lea)[0].format == "print"


def test_what_programs_read_is_told_by_its_length(coordinator):
    """A form may name somebody; its XML says nothing to whoever gets the paper."""
    named = rating_xform().replace("</h:title>", f" {NAME}</h:title>", 1)
    records.save(coordinator, "form", {"name": "Рейтинг", "xform": named})

    looked = [one.words for one in handing.look(coordinator, held_about(coordinator, NAME))]

    assert any(words.startswith("Questions: Characters: ") for words in looked)
    assert not any("<?xml" in words or "<h:html" in words for words in looked)
