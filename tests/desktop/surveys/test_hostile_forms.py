"""Forms made to stop a laptop: each is told what is wrong, or runs, in bounded time and memory."""

import os
import resource
from time import perf_counter, process_time

import pytest

from desktop.surveys.file_kinds import sniff
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.xlsform import PATIENCE, read_xlsform
from sync.errors import UserError
from tests.desktop.surveys import hostile

SOAK = "DALA_SOAK" in os.environ
MEMORY = 512 * 2**10  # KiB
SIZES = (1, 3, 10) if SOAK else (1,)
LONG = (
    set()
    if SOAK
    else {
        "many choices",
        "one ring",
        "many questions",
        "rings",
        "many rows",
        "many styles",
        "nested XML",
        "looks in looks",  # the form is below: what takes too long is told at its question
    }
)
XFORMS = {
    f"{name} {size}": xml
    for size in SIZES
    for name, xml in hostile.xforms(size)
    if name not in LONG
}
WORKBOOKS = {
    f"{name} {size}": content
    for size in ((1, 5, 25) if SOAK else (1,))
    for name, content in hostile.workbooks(size)
    if name not in LONG
}
DAMAGED = range(320 if SOAK else 2)


@pytest.mark.parametrize("xml", XFORMS.values(), ids=XFORMS)
def test_a_hostile_xform_is_refused_or_runs(xml):
    began, before = process_time(), peak(resource.RUSAGE_SELF)
    try:
        interview = Interview(load_form(xml))
        interview.nodes()
        assert interview.complete() in (True, False)
    except UserError:
        pass
    assert process_time() - began < PATIENCE
    assert peak(resource.RUSAGE_SELF) - before < MEMORY


def peak(of):
    """The most memory that this process, or a child of it, ever had, in KB."""
    return resource.getrusage(of).ru_maxrss


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (hostile.xform("<g>" * 95 + "</g>" * 95), None),
        (hostile.xform("<g>" * 101 + "</g>" * 101), "100 groups"),
        (hostile.xform("<a/>" * 200_001), "too large"),
        (hostile.xform("<a/>", f"<bind nodeset='{'a' * 100_001}'/>"), "too large"),
        (
            hostile.calculated(*(f"1{'+1' * 9_000}+{n}" for n in range(60))),
            "too long, all together",
        ),
        (hostile.calculated(*["count(//*)"] * 1_900), "look at each other too often"),
    ],
    ids=["deep enough", "too deep", "wide", "long", "written", "links"],
)
def test_what_is_too_much_of_a_form_is_said(xml, words):
    if words is None:
        assert load_form(xml).nodes
        return
    with pytest.raises(UserError) as caught:
        load_form(xml)
    assert words in caught.value.words("en")


def test_of_many_rings_some_are_told():
    form = load_form(hostile.calculated(*["sum(/data/*)"] * 300))

    assert not form.usable
    assert len(form.messages) == 20
    assert sorted(form.order) == sorted(form.nodes)


def test_texts_that_double_with_each_question_have_an_end():
    doubled = [f"concat(/data/q{n}, /data/q{n})" for n in range(60)]
    interview = Interview(load_form(hostile.calculated("'aaaaaaaaaa'", *doubled)))

    messages = [one.message.words("en") for one in interview.nodes() if one.message]

    assert any("32767 characters" in one for one in messages)
    assert max(len(one.value) for one in interview.nodes()) <= 32_767


def test_the_text_of_a_group_has_an_end_as_well():
    questions = "".join(f"<q{n}>{'a' * 9_000}</q{n}>" for n in range(4))
    bind = "<bind nodeset='/data/all' calculate='string(/data/g)'/>"
    interview = Interview(load_form(hostile.xform(f"<g>{questions}</g><all/>", bind)))

    state = interview.state("/data/all")

    assert state.value == ""
    assert "32767 characters" in state.message.words("en")


