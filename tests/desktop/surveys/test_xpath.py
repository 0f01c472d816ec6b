"""Expressions: values by the specification, errors at their place, references."""

import contextlib
import math
import re
from datetime import date
from time import thread_time
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.effort import Effort
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import document_of
from desktop.surveys.xpath.parser import compile_expression
from desktop.surveys.xpath.patterns import TOO_LONG
from desktop.surveys.xpath.values import Value
from tests.desktop.surveys.hostile import PATTERNS
from tests.desktop.surveys.world import World, evaluate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 2 - 3", 5.0),
        ("2 - -3", 5.0),
        ("--2", 2.0),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),
        ("1 div 0", math.inf),
        ("1 < 2 = true()", True),
        ("1 = 2 or 3 = 3 and 4 = 5", False),
        ("'a' = \"a\"", True),
        (". = 17", True),
        (". >= 18", False),
        ("../name", ["Айгүл"]),
        ("/data/house/m", ["2", "5", ""]),
        ("/data/house/m[2]", ["5"]),
        ("/data/house/m[. > 2]", ["5"]),
        ("/data/house/m[last()]", [""]),
        ("//m[position() = 1]", ["2"]),
        ("count(/data/*)", 5.0),
        ("count(../age | ../age | ../name)", 2.0),
        ("count(../house/m[1]/following-sibling::m)", 2.0),
        ("name(..)", "data"),
        ("/data/house/m = 5", True),
        ("/data/house/m != 5", True),
        ("/data/nothing = ''", False),
        ("string(/data/nothing)", ""),
        ("div div div", math.nan),
        ("* ", []),
        ("instance('list')/root/item[name = 'b']/@k", ["2"]),
        ("instance('list')/root/item[name = current()/../picked]", []),
    ],
)
def test_operators_and_paths_follow_the_specification(text: str, value: Value) -> None:
    found = evaluate(text)

    assert found == value or (isinstance(found, float) and math.isnan(found))
    assert not (value == value and found != found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("if(. > 17, 'adult', 'child')", "child"),
        ("string(coalesce('', ../name, 'x'))", "Айгүл"),
        ("once('x')", "17"),
        ("selected(../picked, 'gas')", True),
        ("selected(../picked, 'as')", False),
        ("count-selected(../picked)", 2.0),
        ("selected-at(../picked, 1)", "road"),
        ("selected-at(../picked, 9)", ""),
        ("string-length(../name)", 5.0),
        ("concat(/data/house/m, '-', 1)", "25-1"),
        ("join(',', /data/house/m)", "2,5,"),
        ("substr('hello', 1, 3)", "el"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring-before('1999/04', '/')", "1999"),
        ("substring-after('1999/04', '/')", "04"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("normalize-space('  a  b ')", "a b"),
        ("contains(../name, 'гү')", True),
        ("starts-with('abc', 'ab') and ends-with('abc', 'bc')", True),
        ("regex('2013', '[0-9]{4}')", True),
        ("regex('x2013', '[0-9]{4}')", True),
        ("regex('x2013', '^[0-9]{4}$')", False),
        ("boolean-from-string('TRUE')", False),
        ("boolean('false')", True),
        ("number('1e3')", math.nan),
        ("int(-2.7)", -2.0),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(1.005, 2)", 1.01),
        ("round(1234, -2)", 1200.0),
        ("floor(-1.5)", -2.0),
        ("ceiling(1.2)", 2.0),
        ("abs(-3)", 3.0),
        ("min(3, 1, 2)", 1.0),
        ("max(/data/house/m[. != ''])", 5.0),
        ("sum(/data/house/m[. != ''])", 7.0),
        ("max()", math.nan),
        ("pow(2, 10)", 1024.0),
        ("sqrt(-1)", math.nan),
        ("count-non-empty(/data/house/m)", 2.0),
        ("checklist(1, 2, true(), false())", True),
        ("weighted-checklist(5, 9, true(), 4, true(), 2)", True),
        ("jr:choice-name('a', ' /data/q ')", "/data/q:a"),
        ("jr:itext('key')", "<key>"),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("string(1000000)", "1000000"),
        ("string(-1 div 0)", "-Infinity"),
    ],
)
def test_functions_give_what_the_specification_says(text: str, value: Value) -> None:
    found = evaluate(text)

    assert found == value or (found != found and value != value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today()", date(2025, 3, 1)),
        ("today() > ../born", True),
        ("../born = date('2001-03-09')", True),
        ("today() - date('2025-02-26')", 3.0),
        ("date(today() + 30)", date(2025, 3, 31)),
        ("number('1970-01-02')", 1.0),
        ("'2025-02-28' < '2025-03-01'", True),
        ("decimal-date-time('1970-01-02T00:00:00+00:00')", 1.0),
        ("decimal-time('12:00')", 0.5),
        ("format-date(../born, '%Y/%n/%e %b %a %%')", "2001/3/9 Mar Fri %"),
        ("format-date-time(now(), '%d.%m.%y %H:%M:%S')", "01.03.25 12:00:00"),
        ("format-date('', '%Y')", ""),
        ("date('no date')", ""),
    ],
)
def test_dates_count_as_days(text: str, value: Value) -> None:
    assert evaluate(text) == value


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("distance('x')", "places"),
        ("area('91 0')", "places"),
        ("geofence('1 1', 'x')", "places"),
        ("digest('a', 'CRC')", "CRC"),
        ("digest('a', 'MD5', 'octal')", "octal"),
        ("instance('none')", "none"),
        ("pulldata('none', 'a', 'b', 'c')", "none"),
    ],
)
def test_what_a_function_cannot_take_is_said(text: str, word: str) -> None:
    with pytest.raises(XPathError) as refused:
        evaluate(text)

    assert word in refused.value.words("en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("string(distance(''))", "0"),
        ("string(round(distance('43 68')))", "0"),
        ("string(area(''))", "0"),
        ("area('43 68; 44 68')", 0.0),
        ("area('43 68; 44 68; 44 69') = area('43 68; 44 68; 44 69; 43 68')", True),
        ("round(distance('43 68', '44 68'))", 111319.0),
        ("geofence('42 68.5', '43 68; 43 69; 44 69; 44 68; 43 68')", False),
        ("geofence('', '43 68; 43 69; 44 69; 44 68; 43 68')", False),
        ("base64-decode('***')", ""),
        ("indexed-repeat(/data/house/m, /data/house, 2)", ""),
        ("uuid(-1)", ""),
        ("pulldata('list', 'k', 'name', 'b')", ""),
        ("count(randomize(/data/house/m, 'x'))", 3.0),
        ("count(randomize(/data/none, 1))", 0.0),
    ],
)
def test_what_is_not_there_gives_nothing(text: str, value: Value) -> None:
    assert evaluate(text) == value


