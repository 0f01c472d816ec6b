"""The translations: whole, compiled, and faithful to the code."""

import ast
import re
import shutil
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from deploy import texts

ROOT = Path(__file__).parent.parent
BOTH = pytest.mark.parametrize("language", texts.LANGUAGES)
ERRORS = {"UserError", "Offline", "SignInAgain", "TooOld", "Refused"}
# A word in which Latin and Cyrillic letters stand side by side: it looks right and is not found.
MIXED = re.compile(r"[a-z][а-яёәғқңөұүһі]|[а-яёәғқңөұүһі][a-z]", re.IGNORECASE)


@BOTH
def test_no_text_of_the_code_is_missing_and_none_is_left_over(language):
    wanted = {message.id for message in texts.extract() if message.id}
    present = {message.id for message in texts.read(language) if message.id}

    assert wanted - present == set(), "run `make texts`, then translate"
    assert present - wanted == set(), "run `make texts`"


@BOTH
def test_every_text_is_translated(language):
    messages = [message for message in texts.read(language) if message.id]

    assert [message.id for message in messages if not texts.is_complete(message)] == []


@BOTH
def test_translations_have_the_braces_of_the_english_text(language):
    wrong = [text for message in texts.read(language) for text in texts.wrong_braces(message)]

    assert wrong == []


@BOTH
def test_no_word_mixes_two_alphabets(language):
    mixed = [
        text
        for message in texts.read(language)
        if message.id
        for text in texts.forms(message.string)
        if MIXED.search(re.sub(r"\{.*?\}", " ", text))
    ]

    assert mixed == []


@BOTH
def test_what_the_program_reads_is_what_was_translated(language):
    path = texts.FOLDER / f"{language}.mo"

    assert path.read_bytes() == texts.compiled(texts.read(language)), "run `make texts`"


def sources() -> list[tuple[str, ast.AST]]:
    return [
        (path.relative_to(ROOT).as_posix(), node)
        for package in texts.PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


def called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def test_texts_are_whole_sentences_that_extraction_can_find():
    """`tr(variable)` is for texts marked elsewhere; a text put together on the spot is lost."""
    lost = []
    for name, node in sources():
        whole = {"mark": 1, "trn": 2}.get(called(node), 0)
        if whole:
            built = [a for a in node.args[:whole] if not isinstance(a, ast.Constant)]
        elif called(node) == "tr":
            built = [a for a in node.args[:1] if isinstance(a, ast.JoinedStr | ast.BinOp)]
        elif called(node) in ERRORS:  # UserError("words") is shown, but was never marked
            built = [a for a in node.args[:1] if isinstance(a, ast.Constant | ast.JoinedStr)]
        else:
            continue
        lost += [f"{name}:{argument.lineno}" for argument in built]

    assert lost == []


def test_no_text_hides_from_extraction_inside_an_f_string():
    """f"{tr('Pictures')} (*.png)" was read as one string, and shown in English."""
    found = {part for one in texts.extract() if one.id for part in _parts(one.id)}
    said = [
        (name, node.args[0].value)
        for name, node in sources()
        if called(node) in ("tr", "trn", "mark")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]

    assert [one for one in said if one[1] not in found] == []


def _parts(id):
    return id if isinstance(id, tuple) else (id,)


@pytest.fixture
def project(tmp_path):
    for package in texts.PACKAGES:
        (tmp_path / package).mkdir()
    code = 'tr("Saved")\ntrn("{n} visit", "{n} visits", 2)\nmark("Sent to {name}")\nother("No")\n'
    (tmp_path / "ui" / "window.py").write_text(code)
    return tmp_path


def put(folder: Path, language: str, translations: dict[object, object]) -> None:
    catalog: Catalog = texts.read(language, folder)
    for message in catalog:
        if message.id in translations:
            message.string = translations[message.id]
    with (folder / f"{language}.po").open("wb") as file:
        texts.write_po(file, catalog, width=99, sort_by_file=True, include_lineno=False)


def test_translations_survive_new_texts_and_come_back_compiled(project):
    folder = project / "i18n"
    assert list(texts.update(project, folder))[1] == "ru: 3 texts, 3 to translate"
    put(folder, "ru", {
        "Saved": "Сохранено",
        ("{n} visit", "{n} visits"): ("{n} выезд", "{n} выезда", "{n} выездов"),
    })  # fmt: skip
    (project / "ui" / "window.py").write_text('tr("Saved")\ntr("New")\n')
    (project / "ui" / "list.py").write_text('trn("{n} visit", "{n} visits", 2)\n')

    lines = list(texts.update(project, folder))

    assert lines[1] == "ru: 3 texts, 1 to translate"
    spoken = GNUTranslations(BytesIO((folder / "ru.mo").read_bytes()))
    assert spoken.gettext("Saved") == "Сохранено"
    assert [spoken.ngettext("{n} visit", "{n} visits", n)[-2:] for n in (1, 2, 5)] == [
        "зд", "да", "ов",
    ]  # fmt: skip


def test_a_second_run_changes_nothing(project):
    folder = project / "i18n"
    list(texts.update(project, folder))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    list(texts.update(project, folder))

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_text_nobody_uses_is_dropped_for_good(project):
    folder = project / "i18n"
    list(texts.update(project, folder))
    (project / "ui" / "window.py").write_text("")

    list(texts.update(project, folder))

    assert "Saved" not in (folder / "kk.po").read_text(encoding="utf-8")
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("english", "translation", "right"),
    [
        ("Sent to {name}", "{name}: жіберілді", True),
        ("Sent to {name}", "Жіберілді", False),
        ("Sent to {name}", "{nam} жіберілді", False),
        ("Sent to {name}", "{name жіберілді", False),
        (("{n} visit", "{n} visits"), ("Один выезд", "{n} выезда", "{n} выездов"), True),
        (("{n} visit", "{n} visits"), ("{m} выезд", "{n} выезда", "{n} выездов"), False),
    ],
)
def test_braces_are_compared(english, translation, right):
    assert (not texts.wrong_braces(Message(english, translation))) is right


def test_a_word_of_two_alphabets_is_seen():
    assert MIXED.search("Caқтау")
    assert not MIXED.search("CSV файлы, Сақтау")
