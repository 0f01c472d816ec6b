"""Which field a column is."""

import pytest

from desktop.imports.headings import (
    find_table,
    guess,
    importable_fields,
    said_otherwise,
    targets,
)
from desktop.imports.kinds import IMPORTABLE
from desktop.imports.sheets import Sheet
from sync.language import LANGUAGES
from sync.records import KINDS
from sync.records.base import Part
from tests.desktop.imports.registers import HEADS, ROW


def taken(names, kind="issue"):
    return {head.said: head.target for head in guess(names, KINDS[kind]) if head.target}


@pytest.mark.parametrize("kind", IMPORTABLE)
def test_each_field_is_known_by_its_name_and_by_its_label_in_each_language(kind):
    record = KINDS[kind]
    declared = importable_fields(record)

    for names in (
        [one.name for one in declared],
        *([f"{one.words(language)} *" for one in declared] for language in LANGUAGES),
    ):
        heads = guess(names, record)
        assert [head.target for head in heads] == [one.name for one in declared]
        assert not any(head.guessed for head in heads)


def test_columns_of_a_register_are_known_by_its_own_words():
    names = [
        "№ р/с",
        "Дата",
        "Краткое содержание",
        "Населённый пункт",
        "Ф.И.О. (полностью)",
        "А/о",
        "Тел.",
    ]

    assert list(taken(names).values()) == [
        "received_on", "essence", "village", "applicant", "okrug", "phone",
    ]  # fmt: skip


def test_what_is_nearly_called_so_is_a_guess_and_told_as_one():
    heads = guess(["Санат", "Категориясы жоқ баған"], KINDS["issue"])

    assert [(head.target, head.guessed) for head in heads] == [("category", True), ("", False)]


def test_each_field_is_given_once_to_the_surest_column():
    heads = guess(["Мәнісі", "Мәні"], KINDS["issue"])

    assert [head.target for head in heads] == ["", "essence"]


def test_titles_above_the_table_are_passed_over():
    sheet = Sheet("x", {1: ["Азаматтардың өтініштері"], 3: list(HEADS), 4: list(ROW)})

    table = find_table(sheet, KINDS["issue"])

    assert table.row == 3
    assert [at for at, _ in table.below()] == [4]


def test_what_a_person_says_goes_before_what_is_guessed():
    table = find_table(Sheet("x", {1: ["Дата", "Ескерту", "Мәні"]}), KINDS["issue"])

    said = said_otherwise(table, {"Ескерту": "essence", "Дата": ""})

    assert [head.target for head in said.heads] == ["", "essence", ""]


def test_a_part_names_its_record():
    assert targets(KINDS["payment"])[0] == "parent"
    assert taken(["Нысан", "Сома"], "payment")["Нысан"] == "parent"
    assert all(KINDS[kind].parents for kind in IMPORTABLE if issubclass(KINDS[kind], Part))
