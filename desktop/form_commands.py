"""`form list`, `form publish`, `form try`, `form compare` and `form bundled`: the shelf of forms, by commands."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.actions import forms
from desktop.command_line import opened, put_out
from desktop.surveys.bundled import BundledForm, bundled_forms
from desktop.surveys.comparing import Difference, compare
from desktop.surveys.form import load_form
from desktop.surveys.made_up import TIMES, try_out
from desktop.surveys.messages import located
from desktop.surveys.xlsform import Checked, read_xlsform
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.vocabulary import choices, label

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NO_KEY = mark("No form of that name comes with the program. There are: {keys}.")


def add_forms(verbs: "Commands", shared: argparse.ArgumentParser) -> None:
    """Add the verbs to `form`."""
    listed = verbs.add_parser("list", parents=[shared], help="the forms on this laptop")
    listed.set_defaults(run=_list)
    publish = verbs.add_parser(
        "publish", parents=[shared], help="give a form, or its new version, to all laptops"
    )
    publish.set_defaults(run=_publish)
    publish.add_argument("file", type=Path, metavar="FILE|KEY", help="KEY: of form bundled")
    publish.add_argument("--name", default="", help="default: as its older version, or its title")
    publish.add_argument("--version", default="", help="default: its own, or the day and a number")
    publish.add_argument("--use", choices=[one.key for one in choices("form_use")], default="")
    tried = verbs.add_parser("try", parents=[shared], help="hold interviews with made-up answers")
    tried.set_defaults(run=_try)
    tried.add_argument("file", type=Path)
    tried.add_argument("--times", type=int, default=TIMES, metavar="N")
    compared = verbs.add_parser("compare", parents=[shared], help="what a new version changes")
    compared.set_defaults(run=_compare)
    compared.add_argument("old", type=Path)
    compared.add_argument("new", type=Path)
    bundled = verbs.add_parser("bundled", parents=[shared], help="forms of the program")
    bundled.set_defaults(run=_bundled)
    bundled.add_argument("key", nargs="?", metavar="KEY", help="save its workbook")
    bundled.add_argument("--to", type=Path, metavar="FILE.xlsx")


def _list(args: argparse.Namespace) -> int:
    with opened(args) as (_, desk, _password):
        found = forms.list_forms(desk)
    lines = [
        " · ".join(
            [
                str(one.id),
                one.name,
                one.version,
                label("form_use", one.use),
                trn("{n} question", "{n} questions", one.questions),
                *one.waves,
            ]
        )
        for one in found
    ]
    put_out(args, found, *lines)
    return 0


def _publish(args: argparse.Namespace) -> int:
    own = _own(str(args.file))
    if own is not None:
        checked, use = Checked(own.xform(), ()), own.use
    else:
        checked, use = _read(args.file), forms.SURVEY
    if checked.xform is None or not checked.ok:
        _say(args, checked)
        raise UserError(forms.NOT_USABLE)
    with opened(args) as (_, desk, _password):
        name = args.name or (own.words() if own else "")
        offer = forms.propose(desk, checked.xform, name=name, use=use, file=args.file.name)
        [change] = forms.publish(
            desk,
            checked.xform,
            name=offer.name,
            version=args.version or offer.version,
            use=args.use or offer.use,
        )
    document = {
        "id": change.record,
        "name": change.fields["name"],
        "version": change.fields["version"],
        "use": change.fields["use"],
        "differences": _rows(offer.differences),
        "runs": [asdict(one) for one in offer.runs],
        "messages": [one.as_row() for one in checked.messages],
    }
    for message in checked.messages:
        sys.stderr.write(f"{located(message)}\n")
    put_out(args, document, str(change.record), *(one.text.words() for one in offer.differences))
    return 0


def _try(args: argparse.Namespace) -> int:
    checked = _read(args.file)
    if checked.xform is None:
        _say(args, checked)
        raise UserError(mark("The form cannot be run. What is wrong with it is said above."))
    found = try_out(load_form(checked.xform), max(1, args.times))
    document = {
        "interviews": found.interviews,
        "questions": found.questions,
        "asked": found.asked,
        "remarks": [one.words() for one in found.remarks],
    }
    words = tr("{asked} of {questions} questions were asked.", **document)
    put_out(args, document, words, *document["remarks"])  # type: ignore[misc]  # a list of texts
    return 0


def _compare(args: argparse.Namespace) -> int:
    old, new = (_read(path) for path in (args.old, args.new))
    for one in (old, new):
        if one.xform is None:
            _say(args, one)
            raise UserError(forms.NOT_USABLE)
    found = compare(load_form(old.xform or ""), load_form(new.xform or ""))
    put_out(args, _rows(found), *(one.text.words() for one in found))
    return 0


def _bundled(args: argparse.Namespace) -> int:
    if args.key is None:
        rows = [
            {"key": one.key, "purpose": one.purpose, "use": one.use, "names": dict(one.names)}
            for one in bundled_forms()
        ]
        put_out(args, rows, *(f"{one.key} · {one.words()}" for one in bundled_forms()))
        return 0
    form = _own(args.key)
    if form is None:
        keys = ", ".join(one.key for one in bundled_forms())
        raise UserError(NO_KEY, keys=keys)
    path = args.to or Path(f"{form.key}.xlsx")
    if path.exists():
        raise UserError(mark("There is a file {name} already. Choose another name."), name=path)
    forms.save_workbook(form, path)
    put_out(args, {"file": str(path)}, str(path))
    return 0


def _own(key: str) -> BundledForm | None:
    return next((one for one in bundled_forms() if one.key == key), None)


def _read(path: Path) -> Checked:
    return read_xlsform(path)


def _rows(found: tuple[Difference, ...] | list[Difference]) -> list[dict[str, Any]]:
    return [{"text": one.text.words(), "breaks": one.breaks} for one in found]


def _say(args: argparse.Namespace, checked: Checked) -> None:
    """What is wrong, each with its place, before the refusal."""
    for message in checked.messages:
        sys.stderr.write(f"{located(message)}\n")
