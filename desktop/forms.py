"""What is wrong with what was typed, field by field, in words. Without a screen or a database."""

from contextlib import suppress

import msgspec

from sync.errors import UserError
from sync.language import mark, quoted
from sync.records.base import Record, Values, field_map
from sync.records.consented import unconsented
from sync.records.issue import Step
from sync.records.survey import Form, is_survey
from sync.records.values import Wrong, missing, parse

EXTENDED = "extended"  # of step_type
SOMEBODY = mark(
    "“{words}” reads like somebody's name or number. What is shared goes to many: write it without."
)
NO_PAUSE = mark("Say until which day: the law knows an extension to a day, and no pause.")


def tidy(values: Values) -> Values:
    """Values as typed or chosen → as JSON: spaces trimmed, empty texts and lists as nothing.

    NUL characters, which come with a copied text and nobody sees, are left out of texts.
    """
    tidied = {}
    for name, value in values.items():
        text = value.replace("\0", "").strip() if isinstance(value, str) else value
        plain = msgspec.to_builtins(text)
        tidied[name] = None if plain in ("", []) else plain
    return tidied


def in_words(error: UserError, record: type[Record]) -> str:
    """Why a record is not kept, for where no field is beside the words: each is named."""
    if not isinstance(error, Wrong):
        return str(error)
    known = field_map(record)
    said = ((known[name].words() if name in known else name, problem) for name, problem in
            error.problems.items())  # fmt: skip
    return " ".join(f"{quoted(name)}: {problem}" for name, problem in said)


def _political(xform: object, *, named: bool) -> dict[str, UserError]:
    """Why a form may not be kept that asks about political views, and who answers, or is `named`."""
    # Here: what reads forms is no small thing, and few people ever save one.
    from desktop.surveys.form import load_form
    from desktop.surveys.political import cells_of, refused

    with suppress(UserError):  # no form at all: who wants to run it is told
        for message in refused(cells_of(load_form(str(xform))), named=named):
            return {"xform": message.text}
    return {}


def _naming(values: Values) -> dict[str, UserError]:
    """What reads like somebody's name or number, where nobody is to be named."""
    from desktop.surveys.names import find  # here: it reads lists of names, and few people share

    return {
        name: UserError(SOMEBODY, words=text[spans[0].start : spans[0].end])
        for name, text in values.items()
        if isinstance(text, str) and (spans := find(text))
    }


def check(record: type[Record], values: Values, *, sending: bool = False) -> dict[str, UserError]:
    """Problems by field; empty when all is well. A draft may lack required fields."""
    values = tidy(values)
    problems: dict[str, UserError] = {}
    if sending:
        problems |= missing(record, values)
    problems |= unconsented(record, values)
    if record is Step and values.get("type") == EXTENDED and not values.get("until"):
        problems["until"] = UserError(NO_PAUSE)
    if record is Form and (xform := values.get("xform")):
        problems |= _political(xform, named=not is_survey(values))
    if record.handed_out:
        problems |= _naming(values)
    try:
        parse(record, values)
    except Wrong as wrong:
        problems |= wrong.problems
    return problems
