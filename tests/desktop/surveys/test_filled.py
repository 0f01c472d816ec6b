"""What a named form says after an edit: what follows, what stays, what was taken away."""

from datetime import date

from desktop.surveys.filled import arranged
from desktop.surveys.form import Form
from tests.desktop.surveys.small import small_form

OFFERED = small_form(
    "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/b' type='int' calculate='/data/a * 2'/>",
    "<a/><b/><c/>",
    "<input ref='/data/a'/><input ref='/data/b'/><input ref='/data/c'/>",
)
FAMILY = small_form(
    "<bind nodeset='/data/all' calculate='count(/data/p)'/>",
    "<p jr:template=''><name/><kin>son</kin></p><all/>",
    "<repeat nodeset='/data/p'><input ref='/data/p/name'/><input ref='/data/p/kin'/></repeat>",
)


def after(form: Form, before: dict[str, str], **said: str | None) -> dict[str, str]:
    """All answers after these edits, by the names of the questions."""
    edits = {f"/data/{name}": value for name, value in said.items()}
    answers, personal = arranged(form, before, edits, {})
    return answers | personal


def test_an_offered_answer_follows_what_it_is_worked_out_of() -> None:
    before = after(OFFERED, {}, a="2")

    assert before == {"/data/a": "2", "/data/b": "4"}
    assert after(OFFERED, before, a="3") == {"/data/a": "3", "/data/b": "6"}


def test_an_offered_answer_that_is_taken_away_is_offered_again() -> None:
    before = after(OFFERED, after(OFFERED, {}, a="2"), b="5")

    assert after(OFFERED, before, b=None) == {"/data/a": "2", "/data/b": "4"}


def test_an_answer_over_an_offered_one_stays_whatever_else_is_said() -> None:
    before = after(OFFERED, after(OFFERED, {}, a="2"), b="5")

    assert after(OFFERED, before, c="x") == {"/data/a": "2", "/data/b": "5", "/data/c": "x"}


def test_who_was_taken_out_is_not_counted_though_the_form_had_an_answer_for_them() -> None:
    people = {"/data/p[1]/name": "Ақан", "/data/p[1]/kin": "son", "/data/p[2]/name": "Дана"}
    before = after(FAMILY, {}, **{path.removeprefix("/data/"): at for path, at in people.items()})
    assert before == people | {"/data/p[2]/kin": "son", "/data/all": "2"}

    left = after(FAMILY, before, **{"p[2]/name": None, "p[2]/kin": None})

    assert left == {"/data/p[1]/name": "Ақан", "/data/p[1]/kin": "son", "/data/all": "1"}


def test_what_was_taken_away_of_somebody_who_is_there_stays_away() -> None:
    before = after(FAMILY, {}, **{"p[1]/name": "Ақан", "p[1]/kin": None})
    assert before == {"/data/p[1]/name": "Ақан", "/data/all": "1"}

    assert after(FAMILY, before, **{"p[1]/name": "Асан"}) == before | {"/data/p[1]/name": "Асан"}


def test_the_only_answer_can_be_taken_away_though_the_form_begins_with_it() -> None:
    form = small_form("", "<a>7</a>", "<input ref='/data/a'/>")

    assert after(form, {"/data/a": "7"}, a=None) == {}


def test_what_was_taken_away_on_its_day_stays_away_whenever_the_record_is_edited() -> None:
    form = small_form(
        "<bind nodeset='/data/a' relevant=\"today() = '2026-11-28'\"/>",
        "<a>7</a><b/>",
        "<input ref='/data/a'/><input ref='/data/b'/>",
    )
    edit = {"/data/b": "y"}

    assert arranged(form, {"/data/b": "x"}, edit, {}, date(2026, 11, 28)) == ({}, edit)