@pytest.mark.parametrize(
    ("text", "instead"),
    [("IF(1, 2, 3)", "if()"), ("count-if(a)", "SurveyCTO"), ("avg(a)", "XPath 2")],
)
def test_a_function_of_another_dialect_is_named_as_such(text: str, instead: str) -> None:
    with pytest.raises(XPathError) as refused:
        compile_expression(text)

    assert instead in refused.value.words("en")


def test_if_leaves_the_branch_alone_that_it_does_not_take() -> None:
    assert evaluate("if(true(), 1, instance('no such list'))") == 1.0


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1 +", 3),
        ("(1", 2),
        ("1 2", 2),
        ("'open", 0),
        ("a[1", 3),
        ("1 = foo(2)", 4),
        ("property('a')", 0),
        ("if(1, 2)", 0),
        ("$x", 0),
        ("a ? b", 2),
        ("nowhere::a", 0),
        ("", 0),
    ],
)
def test_an_unreadable_expression_is_refused_at_its_place(text: str, position: int) -> None:
    with pytest.raises(XPathError) as refused:
        compile_expression(text)

    assert refused.value.position == position
    assert refused.value.words("en")


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", "([a-z]+\\s?)*x", "(a{1,99}){5,}", "((", "(\\w+ ?)+$"]
)
def test_a_pattern_that_could_run_forever_is_refused(pattern: str) -> None:
    with pytest.raises(XPathError):
        evaluate(f"regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '{pattern}')")


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_no_pattern_keeps_a_laptop_busy(pattern: str) -> None:
    for text in ("a" * 30, "a" * 300, "a" * 20_000, "ab" * 500):
        began = thread_time()  # others may be at work on this machine
        with contextlib.suppress(XPathError):
            evaluate(f"regex('{text}', '{pattern}')")
        assert thread_time() - began < 1


@given(st.text("ab(|)*+?{}12,[]^.\\", max_size=24), st.text("ab", max_size=60))
@settings(max_examples=400)
def test_any_pattern_over_any_text_takes_less_than_a_second(pattern: str, text: str) -> None:
    began = thread_time()
    with contextlib.suppress(XPathError):
        evaluate(f"regex('{text * 9}', '{pattern}')")
    assert thread_time() - began < 1


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\+?7 ?\(?\d{3}\)? ?\d{3}[ -]?\d{2}[ -]?\d{2}", "+7 (727) 250-12-34"),
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", "aigul.serikkyzy@example.kz"),
        (r"(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(19|20)\d\d", "05.11.2026"),
        (r"[А-ЯӘҒҚҢӨҰҮҺІ][\w-]+ [А-ЯӘҒҚҢӨҰҮҺІ]\w+( \w+)?", "Әйгүл Серікқызы Нұрлан"),
        (r"\d{12}", "850101300123"),
        (r".*[Сс]у.*", "Ауылда су жоқ, құбыр жарылды. " * 20),
        (r"(?:https?://)?[\w.-]+(/[\w./-]*)?", "https://example.kz/a/b"),
        (r"[^ ]+( [^ ]+){0,3}", "бір екі үш төрт"),
        (r"^[a-z0-9._%+-]+@([a-z0-9-]+\.)+[a-z]{2,}$", "aigul@akimat.turkistan.gov.kz"),
        (r"^([0-9]+,)*[0-9]+$", "1,22,333"),
        (r"^([А-ЯӘҒҚҢӨҰҮҺІ][а-яәғқңөұүһі]+[ -])+[А-Я][а-я]+$", "Нұр-Сұлтан Абай"),
    ],
)
def test_the_patterns_of_daily_forms_are_taken(pattern: str, text: str) -> None:
    assert evaluate(f"regex('{text}', '{pattern}')") is True


