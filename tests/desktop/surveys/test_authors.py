"""What authors of forms get wrong, as one of them reads it: where it is, and what to write instead."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from desktop.surveys.compiler import compile_workbook
from desktop.surveys.form import load_form
from desktop.surveys.xlsform import Checked, judged

HEAD = ["type", "name", "label"]
CHOICES = [["list_name", "name", "label"], ["yn", "y", "Yes"], ["yn", "n", "No"]]
AGE = ["integer", "age", "Age"]
Row = list[object]


def checked(*rows: Row, name: str = "survey", **sheets: list[Row]) -> Checked:
    """The verdict on a workbook with these rows on its first sheet, without a process of its own."""
    book = Workbook()
    book.active.title = name
    for title, lines in {name: list(rows), **sheets}.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    out = BytesIO()
    book.save(out)
    return judged(compile_workbook(out.getvalue()))


def asked(column: str, *rows: Row, **sheets: list[Row]) -> Checked:
    """Of rows with one column besides type, name and label."""
    return checked([*HEAD, column], *rows, **sheets)


def written(of: Checked) -> list[str]:
    """sheet:row:column: words, of each message."""
    for one in of.messages:
        for language in ("kk", "ru"):  # no value is missing, and none is English alone
            assert one.text.words(language) != ""
    return [f"{m.sheet}:{m.row}:{m.column}: {m.text.words('en')}" for m in of.messages]


SHEETS = {
    "in Kazakh": ([HEAD, AGE], {"name": "Сұрақтар", "choices": CHOICES}, "“Сұрақтар”, “choices”"),
    "empty": ([], {"name": "survey", "choices": CHOICES}, "survey:1:None: The first row"),
    "a title above": ([["Сауалнама"], HEAD, AGE], {}, "survey:1:None: The sheet lacks a column"),
    "a blank row above": ([[], HEAD, AGE], {}, "survey:1:None: The first row"),
    "heads only": ([HEAD], {}, "no questions yet"),
    "lists without a name": (
        [HEAD, ["select_one yn", "q", "Q"]],
        {"choices": [["list", "name", "label"], ["yn", "y", "Yes"]]},
        "choices:1:list_name: The sheet “choices” has no lists",
    ),
    "misspelt settings": ([HEAD, AGE], {"setings": [["form_title"], ["T"]]}, "'setings'. Is it"),
    "twice in choices": (
        [HEAD, AGE],
        {"choices": [[*CHOICES[0], "name"], ["a", "b", "c", "d"]]},
        "choices:1:name: The column “name” appears twice",
    ),
    "a name in settings": (
        [HEAD, AGE],
        {"settings": [["name"], ["1 a"]]},
        "settings:2:name: A na",
    ),
}


@pytest.mark.parametrize(("rows", "sheets", "words"), SHEETS.values(), ids=SHEETS)
def test_sheets_that_are_not_as_they_should_be(rows, sheets, words) -> None:
    assert any(words in one for one in written(checked(*rows, **sheets)))


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("lable", "label"),
        ("Relevent", "relevant"),
        ("constrain", "constraint"),
        ("requred", "required"),
        ("condition", "relevant"),
        ("skip logic", "relevant"),
        ("Подсказка", "hint"),
        ("міндетті", "required"),
        ("label_kk", "label::Қазақша (kk)"),
        ("label (рус)", "label::Русский (ru)"),
        ("hints::Русский (ru)", "hint::Русский (ru)"),
    ],
)
def test_a_column_that_nobody_knows_is_named_with_what_it_may_be(column: str, meant: str) -> None:
    head = ["type", "name", "label" if meant.partition("::")[0] != "label" else "hint", column]

    assert (
        f"survey:1:{column}: The column “{column}” is not known and is left out. Is it “{meant}”? "
        "Rename it."
    ) in written(checked(head, ["text", "q", "Q", ""]))


@pytest.mark.parametrize("column", ["comment", "names_of_people", "_label", "label", "notes::kk"])
def test_a_column_of_notes_is_nobodys_mistake(column: str) -> None:
    head = [*HEAD[:2], "label::Қазақша (kk)", column]

    assert not any("not known" in one for one in written(checked(head, ["text", "q", "Q", "x"])))


@pytest.mark.parametrize("name", ["Kazakh", "қаз", "Қазақ тілі", "kk", "(kaz)", "Қазақша (kk)"])
def test_a_language_is_known_by_any_of_its_names(name: str) -> None:
    of = checked(
        ["type", "name", f"label::{name}", "label::Русский (ru)"], ["text", "q", "С", "В"]
    )

    assert not any("no code" in one for one in written(of))
    assert set(load_form(of.xform or "").languages) == {"kk", "ru"}


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("tехt", "Write “text”"),  # with Cyrillic letters
        ("Текст", "Write “text”"),
        ("сан", "Write “integer”"),
        ("txt", "Write “text”"),
        ("Integer", "Write “integer”"),
        ("select_one", "Write “select_one yn”"),
        ("selectone yn", "Write “select_one yn”"),
        ("select_one_yn", "Write “select_one yn”"),
        ("Select_Multiple yn", "Write “select_multiple yn”"),
        ("radio", "Write “select_one yn”"),
        ("begin grup", "Write “begin_group”"),
        ("towns.csv", "Write “select_one_from_file towns.csv”"),
        ("score__row", "of KoboToolbox, not of the standard of forms. Try “select_one"),
        ("begin_kobomatrix", "of KoboToolbox"),
        ("text audit", "of SurveyCTO"),
        ("caseid", "of SurveyCTO, not of the standard of forms. Delete the row"),
        ("zzz", "Write text, integer, select_one"),
    ],
)
def test_a_type_that_nobody_knows_is_named_with_what_it_may_be(kind: str, meant: str) -> None:
    told = written(checked(HEAD, AGE, [kind, "q", "Q"], choices=CHOICES))

    assert any(one.startswith("survey:3:type: ") and meant in one for one in told), told


def test_all_types_that_nobody_knows_are_told_at_once() -> None:
    told = written(
        checked(HEAD, ["txt", "a", "A"], AGE, ["begin grup", "g", "B"], ["сан", "b", "B"])
    )

    assert [one[:9] for one in told] == ["survey:2:", "survey:4:", "survey:5:"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${аge} > 1", "looks the same with other letters (Cyrillic or Latin"),
        ("${Age} > 1", "small or capital) in row 2"),
        ("${agee} > 1", "Is “age” meant?"),
        ("${ age } > 1", "write ${age}"),
        ("${income} > 1", "Check the name between the braces"),
        ("$(age) > 1", "“$” at character 1 does not belong here. Write “${name}”"),
        ("{age} > 1", "“{” at character 1"),
        ("age > 1", "“b”: a question is referred to in braces, as ${age}"),
        ("${age} = yes", "there is no question “yes”. Write “true()”"),
        ("${age} = many", "there is no question “many”. Write “'many'”"),
        ("self > 1", "“self” is a word of Survey Solutions. Write “.”"),
        ("${age} == 1", "“==” at character 8 does not belong here. Write “=”"),
        ("${age} <> 1", "“<>” at character 8 does not belong here. Write “!=”"),
        ("1 < ${age} && 1", "“&” at character 12 does not belong here. Write “and”"),
        ("${age} > 1 AND 1", "“AND” at character 12 does not belong here. Write “and”"),
        ("${age} > 1 және 1", "Write “and”"),
        ("${age} > 1 или 1", "Write “or”"),
        ("!${age}", "Write “not(…)”"),
        ("${age} ≥ 18", "Write “>=”"),
        ("${age} => 18", "“=>” at character 8 does not belong here. Write “>=”"),
        ("${age} = «18»", "Write “'”"),
        ("${age} / 2 > 1", "“/” at character 8 does not belong here. Write “div”"),
        ("${age} > 0,5", "Write “0.5”"),
        ("if(${age}; 1; 2)", "“;” at character 10 does not belong here. Write “,”"),
        (". > 01.03.2025", "A date at character 5 stands in quotes"),
        ("${age} > 2025-03-01", "a date in an expression stands in quotes, as '2025-03-01'"),
        ("If(${age}, 1, 2)", "Try if()"),
        ("ЕСЛИ(${age}, 1, 2)", "a function of Excel, not of the standard of forms. Try if()"),
        ("count-if(${age}, 1)", "of SurveyCTO, not of the standard of forms. Write it as count("),
        ("cond(${age}, 1, 2)", "a function of CommCare"),
        ("self.InRange(1, 9)", "InRange() at character 1 is a function of Survey Solutions"),
        ("instance('zz')/root/item", "looks at the list “zz”, which this form does not have"),
        ("instance('casedb')/casedb", "“casedb”, which is a list of CommCare"),
    ],
)  # fmt: skip
def test_an_expression_is_told_with_what_to_write(text: str, words: str) -> None:
    told = written(asked("relevant", [*AGE, ""], ["text", "b", "B", text]))

    assert any(one.startswith("survey:3:relevant: ") and words in one for one in told), told


@pytest.mark.parametrize("list_", ["уn", "YN"])
def test_a_list_that_looks_the_same_is_told_apart(list_: str) -> None:
    told = written(checked(HEAD, [f"select_one {list_}", "q", "Q"], choices=CHOICES))

    assert "survey:2:type: " in told[0]
    assert "looks the same with other letters" in told[0]


def test_a_list_that_is_almost_written_so_is_offered() -> None:
    told = written(
        checked(HEAD, ["select_one regon", "q", "Q"], choices=[*CHOICES, ["region", "a", "A"]])
    )

    assert told == [
        "survey:2:type: There is no list “regon” on the sheet “choices”. Is “region” meant?"
    ]


def test_an_end_names_what_it_should_close() -> None:
    told = written(checked(HEAD, ["begin repeat", "r", "R"], AGE, ["end group"]))

    assert told == [
        "survey:4:type: Row 2 began a repeat: close it with “end repeat”, not “end group”."
    ]


@pytest.mark.parametrize("name", ["a:b", "😀", "1a", "a b", "a\u200bb"])
def test_a_name_that_cannot_be_used_is_shown(name: str) -> None:
    (told,) = written(checked(HEAD, AGE, ["text", name, "Q"]))

    assert told.startswith(f"survey:3:name: The name “{name}” cannot be used.")


@pytest.mark.parametrize(
    ("kind", "default", "words"),
    [
        ("date", "01.03.2025", "This is no date"),
        ("integer", "many", "whole number"),
        ("select_one yn", "maybe", "not among the choices"),
    ],
)
def test_a_default_that_is_no_answer_is_told(kind: str, default: str, words: str) -> None:
    of = asked("default", [kind, "q", "Q", default], choices=CHOICES)

    assert of.ok
    assert any(
        one.startswith("survey:2:default: The default of “q”: ") and words in one
        for one in written(of)
    )


def test_a_day_that_excel_keeps_as_a_date_is_a_default() -> None:
    assert written(asked("default", ["date", "q", "Q", date(2025, 3, 1)])) == []


def test_more_repeats_than_a_form_can_have_are_told_at_their_count() -> None:
    of = asked(
        "repeat_count", ["begin repeat", "r", "R", "1000000000"], [*AGE, ""], ["end repeat"]
    )

    assert not of.ok
    assert any("survey:2:repeat_count: " in one and "10000 answers" in one for one in written(of))


def test_a_count_of_words_is_told_at_its_row() -> None:
    of = asked("repeat_count", ["begin repeat", "r", "R", "five"], [*AGE, ""], ["end repeat"])

    assert (
        "survey:2:repeat_count: “r_count”: there is no question “five”. Write “'five'”."
        in written(of)
    )


@pytest.mark.parametrize("pattern", ["(a+)+$", "[0-9", "^([a-z]+ ?)*$"])
def test_a_pattern_that_cannot_be_trusted_stops_the_form_where_it_stands(pattern: str) -> None:
    of = asked("constraint", ["text", "q", "Q", f"regex(., '{pattern}')"])

    assert not of.ok
    assert any(
        one.startswith("survey:2:constraint: Question “q”: The regular") for one in written(of)
    )


def test_the_address_of_a_letter_is_a_usual_pattern() -> None:
    pattern = "^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\\.)+[A-Za-z]{2,}$"

    assert written(asked("constraint", ["text", "q", "Q", f"regex(., '{pattern}')"])) == []


def test_a_ring_is_told_at_one_of_its_rows() -> None:
    of = asked("relevant", ["text", "a", "A", "${b} = 1"], ["text", "b", "B", "${a} = 1"])

    assert any(one.startswith("survey:2:None: These questions wait") for one in written(of))


def test_an_error_that_excel_shows_is_told() -> None:
    assert written(checked(HEAD, ["text", "q", "#REF!"])) == [
        "survey:2:label: Excel shows an error in this cell: #REF!. Correct it."
    ]


def test_where_the_compiler_fails_the_row_is_told() -> None:
    tags = [["list_name", "name", "label"], ["building", "h", "H"]]
    (told,) = written(checked(HEAD, AGE, ["osm roads", "q", "Q"], osm=tags))

    assert told.startswith("survey:3:None: The form compiler failed")


def test_what_the_compiler_warned_of_before_it_failed_is_told_beside() -> None:
    of = checked(
        HEAD,
        ["select_one_external city", "q", "Q"],
        choices=CHOICES,
        external_choices=[["list_name", "name", "label"], ["city", "a", "A"]],
    )

    assert [one.stops for one in of.messages] == [True, False]
    assert written(of)[1] == (
        "survey:2:choice_filter: select_one_external needs a choice_filter. Write it, or use select_one."
    )


def test_what_comes_with_a_fault_is_told_beside_it() -> None:
    of = checked(["type", "name", "lable"], ["text", "q", "Q"])

    assert [one.stops for one in of.messages] == [True, False]
    assert "lable" in written(of)[1]
