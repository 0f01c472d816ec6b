"""What a new version of a form changes, and whether answers to the old one would fit it."""

import pytest

from desktop.surveys.bundled import rating_xform
from desktop.surveys.comparing import compare
from desktop.surveys.form import load_form

ROADS = "<item><itextId>problem-3</itextId><name>roads</name></item>"
HONEST = '<bind nodeset="/data/marks/honest" type="string" required="true()"'


def changed(*swaps: tuple[str, str], back: bool = False) -> list[tuple[str, bool]]:
    """What is told of the rating form when these texts of its XForm are others."""
    xform = rating_xform()
    for old, new in swaps:
        assert old in xform, old
        xform = xform.replace(old, new)
    forms = [load_form(rating_xform()), load_form(xform)]
    found = compare(*(reversed(forms) if back else forms))
    return [(one.text.words("en"), one.breaks) for one in found]


def test_the_same_form_changes_nothing():
    assert changed() == []


def test_a_question_taken_out_breaks_and_a_new_one_does_not():
    swaps = (
        ("<proposal/>", ""),
        ('<bind nodeset="/data/proposal" type="string" constraint="string-length(.) &lt;= 1000" '
         "jr:constraintMsg=\"jr:itext('/data/proposal:jr:constraintMsg')\"/>", ""),
    )  # fmt: skip
    question = "“What should be done first in the village?”"

    assert changed(*swaps) == [(f"Question taken out: {question}", True)]
    assert changed(*swaps, back=True) == [(f"New question: {question}", False)]


def test_a_question_with_another_name_is_known_by_its_words():
    assert changed(("age_group/>", "age/>"), ("/age_group", "/age")) == [
        ("“age_group” is now called “age”: “Age”", True)
    ]


def test_a_question_in_another_group_is_known_by_its_name():
    told = changed(("<person><sex/>", "<sex/><person>"), ("/data/person/sex", "/data/sex"))

    assert told == [("“sex” stands in another group: “Sex”", True)]


def test_another_kind_of_answer_breaks():
    told = changed(('"/data/person/household" type="int"', '"/data/person/household" type="date"'))

    assert told == [
        (
            "Another kind of answer (integer, now date): "
            "“How many people live in your household, with you?”",
            True,
        )
    ]


@pytest.mark.parametrize(("back", "words"), [(False, "Choices taken out"), (True, "New choices")])
def test_choices_are_called_by_their_labels(back, words):
    question = "“What are the most pressing problems of your village?”"

    assert changed((ROADS, ""), back=back) == [(f"{words} (Roads): {question}", not back)]


def test_other_words_in_any_language_are_told_and_fit():
    assert changed(("Работает честно", "Честен в работе")) == [
        ("Other words: “Works honestly”", False)
    ]
    assert changed((">Дороги<", ">Пути<"))[0][0].startswith("Other words")


def test_an_answer_that_is_needed_now_is_told():
    told = changed((HONEST, HONEST.removesuffix(' required="true()"')), back=True)

    assert told == [("An answer is needed now: “Works honestly”", False)]


def test_languages_come_and_go():
    assert changed(('lang="Русский (ru)"', 'lang="Oʻzbekcha (uz)"')) == [
        ("New language: uz", False),
        ("Language taken out: Русский", False),
    ]
