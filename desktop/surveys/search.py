"""`search()` in the appearance of a question, as Collect has it → a list in a file with a filter.

    search('towns', 'contains', 'label,other', ${typed}, 'region', ${region})

The choices of the workbook name columns of the file: what is kept, and what is read out; those that
are numbers are choices of their own. The standard itself has select_one_from_file for this.
"""

import re
from dataclasses import dataclass

from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.tokens import tokens

_CALL = re.compile(r"\bsearch\s*\(")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_HERE = re.compile(r"(?<![\w/.)\]])(\.\.?)(?![\w.])")  # a path that begins at the question
WAYS = {
    "contains": "contains({column}, string({text}))",
    "startswith": "starts-with({column}, string({text}))",
    "endswith": "ends-with({column}, string({text}))",
    "matches": "{column} = string({text})",
}


@dataclass(frozen=True)
class Search:
    """`file` without its ending, the expression of the rows it finds, and the rest of the looks."""

    file: str
    nodes: str
    rest: str


def read_search(appearance: str) -> Search | None:
    """The search in an appearance; None where there is none, or it is none that can be run."""
    found = _CALL.search(appearance)
    if found is None:
        return None
    try:
        arguments, end = _arguments(appearance[found.end() :])
        file, *rest = arguments
        name = _text(file)
        predicates = "".join(f"[{one}]" for one in _predicates(rest))
    except (XPathError, ValueError):
        return None
    nodes = f"instance('{name.removesuffix('.csv')}')/root/item{predicates}"
    looks = appearance[: found.start()] + appearance[found.end() + end :]
    return Search(name.removesuffix(".csv"), nodes, " ".join(looks.split()))


def _arguments(text: str) -> tuple[list[str], int]:
    """The arguments of a call whose bracket was opened, and where it is closed."""
    found: list[str] = []
    deep = begin = 0
    for token in tokens(text):
        if deep == 0 and token.text in (",", ")") and token.kind == "symbol":
            found.append(text[begin : token.position].strip())
            begin = token.position + 1
            if token.text == ")":
                return found, begin
        elif token.kind == "symbol":
            deep += (token.text in "([") - (token.text in ")]")
        elif token.kind == "end":
            break
    raise ValueError("never closed")


def _predicates(arguments: list[str]) -> list[str]:
    """How, where and for what is looked; then which column has which value."""
    if not arguments:
        return []
    way, columns, text, *filtered = arguments
    test = WAYS.get(_text(way).lower())
    names = [one.strip() for one in _text(columns).split(",")]
    if test is None or len(filtered) not in (0, 2) or not all(map(_NAME.fullmatch, names)):
        raise ValueError("no search")
    found = [" or ".join(test.format(column=one, text=_of_question(text)) for one in names)]
    if filtered:
        column, value = filtered
        if not _NAME.fullmatch(_text(column)):
            raise ValueError("no column")
        found.append(f"{_text(column)} = string({_of_question(value)})")
    return found


def _text(argument: str) -> str:
    found = _QUOTED.fullmatch(argument)
    if found is None:
        raise ValueError("no text")
    return found[1] or found[2] or ""


def _of_question(text: str) -> str:
    """An expression of the question as it is written among the rows of the file."""
    pieces = re.split(r"('[^']*'|\"[^\"]*\")", text)
    return "".join(
        one if one[:1] in ("'", '"') else _HERE.sub(r"current()/\1", one) for one in pieces
    )


def label_of(columns: str) -> str:
    """The expression of what is read out: one column, or several with commas between."""
    names = [one.strip() for one in columns.split(",")]
    return names[0] if len(names) == 1 else "concat(" + ", ', ', ".join(names) + ")"
