"""The commands about forms and ratings: data on stdout, words on stderr, 1 where refused."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.files import read_whole
from desktop.surveys.cells import plain_path
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.messages import Message, located
from desktop.surveys.rating_command import add_rate
from desktop.surveys.trials import trial_context, try_expression
from desktop.surveys.xlsform import read_xlsform
from sync.errors import UserError
from sync.language import LANGUAGES, mark, spoken, tr

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_commands(commands: "Commands") -> "Commands":
    """Add `form`, `xpath` and `rate`. Each sets `run`: arguments → exit code, or UserError.

    What is returned takes further verbs of `form`.
    """
    forms = _add_form(commands.add_parser("form", help="forms: check, try, publish them"))
    xpath = commands.add_parser("xpath", help="evaluate one expression a line from stdin")
    _add_language(xpath)
    xpath.add_argument("--instance", type=Path, metavar="FILE.xml")
    xpath.set_defaults(run=_xpath)
    rate = commands.add_parser("rate", help="estimate a mean with its uncertainty")
    _add_language(rate)
    add_rate(rate)
    return forms


def _add_form(parser: argparse.ArgumentParser) -> "Commands":
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="say what is wrong with an XLSForm")
    run = verbs.add_parser("run", help="the state of a form after answers")
    run.add_argument("--answers", type=Path, required=True, metavar="ANSWERS.json")
    run.add_argument("--today", type=date.fromisoformat, help="another day than today")
    for verb, work in ((check, _check), (run, _run)):
        _add_language(verb)
        verb.add_argument("file", type=Path)
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(run=work)
    return verbs


def _add_language(parser: argparse.ArgumentParser) -> None:
    """As before the command, see desktop.cli; suppressed, for it must not reset that one."""
    parser.add_argument("--lang", choices=list(LANGUAGES), default=argparse.SUPPRESS)


def _check(arguments: argparse.Namespace) -> int:
    checked = read_xlsform(arguments.file)
    messages = [*checked.messages, *checked.telling]
    if arguments.json:
        _out({"ok": checked.ok, "messages": [one.as_row() for one in messages]})
    else:
        _tell(messages)
        if checked.ok:
            print(tr("The form can be used."))  # noqa: T201
    return 0 if checked.ok else 1


def _run(arguments: argparse.Namespace) -> int:
    answers = _answers(arguments.answers)
    form = load_form(_xform(arguments.file))
    interview = Interview(form, None, spoken(), arguments.today)
    for path in answers:
        if plain_path(path) not in form.nodes:
            raise UserError(mark("The form asks nothing at “{path}”."), path=path)
    interview.take(answers, told=True)
    states = {
        one.path: {
            "relevant": one.relevant,
            "required": one.required,
            "readonly": one.readonly,
            "value": one.value,
            "valid": one.valid,
            "choices": [choice.value for choice in one.choices],
        }
        for one in interview.nodes()
    }
    if arguments.json:
        _out(states)
    else:
        for path, state in states.items():
            print(path, json.dumps(state, ensure_ascii=False))  # noqa: T201
    return 0


def _xpath(arguments: argparse.Namespace) -> int:
    context = trial_context(_text(arguments.instance) if arguments.instance else None)
    try:
        for line in sys.stdin:
            if line.strip():
                _out(try_expression(line, context))
    except UnicodeDecodeError as wrong:
        raise UserError(mark("The standard input is not text in UTF-8.")) from wrong
    return 0


def _xform(path: Path) -> str:
    """A form's XForm: the file itself, or what its workbook is compiled to."""
    checked = read_xlsform(path)
    _tell(checked.messages)
    if checked.xform is None:
        raise UserError(mark("The form cannot be run. What is wrong with it is said above."))
    return checked.xform


def _answers(path: Path) -> dict[str, object]:
    try:
        found = json.loads(_text(path))
    except (ValueError, RecursionError) as wrong:
        raise UserError(mark("“{name}” is no JSON document."), name=path.name) from wrong
    if not isinstance(found, dict):
        raise UserError(mark("Answers are one JSON object: path of a question, and its value."))
    for question, value in found.items():
        if not _is_answer(value):
            raise UserError(
                mark("The answer at “{path}” is no text, number, or list of texts."), path=question
            )
    return found


def _is_answer(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | int | float)


def _text(path: Path) -> str:
    try:
        return read_whole(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise UserError(mark("The file “{name}” cannot be read."), name=path.name) from wrong


def _tell(messages: Iterable[Message]) -> None:
    for one in messages:
        print(located(one), file=sys.stderr)  # noqa: T201


def _out(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False))  # noqa: T201
