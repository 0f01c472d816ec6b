"""Generated and real forms, here and in other engines of the standard: `make soak`.

Where an engine is not there, nothing is compared and the tests are skipped: they never pass for it.
What differs, and who is right by the specification, is in docs/forms.md; nothing else may differ.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from desktop.surveys.bundled import bundled_forms
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from tests.desktop.surveys.generated import EXPRESSIONS, Filled, calculating, filled_forms
from tests.desktop.surveys.other_engines import Engine, Missing, Seen, javarosa, web_forms

SEED = 46
FORMS = int(os.environ.get("DALA_FORMS", "1000"))
pytestmark = pytest.mark.skipif("DALA_SOAK" not in os.environ, reason="not compared: `make soak`")

ENGINES: dict[str, Callable[[Path], AbstractContextManager[Engine]]] = {
    "web": web_forms,
    "javarosa": javarosa,
}
# Expressions of which an engine is known to say something else: docs/forms.md, “Against other engines”.
KNOWN = {
    "web": r"substring-after|\bround\(",
    "javarosa": r"/data/p\[[1-3]\]|boolean\(/data/e\)|selected\(/data/s, /data/[st]\)|^'2025-02-28' <",
}
FIXED = """
    1 div 3 | 2.5 mod 1 | -7 mod 3 | -7.5 mod 2 | 1 div 0 | 0 - 1 div 0 | 1000000 * 10000000 | 0.1 + 0.2
    date('2025-03-01') + 1 | /data/d - /data/w | /data/d + 1 | format-date(/data/d, '%b %a %n/%e %y %Y')
    format-date-time('2025-03-01T12:05:00', '%H:%M') | decimal-date-time('1970-01-02T00:00:00.000Z')
    int(-2.7) | round(2.5) | round(-2.567, 2) | round(1234.5, -2) | sin(1) | log10(1000) | pow(2, 0.5)
    substr('Түркістан', 2, 5) | substr('abc', -2) | substr('abc', 2, 1) | concat(/data/p/k, 'x')
    join(', ', /data/p/m) | normalize-space(' a  b ') | translate('bar', 'abc', 'AB') | contains('a', '')
    selected-at('a b', 1) | selected-at('a b', -1) | count-selected('') | count-selected(' a  b ')
    checklist(1, 2, true(), false(), true()) | weighted-checklist(5, 9, true(), 4, true(), 2)
    sum(/data/p/m) | max(/data/p/m) | min(/data/p/m) | count(/data/p[m > 0]) | count-non-empty(/data/p/k)
    indexed-repeat(/data/p/m, /data/p, 3) | sum(/data/p[position() > 1]/m) | max(/data/p[m > 9]/m)
    instance('l')/root/item[name = 'c']/n | count(instance('l')/root/item[n = /data/p[1]/m + 1])
    if(/data/a > 3, 'more', 'less') | coalesce(/data/e, /data/t) | once('x') | number('') | not(/data/e = '')
    'a' = 'A' | 1 = '1' | '2025-02-28' < /data/d | true() and false() or true() | boolean-from-string('1')
    digest('abc', 'SHA-1', 'hex') | base64-decode('0ZHRg9C7') | string-length('Әңғі') | starts-with('ab', 'b')
    distance('43 68 0 0; 44 68 0 0') > 111000 | area('43 68 0 0; 43 69 0 0; 44 69 0 0; 43 68 0 0') > 4000000000
    regex('850101300123', '^[0-9]{12}$') | regex('x1', '^[0-9]+$') | ends-with('abc', 'bc') | pi()