def test_texts_that_are_long_all_together_have_an_end():
    texts = [f"'{'a' * 30_000}{n}'" for n in range(30)]
    many = hostile.calculated(*texts, *(f"concat(/data/q{n % 30}, {n})" for n in range(60)))
    interview = Interview(load_form(many))

    assert sum(len(one.value) for one in interview.nodes()) <= 1_000_000


def test_what_takes_too_long_is_told_at_its_question_and_the_rest_goes_on():
    slow = "count(//*[count(//*[count(//*) &gt; 0]) &gt; 0])"
    began = process_time()
    interview = Interview(load_form(hostile.calculated("1 + 1", *["1"] * 900, slow)))
    states = {one.path: one for one in interview.nodes()}

    assert states["/data/q0"].value == "2"
    assert "too long" in states["/data/q901"].message.words("en")
    assert process_time() - began < PATIENCE


def test_each_answer_has_its_own_time(monkeypatch):
    form = load_form(hostile.calculated("1 + 1", *["count(//*)"] * 100))
    interview = Interview(form)
    interview.nodes()
    interview._sheet._effort._left = 0.0  # all that there was is used up

    interview.speak("ru")

    assert all(one.valid for one in interview.nodes())


@pytest.mark.parametrize(
    "content",
    [
        hostile.altered(
            hostile.workbook([]), sheet1=b"<sheetData>" + b"<c><v>1</v></c>" * 260_000
        ),
        b"survey\n" + b",text,q,Q\n" * 130_000,
        b"| survey |\n" + b"| | text | q | Q |\n" * 110_000,
    ],
    ids=["xlsx", "csv", "markdown"],
)
def test_a_hundred_thousand_rows_are_refused_before_they_are_read(content):
    began = process_time()

    assert sniff(content) == ("", "too_many_cells")
    assert process_time() - began < 2


def test_a_million_rows_that_are_only_formatted_are_no_cells():
    rows = b"<row r='1' s='1'><c r='A1' s='2'/></row>" * 300_000
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"

    assert sniff(hostile.altered(hostile.workbook([]), sheet1=sheet)) == (".xlsx", "")


def test_groups_nested_too_deep_are_told_with_their_row(tmp_path):
    rows = [["begin group", f"g{n}", "G"] for n in range(91)]
    rows += [["text", "q", "Q"], *[["end group"]] * 91]
    (tmp_path / "deep.xlsx").write_bytes(hostile.workbook(rows))

    (message,) = read_xlsform(tmp_path / "deep.xlsx").messages

    assert (message.sheet, message.row) == ("survey", 92)
    assert "90 groups" in message.as_row("en")["text"]


def test_an_xform_is_opened_by_the_same_process(tmp_path):
    path = tmp_path / "form.xml"
    path.write_text(hostile.calculated("1 + 1"))

    assert read_xlsform(path).ok

    path.write_text(hostile.xform("<g>" * 50_000 + "</g>" * 50_000))
    assert "100 groups" in read_xlsform(path).messages[0].as_row("en")["text"]


@pytest.mark.parametrize("content", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_hostile_workbook_is_refused_or_read(tmp_path, content):
    assert_bounded(tmp_path, content)


@pytest.mark.parametrize("seed", DAMAGED)
def test_a_damaged_workbook_is_refused_or_read(tmp_path, seed):
    assert_bounded(tmp_path, hostile.damaged(seed))


def assert_bounded(folder, content):
    path = folder / "form.xlsx"
    path.write_bytes(content)
    began = perf_counter()
    before = [peak(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]

    checked = read_xlsform(path)

    assert checked.ok or all(message.as_row("en")["text"] for message in checked.messages)
    assert checked.messages or checked.xform
    assert not any("Traceback" in str(message.as_row("en")) for message in checked.messages)
    # the process is stopped after ten seconds; how long its start takes is the machine's
    assert perf_counter() - began < 3 * PATIENCE
    after = [peak(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    assert all(now - then < MEMORY for then, now in zip(before, after, strict=True))