@pytest.mark.parametrize("pattern", ["a*c", "^b|a*c", ".*b|a*c", "(.*a){5}c", "a*a*a*a*c"])
def test_a_pattern_that_begins_anywhere_reads_a_long_text_once(pattern: str) -> None:
    assert evaluate(f"regex('{'a' * 3000}', '{pattern}')") is False
    assert evaluate(f"regex('{'a' * 3000}c', '{pattern}')") is True


def test_a_pattern_that_looks_ahead_is_not_laid_over_a_long_text() -> None:
    with pytest.raises(XPathError) as refused:
        evaluate(f"regex('{'a' * 3000}', '(?=b|a)a*c')")

    assert refused.value.text == TOO_LONG


def placed(text: str, xml: str) -> Value:
    """The value at the root element of a document."""
    root = document_of(fromstring(xml)).children[0]
    value = compile_expression(text).evaluate(Context.at(root, World()))
    return [one.name for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("string(//b)", "1"),  # c/b comes before the b after c
        ("string(c/b/following::*)", "2"),
        ("string(d/preceding::*)", "1"),
        ("d/preceding::*", ["c", "b", "b"]),
        ("d/preceding::*[1]", ["b"]),
        ("d | b | c", ["c", "b", "d"]),
        ("//b/ancestor::*", ["a", "c"]),
        ("d/preceding-sibling::*", ["c", "b"]),
        ("comment() | processing-instruction('x')", []),
        ("namespace::*", []),
        ("@k/ancestor-or-self::*", ["a"]),
        ("id('here there')", ["d"]),
        ("d[lang('kk')]", ["d"]),
        ("b[lang('kk')]", []),
        ("string(m)", "one two three"),
        ("normalize-space(m)", "one two three"),
    ],
)
def test_nodes_come_in_the_order_of_the_document(text: str, value: Value) -> None:
    xml = (
        "<a k='1'><c><b>1</b></c><b>2</b><d id='here' xml:lang='kk-KZ'/><!-- x -->"
        "<m>one <i>two</i> three</m></a>"
    )

    assert placed(text, xml) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6div2 + 7mod4", 6.0),
        ("1and0", False),
        ("(1)or0", True),
        ("coalesce(number('x'), 5)", 5.0),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', -1 div 0)", "12345"),
        ("normalize-space(' a  b ')", "a  b"),
        ("selected('', '')", True),
        ("selected('a b', '')", False),
        ("decimal-time('06:00:00.000-01:00')", 0.5),  # at noon of +05:00
        ("format-date('2020-01-02T03:04:05.678', '%H:%M:%S.%3')", "03:04:05.678"),
        ("date('1970-1-2')", date(1970, 1, 2)),
        ("date-time('2020-01-01')", date(2020, 1, 1)),
        ("string(date-time(1.5))", "1970-01-02T17:00:00.000+05:00"),
        ("true() < /data/age", True),
    ],
)
def test_what_all_other_engines_say_is_said_here(text: str, value: Value) -> None:
    assert evaluate(text) == value