"""


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Engine]]:
    """Each of the engines in turn; what is compared with it is counted, and told at the end."""
    name = request.param
    try:
        with ENGINES[name](tmp_path_factory.mktemp(name)) as running:
            yield name, running
    except Missing as why:
        pytest.skip(f"not compared: {why}")
    finally:
        told = ", ".join(f"{many} {what}" for what, many in sorted(COUNTED[name].items()))
        sys.stdout.write(f"\n{name}: {told or 'nothing'}\n")


COUNTED: dict[str, Counter[str]] = {name: Counter() for name in ENGINES}


def generated(strategy: st.SearchStrategy[object]):
    """A test over the same things each time, without looking for smaller ones."""

    def over(test):
        chosen = settings(
            max_examples=FORMS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        return seed(SEED)(chosen(given(strategy)(test)))

    return over


def here(xform: str, answers: tuple[tuple[str, str], ...]) -> tuple[dict[str, Seen], list]:
    """The state of our own after these answers, and those that the form let be given."""
    form = load_form(xform)
    assert form.usable
    interview, given_ = Interview(form, language="en"), []
    for path, value in answers:
        state = interview.state(path)
        if state.relevant and not state.readonly:
            interview.answer(path, value)
            given_.append((path, value))
    return {
        one.path: Seen(one.value, one.relevant, one.required, one.readonly, one.valid)
        for one in interview.nodes()
    }, given_


def assert_values(name: str, engine: Engine, expressions: list[str]) -> None:
    """What both say of each, as texts; where they differ, the difference is one that is known."""
    texts = [f"string({one})" for one in expressions]
    ours, _ = here(calculating(texts), ())
    try:
        theirs = engine.run(calculating(texts), ())
    except ValueError:  # it takes types more strictly; then none of the form is worked out
        COUNTED[name]["forms it refused"] += 1
        return
    for place, text in enumerate(expressions):
        one, other = ours[f"/data/x{place}"].value, theirs[f"/data/x{place}"].value
        COUNTED[name]["expressions"] += 1
        if not same(one, other):
            COUNTED[name]["expressions that differ as is known"] += 1
            known = re.search(KNOWN[name], text) or (name == "web" and "NaN" in one)
            assert known, (text, one, other)


def same(one: str, other: str) -> bool:
    """Texts, or numbers up to their last digits."""
    try:
        left, right = float(one), float(other)
    except ValueError:
        return one == other
    return one == other or abs(left - right) <= 1e-9 * max(abs(left), abs(right))


def assert_states(name: str, engine: Engine, filled: Filled, *, late: bool = False) -> None:
    """Each node: its value, whether it is relevant, and of what is: required, read only, valid.

    `late`: JavaRosa may have other instances of what is counted, see docs/forms.md.
    """
    ours, answers = here(filled.xform, filled.answers)
    theirs = engine.run(filled.xform, answers)
    apart = theirs.keys() ^ ours.keys()
    assert not apart or (late and all("[" in path for path in apart))
    COUNTED[name]["nodes that differ as is known"] += len(apart)
    ours = {path: node for path, node in ours.items() if path not in apart}
    COUNTED[name]["forms"] += 1
    for path, node in ours.items():
        COUNTED[name]["nodes"] += 1
        other = theirs[path]
        if name == "web" and (node.value, other.value) == ("0", ""):  # the sum of nothing
            COUNTED[name]["nodes that differ as is known"] += 1
            continue
        assert (node.value, node.relevant) == (other.value, other.relevant), (path, answers)
        assert not node.relevant or node == other, (path, answers)


def test_chosen_expressions(engine: tuple[str, Engine]) -> None:
    for line in FIXED.strip().splitlines():
        for one in line.split(" | "):
            assert_values(*engine, [one.strip()])


def test_generated_expressions(engine: tuple[str, Engine]) -> None:
    @generated(st.lists(EXPRESSIONS, min_size=1, max_size=12, unique=True))
    def compare(expressions: list[str]) -> None:
        assert_values(*engine, expressions)

    compare()


def test_generated_forms(engine: tuple[str, Engine]) -> None:
    @generated(filled_forms())
    def compare(filled: Filled) -> None:
        assert_states(*engine, filled)

    compare()


PERSON = (("consent", "OK"), ("person/sex", "female"), ("person/age_group", "30_44"))
BUNDLED = {  # by form: answers in their order, some of them wrong
    "rating": (
        *PERSON,
        *(("person/household", "31"), ("awareness", "well"), ("marks/honest", "4")),
        *(("marks/result", "dk"), ("problems", "gas other"), ("awareness", "no")),
        *(("problems", "gas refused"), ("awareness", "refused")),
    ),
    "reception": (
        *PERSON,
        *(("matter", "own"), ("waited", "refused"), ("marks/polite", "5"), ("marks/waiting", "2")),
        *(("marks/explained", "refused"), ("outcome", "partly"), ("lacking", "Құжат")),
        *(("comes_again", "no"), ("why_not", "far dk"), ("why_not", "far queue")),
        *(("outcome", "settled"), ("comes_again", "yes")),
    ),
    "village_project": (
        *PERSON,
        *(
            ("object", "other"),
            ("object_other", "Көпір"),
            ("known", "uses"),
            ("asked_before", "dk"),
        ),
        *(("marks/quality", "1"), ("marks/tidy", "dk"), ("defects", "leaks none")),
        *(("defects", "leaks"), ("defect_place", "Шатыр"), ("overall", "3"), ("known", "no")),
    ),
    "household": (
        *(("keep_data", "no"), ("size", "2"), ("keep_data", "yes"), ("host/name", "Айгүл")),
        *(("host/phone", "жоқ"), ("member[1]/age", "41"), ("member[2]/age", "7")),
        *(("member[1]/occupation", "works"), ("home/amenities", "gas none"), ("topics", "other")),
        *(("problem_count", "2"), ("problem[2]/category", "roads"), ("problem_count", "1")),
        *(("promise/promised", "yes"), ("promise/follow_up", "phone")),
        ("host/phone", "+7 701 123 45 67"),
    ),
}


@pytest.mark.parametrize("bundled", bundled_forms(), ids=lambda one: one.key)
def test_bundled_forms(engine: tuple[str, Engine], bundled) -> None:
    answers = BUNDLED[bundled.key]
    for many in range(len(answers) + 1):
        given_ = tuple((f"/data/{path}", value) for path, value in answers[:many])
        late = engine[0] == "javarosa"
        assert_states(*engine, Filled(bundled.xform(), given_), late=late)
