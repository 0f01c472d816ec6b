"""docs/forms.md is true: what it says runs, and what it says does not is named by `form check`."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.surveys.interview import Interview
from desktop.surveys.messages import Message
from desktop.surveys.xlsform import Checked, read_xlsform
from desktop.surveys.xpath.parser import FUNCTIONS
from desktop.surveys.xpath.values import to_text
from sync.language import LANGUAGES
from tests.desktop.surveys import conformance
from tests.desktop.surveys.conformance import IN_FILES, IN_XFORM, LOG, RUNS, SAID, Case
from tests.desktop.surveys.small import small_form
from tests.desktop.surveys.specification import SECTIONS
from tests.desktop.surveys.world import evaluate

DOCUMENT = Path(__file__).parents[3] / "docs" / "forms.md"
ROW = re.compile(r"^\| `((?:\\\||[^`])+)` \| (?:`([^`]*)`|(yes|no)) \| ?(.*?) ?\|$")


@cache
def sections() -> dict[str, list[tuple[str, str, str]]]:
    """Of each section the rows of its tables: entry, example or yes or no, what follows."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    name = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:]
        elif row := ROW.match(line):
            entry, example, runs, rest = row.groups()
            found.setdefault(name, []).append((entry.replace("\\|", "|"), example or runs, rest))
    return found


def entries(runs: str) -> Iterator[str]:
    """The entries outside the table of functions that say this."""
    for name, rows in sections().items():
        if name != "Functions":
            yield from (entry for entry, said, _ in rows if said == runs)


EXAMPLES = [(example, gives.strip("`")) for _, example, gives in sections()["Functions"]]
LOOKS = [entry for entry, said, _ in sections()["Appearances"] if said == "no"]


def test_the_document_has_every_entry_of_the_specification_once() -> None:
    for name, listed in SECTIONS.items():
        there = list(dict.fromkeys(entry for entry, _, _ in sections()[name]))
        wanted = listed.split()

        assert [entry for entry in wanted if entry not in there] == [], name
        assert name == "Functions" or sorted(there) == sorted(wanted)


def test_every_function_there_is_has_an_example() -> None:
    assert {entry for entry, _, _ in sections()["Functions"]} == FUNCTIONS.keys()


@pytest.mark.parametrize(("example", "gives"), EXAMPLES)
def test_an_example_gives_what_the_document_says(example: str, gives: str) -> None:
    value = evaluate(example)

    assert isinstance(value, float | str | bool | date | list)
    assert (", ".join(value) if isinstance(value, list) else to_text(value)) == gives


def test_every_entry_that_runs_has_an_example() -> None:
    assert set(entries("yes")) == RUNS.keys() | IN_FILES


@pytest.mark.parametrize("entry", RUNS)
def test_what_the_document_says_runs(entry: str) -> None:
    case = RUNS[entry]
    form = small_form(case.binds, case.nodes, case.body, case.instances, case.itext)
    assert [one.text.words("en") for one in form.messages if one.stops] == []
    interview = Interview(form, language="en", today=date(2025, 3, 1))

    for path in case.added:
        interview.add(f"/data/{path}")
    for path, value in case.answers.items():
        interview.answer(f"/data/{path}", value)

    check(interview, case)


def check(interview: Interview, case: Case) -> None:
    states = {one.path.removeprefix("/data/"): one for one in interview.nodes()}
    assert {path: states[path].value for path in case.shows} == case.shows
    assert {path: states[path].label for path in case.labels} == case.labels
    offered = {path: " ".join(one.value for one in states[path].choices) for path in case.choices}
    assert offered == case.choices
    unwell = [path for path, one in states.items() if not one.valid]
    assert unwell == [*case.wrong, *case.missing]
    assert [path.removeprefix("/data/") for path in interview.missing()] == [*case.missing]
    assert [path for path, one in states.items() if not one.relevant] == [*case.gone]
    assert [path for path, one in states.items() if one.readonly] == [*case.fixed]
    if case.message:
        assert case.message in str(states[unwell[0]].message)


# What does not run


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checked, dict[str, int]]:
    """A workbook that asks for all that is not run, and the row of each entry."""
    rows: list[dict[str, str]] = [{**conformance.TEXT, "name": "known"}]
    at: dict[str, int] = {}
    looks = {look: ("", "", {**conformance.TEXT, "appearance": look}) for look in LOOKS}
    for entry, (sheet, _, cells) in {**SAID, **looks}.items():
        if sheet in ("survey", "") and cells and entry != "compact-record":
            rows.append({"name": f"q{len(rows)}", **cells})
            at[entry] = len(rows) + 1
    at["compact-record"] = at["odk:tag"]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    sheets = {
        "survey": [columns, *([row.get(name, "") for name in columns] for row in rows)],
        "choices": [conformance.CHOICE_COLUMNS, *conformance.CHOICES],
        "settings": [[*conformance.SETTINGS], [*conformance.SETTINGS.values()]],
    }
    book = Workbook()
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    del book["Sheet"]
    path = tmp_path_factory.mktemp("forms") / "all.xlsx"
    book.save(path)
    return read_xlsform(path), at


def assert_told(found: list[Message], words: str) -> None:
    """Someone is told, in three languages that differ."""
    assert found
    told = {language: found[0].as_row(language)["text"] for language in LANGUAGES}
    assert len(set(told.values())) == len(LANGUAGES)
    assert all(words in str(text) for text in told.values())


WORKBOOK = [entry for entry in SAID if entry != "short"]


