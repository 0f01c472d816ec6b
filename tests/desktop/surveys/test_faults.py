"""Each thing that the form compiler can find wrong has a sentence of ours, also in a new version."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from string import Formatter

import pytest
from pyxform import constants
from pyxform.errors import ErrorCode

from desktop.surveys.diagnosis import told
from desktop.surveys.faults import CODED
from desktop.surveys.own_faults import UNKNOWN
from desktop.surveys.suggestions import Sheets
from desktop.surveys.verdicts import remarks, verdicts

CODES = [one for one in ErrorCode if not one.name.startswith("INTERNAL_")]
SOURCE = Path(find_spec("pyxform").origin).parent
# What cannot come of a workbook that somebody gives the program: faults of what reads XForms, of
# other programs, of what fetches something, and arguments of the compiler's own functions.
ELSEWHERE = (
    *("validators/odk_validate", "validators/enketo_validate", "validators/updater.py"),
    *("validators/util.py", "xform2json.py", "xform_instance_parser.py", "instance.py"),
)
NOT_OF_A_WORKBOOK = re.compile(
    r"Invalid value for `|Expected a sequence of columns|Argument '|Parameter 'definition'"
    r"|The input data does not appear|(?:\[row : 2\])?[ x]*$"
    r"|x (?:Please ensure|If you do not mean)"  # what comes before has a code
)


CONSTANTS = {name: at for name, at in vars(constants).items() if isinstance(at, str)} | {
    one.name: str(one.value)
    for kind in vars(constants).values()
    if isinstance(kind, type) and issubclass(kind, Enum)
    for one in kind
}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", CODES, ids=lambda one: one.name)
def test_each_fault_with_a_code_has_a_sentence_that_it_fills(code) -> None:
    sentence = CODED[code.name]

    assert fields(sentence.words) <= fields(code.value.msg) | set(sentence.values)


def test_no_sentence_is_left_of_a_code_that_is_gone() -> None:
    assert set(CODED) == {one.name for one in CODES}


@pytest.mark.parametrize("code", ErrorCode, ids=lambda one: one.name)
def test_a_fault_is_known_again_by_its_finished_sentence(code) -> None:
    names = fields(code.value.msg)
    values = {name: "7" if "row" in name else f"a {name}" for name in names}

    assert told(code.value.format(**values)) == [
        {"code": code.name, "values": values, "text": code.value.format(**values)}
    ]


def sentences() -> Iterator[tuple[str, str]]:
    """(where, text) of all that the compiler raises or warns of without a code; `x` for values."""
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        if not where.startswith(ELSEWHERE):
            yield from _of_module(path, where)


def _of_module(path: Path, where: str) -> Iterator[tuple[str, str]]:
    module = import_module(".".join(("pyxform", *Path(where).with_suffix("").parts)))
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            for said in _said(node):
                for text in _texts(said, function, module):
                    if "ErrorCode." not in text:
                        yield f"{where}:{node.lineno}", text


def _said(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
        if ast.unparse(node.exc.func) in ("PyXFormError", "PyXFormReadError", "ValidationError"):
            yield node.exc.args[0]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
        *("warnings.append", "errors.append", "lang_msgs.append"),
    ):
        yield node.args[0]


def _part(node: ast.expr) -> str:
    """A piece of an f-string; of a parameter its name, of other values an x."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    named = re.search(r"\.([A-Z_]+)(?:\.value)?\}$", ast.unparse(node).strip("f'\""))
    return CONSTANTS.get(named[1], "x") if named else "x"


def _texts(node: ast.expr, function: ast.FunctionDef, module: object) -> list[str]:
    """What an expression may say, as far as it can be read from the source."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(_part(one) for one in parts)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [
                one + other
                for one in _texts(left, function, module)
                for other in _texts(right, function, module)
            ]
        case ast.BinOp(left=left, op=ast.Mod()):
            (text,) = _texts(left, function, module)
            return [text.replace("%s", "2")]
        case ast.Call(func=ast.Attribute(value=of, attr="format")):
            return [re.sub(r"\{\w+\}", "x", text) for text in _texts(of, function, module)]
        case ast.Attribute() if ast.unparse(node).startswith("ErrorCode."):
            return [ast.unparse(node)]
        case ast.Name(id=name) if isinstance(getattr(module, name, None), str):
            return [getattr(module, name)]
        case ast.Name(id=name):
            given = [
                one.value
                for one in ast.walk(function)
                if isinstance(one, ast.Assign)
                and any(isinstance(to, ast.Name) and to.id == name for to in one.targets)
            ]
            others = [one for one in given if name not in ast.unparse(one)]
            return [text for one in others for text in _texts(one, function, module)] or ["x"]
        case _:
            return ["x"]


SENTENCES = [(where, text) for where, text in sentences() if not NOT_OF_A_WORKBOOK.match(text)]


def test_the_source_of_the_compiler_is_found() -> None:
    assert len(SENTENCES) > 60


@pytest.mark.parametrize(("where", "text"), SENTENCES, ids=[where for where, _ in SENTENCES])
def test_each_fault_without_a_code_is_known_by_its_words(where: str, text: str) -> None:
    (message,) = remarks(told(text), Sheets())

    assert message.text.text != UNKNOWN, f"{where} says: {text}"
    for language in ("kk", "ru", "en"):
        assert message.text.words(language)


@pytest.mark.parametrize(
    "text",
    [
        "[row : 2] Parameter 'app' has an invalid Android package name - package name is missing.",
        "The xls file provided has an invalid date on the survey sheet, under the default column on row number 4",
        "Error reading .xlsx file: File is not a zip file",
    ],
)
def test_what_is_said_by_other_parts_is_known_as_well(text: str) -> None:
    (message,) = verdicts({"faults": told(text)})

    assert message.text.text != UNKNOWN


def test_a_new_fault_is_passed_on_in_the_words_of_the_compiler() -> None:
    (message,) = verdicts({"faults": told("[row : 7] The moon is not full.")})

    assert (message.sheet, message.row) == ("survey", 7)
    assert message.as_row("en")["text"] == "The form compiler says: The moon is not full."


def test_faults_that_come_together_are_told_one_by_one() -> None:
    twice = ErrorCode.NAMES_007.value
    found = told(f"{twice.format(row=3)}\n{twice.format(row=5)}")

    assert [one.row for one in verdicts({"faults": found})] == [3, 5]