def test_a_function_that_there_is_not_is_wrong_at_once_in_a_form_and_late_in_a_trial() -> None:
    with pytest.raises(XPathError):
        compile_expression("0 and explode(1)")
    late = compile_expression("0 and explode(substring())", late=True)

    assert late.evaluate(Context.at(document_of(fromstring("<a/>")), World())) is False
    with pytest.raises(XPathError):
        compile_expression("1 and explode()", late=True).evaluate(
            Context.at(document_of(fromstring("<a/>")), World())
        )


def test_a_long_list_is_not_looked_through_without_end() -> None:
    world = World()
    items = "<item><name>a</name></item>" * 300
    world.instances = {"list": document_of(fromstring(f"<root>{items}</root>"))}
    node = document_of(fromstring("<data/>")).children[0]
    compiled = compile_expression("pulldata('list', 'name', 'name', 'b')")

    assert compiled.evaluate(Context.at(node, world)) == ""
    with pytest.raises(XPathError):
        compiled.evaluate(Context.at(node, world, Effort(0.0)))


@pytest.mark.parametrize("pattern", ["(ab)+", "(a?b){3}", "[a+]+", "\\(+\\)+", "(a|b)c+", "a{2,}"])
def test_a_harmless_pattern_is_taken(pattern: str) -> None:
    assert evaluate(f"regex('', '{pattern}')") is False


def test_a_long_chain_and_deep_brackets_do_not_exhaust_the_stack() -> None:
    assert evaluate("1" + " + 1" * 5000) == 5001.0
    assert evaluate("if(true(), " * 90 + "1" + ", 2)" * 90) == 1.0
    with pytest.raises(XPathError):
        compile_expression("(" * 10_000)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (". > 1", {("data", "g", "q")}),
        ("../r + /data/s", {("data", "g", "r"), ("data", "s")}),
        ("current()/../r", {("data", "g", "r")}),
        ("instance('l')/root/item[name = /data/s]/name", {("data", "s")}),
        ("instance('l')/root/item[name = current()/../r]", {("data", "g", "r")}),
        ("sum(/data/*/m)", {("data", "*", "m")}),
        ("count(//m)", {("**", "()")}),
        ("position(..)", {("data", "g", "()")}),
        (
            "count(../r[. > /data/s])",
            {("data", "g", "r"), ("data", "g", "r", "()"), ("data", "s")},
        ),
        ("jr:choice-name(../r, ' ../r ')", {("data", "g", "r")}),
        ("jr:choice-name('a', ' /data/s ')", {("data", "s")}),
        ("'/data/s'", set()),
    ],
)
def test_references_are_found_without_evaluating(text: str, paths: set[tuple[str, ...]]) -> None:
    assert compile_expression(text).references("/data/g/q") == paths


@given(st.text(alphabet="abз1.0'\"()[]/@*+-=<>!|,:$ \n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = compile_expression(text)
    except XPathError as refused:
        assert 0 <= refused.position <= len(text)  # noqa: PT017  # either outcome is right
    else:
        assert found.references("/data/q") is not None


ARITHMETIC = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=12,
)


@given(st.lists(ARITHMETIC, min_size=1, max_size=5), st.data())
def test_arithmetic_is_that_of_python(parts: list[str], data: st.DataObject) -> None:
    text = parts[0]
    for part in parts[1:]:
        text += f" {data.draw(st.sampled_from('+-*'))} {part}"

    as_doubles = re.sub(r"(\d+)", r"\1.0", text)  # whole numbers of Python never lose a digit
    assert evaluate(text) == eval(as_doubles)
