"""A form is tried with made-up answers before anybody is asked by it."""

import random
from pathlib import Path

import pytest

from desktop.surveys import made_up
from desktop.surveys.bundled import bundled_forms, rating_xform
from desktop.surveys.compiler import compile_workbook
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.made_up import fill, try_out
from sync.errors import Stopped
from tests.desktop.surveys.test_xlsforms import workbook

KINDS = ("text", "integer", "decimal", "date", "time", "dateTime", "geopoint", "acknowledge")


def compiled(folder: Path, rows: list[list[str]]) -> str:
    """The XForm of these rows, made here: a process of its own takes seconds."""
    path = workbook(folder, rows)
    return str(compile_workbook(path.read_bytes(), path)["xform"])


@pytest.mark.parametrize("bundled", bundled_forms(), ids=lambda one: one.key)
def test_every_question_of_a_bundled_form_is_asked_and_takes_an_answer(bundled):
    found = try_out(load_form(bundled.xform()))

    assert found.asked == found.questions
    assert found.remarks == ()


def test_made_up_interviews_are_complete():
    chance, form = random.Random(3), load_form(rating_xform())
    for _ in range(10):
        interview = Interview(form, language="kk")
        assert fill(form, interview, chance) == {}
        assert interview.complete()


def test_a_question_of_every_kind_takes_an_answer(tmp_path: Path):
    rows = [[kind, f"q{place}", kind] for place, kind in enumerate(KINDS)]
    form = load_form(compiled(tmp_path, rows))

    assert try_out(form).remarks == ()


def test_what_nobody_is_ever_asked_is_said(tmp_path: Path):
    rows = [["integer", "a", "How many"], ["text", "b", "Why so many", "${a} < 0 and ${a} > 0"]]
    form = load_form(compiled(tmp_path, rows))

    [remark] = try_out(form).remarks

    assert remark.words("en") == "Never asked, whatever was answered: “Why so many”"


def test_a_question_that_takes_no_answer_is_said_with_the_reason(tmp_path: Path):
    xform = compiled(tmp_path, [["integer", "a", "How many"]])
    xform = xform.replace('type="int"', 'type="int" required="true()" constraint=". = -7"')

    [remark] = try_out(load_form(xform)).remarks

    assert "“How many”" in remark.words("en")
    assert "not allowed" in remark.words("en")


def test_a_label_that_lacks_a_language_is_said():
    honest = '<text id="/data/marks/honest:label"><value>Работает честно</value></text>'
    assert honest in rating_xform()
    form = load_form(rating_xform().replace(honest, ""))

    [remark] = try_out(form).remarks

    assert remark.words("en") == "Not translated to Русский: “Works honestly”"


def test_trying_can_be_stopped():
    def tell(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise Stopped

    told: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        try_out(load_form(rating_xform()), tell=tell)

    assert told == [(0, 30), (1, 30), (2, 30)]


def test_many_of_what_repeats_are_not_made_up():
    household = next(one for one in bundled_forms() if one.key == "household")
    form = load_form(household.xform())

    for seed in range(5):
        interview = Interview(form, language="kk")
        fill(form, interview, random.Random(seed))
        assert max(place.many for place in interview.repeated()) <= made_up.MANY


def test_a_form_that_takes_long_is_tried_fewer_times(monkeypatch: pytest.MonkeyPatch):
    moments = iter(range(0, 1000, 4))
    monkeypatch.setattr(made_up, "monotonic", lambda: next(moments))

    assert try_out(load_form(rating_xform())).interviews == 3