@pytest.mark.parametrize("entry", WORKBOOK)
def test_what_does_not_run_is_named_with_its_place(entry: str, asking) -> None:
    checked, at = asking
    sheet, column, cells = SAID[entry]
    assert checked.xform is not None

    row = at.get(entry, 2)
    found = [
        one
        for one in checked.messages
        if (one.sheet, one.row, one.column) == (sheet, row, column) and not one.stops
    ]

    assert_told(found, cells.get("name", ""))


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_that_is_not_drawn_is_named_with_its_place(look: str, asking) -> None:
    checked, at = asking

    place = ("survey", at[look], "appearance")
    found = [one for one in checked.messages if (one.sheet, one.row, one.column) == place]

    assert_told(found, look)


@pytest.mark.parametrize("entry", IN_XFORM)
def test_what_no_workbook_can_ask_for_is_named(entry: str) -> None:
    form = small_form("", f"<q/>{IN_XFORM[entry]}")

    assert_told(list(form.messages), entry.removesuffix("ies"))
    assert form.usable


@pytest.mark.parametrize("name", LOG)
def test_a_log_that_is_not_kept_is_named(name: str) -> None:
    bind = f"<bind nodeset='/data/meta/audit' type='binary' {name}='1'/>"
    form = small_form(bind, "<meta><audit/></meta>")

    assert_told(
        [one for one in form.messages if "odk:" + str(one.text.values["what"]) == name], "audit"
    )


def test_changes_of_an_audit_are_named() -> None:
    bind = "<bind nodeset='/data/meta/audit' type='binary' odk:track-changes='true'/>"
    form = small_form(bind, "<meta><audit/></meta>")

    assert_told(
        [one for one in form.messages if one.text.values["what"] == "track-changes"], "audit"
    )


def test_a_repeat_is_asked_as_its_author_meant_it() -> None:
    body = "<repeat nodeset='/data/{0}'{1}><input ref='/data/{0}/a'/></repeat>"
    shown = body.format("p", "") + body.format("k", " jr:count='2'")
    fixed = body.format("f", " jr:noAddRemove='true()'")
    form = small_form("", "<p><a/></p><k><a/></k><f><a/></f>", shown + fixed)

    assert form.messages == ()


@pytest.mark.parametrize("kind", ["geopoint", "geotrace", "geoshape"])
def test_a_place_without_a_map_is_named(kind: str) -> None:
    form = small_form(f"<bind nodeset='/data/q' type='{kind}'/>", "<q/>", "<input ref='/data/q'/>")

    assert_told(list(form.messages), "q")


@pytest.mark.parametrize("kind", ["barcode", "intent"])
def test_an_answer_that_nothing_helps_to_make_is_named(kind: str) -> None:
    form = small_form(f"<bind nodeset='/data/q' type='{kind}'/>", "<q/>", "<input ref='/data/q'/>")

    assert_told(list(form.messages), kind)


def test_an_upload_and_an_unknown_type_are_named() -> None:
    uploads = [
        small_form("", "<q/>", f"<upload ref='/data/q' mediatype='{medium}/*'/>")
        for medium in ("image", "audio")
    ]
    unknown = small_form(
        "<bind nodeset='/data/q' type='colour'/>", "<q/>", "<input ref='/data/q'/>"
    )

    for one in uploads:
        assert_told(list(one.messages), "q")
    assert uploads[0].messages[0].text.text != uploads[1].messages[0].text.text
    assert_told(list(unknown.messages), "colour")


def test_what_must_be_answered_and_never_can_be_stops_the_form() -> None:
    upload = "<upload ref='/data/q' mediatype='{}/*'/>"
    must = "<bind nodeset='/data/q' required='true()'/>"

    voice, photo = (small_form(must, "<q/>", upload.format(one)) for one in ("audio", "image"))

    assert not voice.usable
    assert photo.usable
    assert_told([one for one in voice.messages if one.stops], "q")


def test_what_is_so_in_each_language_or_at_each_question_is_told_once() -> None:
    value = "<text id='/data/q:label'><value form='short'>G</value></text>"
    both = "".join(f"<translation lang='{one}'>{value}</translation>" for one in ("kk", "ru"))
    looks = "".join(f"<input ref='/data/{n}' appearance='draw'/>" for n in "qr")
    form = small_form("", "<q/><r/>", looks, itext=f"<itext>{both}</itext>")

    assert sorted(str(one.column) for one in form.messages) == ["appearance", "label::short"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("geoshape", "43 68; 44 68; 43 68"),
        ("geoshape", "43 68; 43 68"),
        ("geotrace", ""),
        ("geotrace", "43 68; 44"),
        ("geopoint", "43 181"),
        ("geopoint", "43 68 0 0 0"),
        ("geopoint", "1e1 0"),
        ("boolean", "True"),
        ("time", "24:61"),
    ],
)
def test_answers_that_are_no_such_thing_are_wrong(kind: str, text: str) -> None:
    binds = f"<bind nodeset='/data/q' type='{kind}' required='true()'/>"
    interview = Interview(small_form(binds, "<q/>", "<input ref='/data/q'/>"))

    interview.answer("/data/q", text)

    assert not interview.state("/data/q").valid


def test_a_short_label_is_named() -> None:
    itext = "<itext><translation lang='en'><text id='/data/q:label'><value>Q</value><value form='short'>q</value></text></translation></itext>"
    form = small_form("", "<q/>", itext=itext)

    assert_told(list(form.messages), "short")


def test_every_entry_that_does_not_run_is_shown_to_be_named() -> None:
    shown = {*SAID, *LOOKS, *IN_XFORM, *LOG, "odk:track-changes"}

    assert set(entries("no")) == shown


@pytest.mark.parametrize("name", ["extract-signed", "intersects", "property"])
def test_a_function_that_is_not_run_is_named(name: str) -> None:
    form = small_form(f"<bind nodeset='/data/q' calculate=\"{name}('a')\"/>", "<q/>")

    assert not form.usable
    assert_told(list(form.messages), name)
