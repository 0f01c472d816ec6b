"""A form of 500 questions: read from its workbook, and opened, each beside its floor.

The floor of reading is the form compiler alone; ours looks over the workbook before, opens what was
made, begins an interview, and says what is wrong. Both in this process: what starting another costs
is told beside. The floor of opening is the XML parsed into its tree; ours compiles every expression,
finds who depends on whom, and begins an interview that can be shown.
"""

import json
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from xml.etree import ElementTree

from openpyxl import Workbook
from pyxform.xls2xform import convert

from desktop.surveys.compiler import compile_workbook
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.xlsform import judged, read_xlsform
from tests.bench.ratios import Figure, in_turns

COMPILER, TREE = "the form compiler alone", "its XML parsed into a tree"
QUESTIONS, RUNS = 500, 20
HEAD = ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)"]
LOGIC = ["relevant", "required", "constraint", "calculation"]


def measure(runs: int | None = None, questions: int | None = None) -> Iterator[Figure]:
    """Reading, then opening, the same form."""
    content = workbook(questions or QUESTIONS)
    xform = judged(compile_workbook(content)).xform
    assert xform is not None
    yield _reading(content, runs or RUNS)
    yield _opening(xform, runs or RUNS)


def _reading(content: bytes, runs: int) -> Figure:
    def floor() -> float:
        began = perf_counter()
        convert(BytesIO(content), warnings=[], form_name="data")
        return perf_counter() - began

    def ours() -> float:
        began = perf_counter()
        checked = judged(json.loads(json.dumps(compile_workbook(content), default=str)))
        assert checked.ok, [one.as_row("en") for one in checked.messages]
        return perf_counter() - began

    floors, taken = in_turns(floor, ours, runs)
    return Figure("form, read", COMPILER, floors, taken, {"s, with its process": _whole(content)})


def _whole(content: bytes) -> float:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        began = perf_counter()
        assert read_xlsform(path, patience=60).ok
        return perf_counter() - began


def _opening(xform: str, runs: int) -> Figure:
    def floor() -> float:
        began = perf_counter()
        ElementTree.fromstring(xform)  # our own
        return perf_counter() - began

    def ours() -> float:
        began = perf_counter()
        Interview(load_form(xform)).nodes()
        return perf_counter() - began

    floors, taken = in_turns(floor, ours, runs)
    return Figure(
        "form, opened", TREE, floors, taken, {"nodes": float(len(load_form(xform).nodes))}
    )


def workbook(questions: int) -> bytes:
    """Groups of ten questions in two languages: numbers, texts, choices, and what follows of them."""
    chance = random.Random(59)  # the same form each time
    book = Workbook(write_only=True)
    survey = book.create_sheet("survey")
    survey.append([*HEAD, *LOGIC])
    for number in range(questions):
        if number % 10 == 0:
            survey.append(["begin_group", f"g{number}", f"Топ {number}", f"Группа {number}"])
        kind = chance.choice(["integer", "text", "select_one list", "date", "calculate"])
        before = "${q" + str(max(0, number - 1)) + "}"
        survey.append(
            [
                *(kind, f"q{number}", f"{number}-сұрақ", f"Вопрос {number}"),
                f"{before} != ''" if number % 4 == 3 else "",
                "yes" if number % 5 == 0 and kind != "calculate" else "",
                ". >= 0 and . <= 120" if kind == "integer" else "",
                f"concat({before}, '-', {number})" if kind == "calculate" else "",
            ]
        )
        if number % 10 == 9 or number == questions - 1:
            survey.append(["end_group"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *HEAD[2:]])
    for number in range(20):
        choices.append(["list", f"c{number}", f"{number}-нұсқа", f"Вариант {number}"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
