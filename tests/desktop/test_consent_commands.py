"""Consent by commands: its text without a profile, and its end."""

import json

import pytest

from sync import consents
from tests.profiles import ISSUE

HERS = ISSUE | {"applicant": "Гүлсім Ахметова", "consent_way": "signed"}


def test_the_text_is_printed_without_a_profile_in_the_language_asked_for(run):
    code, out, err = run("consent", "text", "--in", "ru")

    assert (code, err) == (0, "")
    assert out.splitlines() == consents.paragraphs("applicant_1", "ru")


def test_the_text_is_one_document_for_scripts(run):
    _, out, _ = run("consent", "text", "--version", "applicant_1", "--json")

    assert json.loads(out)["version"] == "applicant_1"
    assert json.loads(out)["words"] == consents.paragraphs("applicant_1", "kk")


def test_a_version_that_nobody_published_is_a_matter_of_usage(run):
    with pytest.raises(SystemExit) as left:
        run("consent", "text", "--version", "applicant_0")

    assert left.value.code == 2


def test_a_consent_is_withdrawn_and_it_is_said_what_stays(run, mine):
    id = mine("record", "issue", stdin=json.dumps(HERS))["id"]

    code, out, _ = run("consent", "withdraw", id, "--profile", mine.folder)

    assert code == 0
    assert "within thirty days" in out
    shown = mine("show", id)
    assert (shown["applicant"], shown["consent_way"]) == (None, "signed")
    code, _, err = run("consent", "withdraw", id, "--profile", mine.folder)
    assert code == 1
    assert "none to withdraw" in err
