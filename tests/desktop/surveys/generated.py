"""Expressions and forms made by chance, within what engines of the standard say they run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from hypothesis import strategies as st

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
    "<h:head><h:title>T</h:title><model><instance><data id='t' version='1'>"
)
LIST = (
    "<instance id='l'><root><item><name>a</name><n>1</n></item><item><name>b</name><n>2</n></item>"
    "<item><name>c</name><n>2</n></item></root></instance>"
)
VALUES = (
    "<a>7</a><b>2.5</b><e/><t>Айгүл Серік</t><s>gas road</s><d>2025-03-01</d><w>2001-12-31</w>"
)
PEOPLE = "<p><m>1</m><k>x</k></p><p><m>4</m><k>y z</k></p><p><m>-2</m><k/></p>"

texts: st.SearchStrategy[str]


def _calls(name: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda found: f"{name}({', '.join(found)})")


def _chains(
    part: st.SearchStrategy[str], signs: str, other: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[str]:
    return st.tuples(part, st.sampled_from(signs.split()), other or part).map(
        lambda found: f"({' '.join(found)})"
    )


PLAIN_NUMBERS = st.one_of(
    st.integers(0, 30).map(str),
    st.sampled_from(["0.5", "2.25", "1000000", "0.1", "/data/a", "/data/b", "count(/data/p)"]),
    st.sampled_from(["sum(/data/p/m)", "max(/data/p/m)", "min(/data/p/m)", "/data/p[2]/m"]),
    st.sampled_from(["sum(instance('l')/root/item[n = 2]/n)", "count-selected(/data/s)"]),
    st.sampled_from(["count(/data/p[m > 0])", "indexed-repeat(/data/p/m, /data/p, 3)"]),
)
PLAIN_TEXTS = st.one_of(
    st.sampled_from(["''", "'a'", "'gas'", "' b  c '", "'12'", "'Қ'", "'2025-03-01'", "'true'"]),
    st.sampled_from(["/data/t", "/data/s", "/data/e", "/data/p[2]/k", "/data/p[3]/k", "/data/d"]),
    st.sampled_from(["instance('l')/root/item[n = 1]/name", "join('-', /data/p/k)"]),
)
DATES = st.sampled_from(
    [
        "/data/d",
        "/data/w",
        "date('1999-02-28')",
        "date('2024-02-29')",
        "date(0)",
        "date('1970-01-01')",
    ]
)


def _numbers(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        _chains(numbers, "+ - * div mod"),
        _calls("round", numbers, st.sampled_from("0123")),
        *(_calls(name, numbers) for name in ("int", "round", "abs", "number", "sin", "exp10")),
        _calls("pow", numbers, st.sampled_from("012")),
        _calls("if", conditions(numbers), numbers, numbers),
        _calls("string-length", words(numbers)),
        _chains(DATES, "-"),
        _calls("decimal-date-time", DATES),
        numbers.map(lambda one: f"(0 - {one})"),
    )


def words(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that give a text, with numbers of this kind in them."""
    layout = st.sampled_from(["'%Y-%m-%d'", "'%n/%e/%y'", "'%d %m'"])
    return st.one_of(
        PLAIN_TEXTS,
        _calls("concat", PLAIN_TEXTS, PLAIN_TEXTS),
        _calls("substr", PLAIN_TEXTS, st.sampled_from(["0", "1", "-2", "9"])),
        _calls("substr", PLAIN_TEXTS, st.sampled_from(["0", "1"]), st.sampled_from(["2", "-1"])),
        _calls("substring-before", PLAIN_TEXTS, PLAIN_TEXTS),
        _calls("substring-after", PLAIN_TEXTS, PLAIN_TEXTS),
        _calls("translate", PLAIN_TEXTS, st.just("'agr'"), st.sampled_from(["'AG'", "''"])),
        _calls("normalize-space", PLAIN_TEXTS),
        _calls("coalesce", PLAIN_TEXTS, PLAIN_TEXTS),
        _calls("selected-at", st.just("/data/s"), st.sampled_from("012")),
        _calls("format-date", DATES, layout),
        _calls("string", numbers),
        _calls("digest", PLAIN_TEXTS, st.sampled_from(["'MD5'", "'SHA-256'"]), st.just("'hex'")),
    )


def conditions(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that are true or false."""
    plain = st.one_of(
        _chains(numbers, "= != < <= > >="),
        _chains(PLAIN_TEXTS, "= !="),
        _chains(DATES, "= != < <= > >="),
        _calls("selected", st.just("/data/s"), PLAIN_TEXTS),
        *(
            _calls(one, PLAIN_TEXTS, PLAIN_TEXTS)
            for one in ("contains", "starts-with", "ends-with")
        ),
        _calls("boolean-from-string", PLAIN_TEXTS),
        _calls("regex", PLAIN_TEXTS, st.sampled_from(["'^[a-z ]*$'", "'^[0-9]+$'", "'^.*a.*$'"])),
        st.sampled_from(["true()", "false()", "boolean(/data/e)", "checklist(1, 2, 1, 0, 1)"]),
    )
    return st.one_of(plain, _chains(plain, "and or"), _calls("not", plain))


NUMBERS = st.recursive(PLAIN_NUMBERS, _numbers, max_leaves=6)
EXPRESSIONS = st.one_of(NUMBERS, words(NUMBERS), conditions(NUMBERS))


def calculating(expressions: list[str]) -> str:
    """A form that works these out, at /data/x0, /data/x1, …"""
    nodes = "".join(f"<x{n}/>" for n in range(len(expressions)))
    binds = "".join(
        f"<bind nodeset='/data/x{n}' type='string' calculate={quoteattr(one)}/>"
        for n, one in enumerate(expressions)
    )
    shown = "".join(f"<input ref='/data/{n}'><label>Q</label></input>" for n in "abetsdw")
    types = (
        "<bind nodeset='/data/a' type='int'/><bind nodeset='/data/b' type='decimal'/>"
        "<bind nodeset='/data/d' type='date'/><bind nodeset='/data/w' type='date'/>"
        "<bind nodeset='/data/p/m' type='int'/><bind nodeset='/data/p/k' type='string'/>"
    )
    people = "<input ref='/data/p/m'><label>M</label></input><input ref='/data/p/k'><label>K</label></input>"
    return (
        f"{HEAD}{VALUES}{PEOPLE}{nodes}</data></instance>{LIST}{types}{binds}</model></h:head><h:body>"
        f"{shown}<group ref='/data/p'><label>P</label><repeat nodeset='/data/p'>{people}</repeat></group>"
        "</h:body></h:html>"
    )


# Forms and the answers that are given to them


@dataclass(frozen=True)
class Filled:
    """A form, and (path, answer) one after another."""

    xform: str
    answers: tuple[tuple[str, str], ...]


Conditions = Mapping[str, str]
QUESTIONS = ("q0", "q1", "q2", "q3")
INNER = ("r0", "r1", "r2")
LOGIC: list[Callable[[str, int], str]] = [
    lambda one, n: f"{one} > {n}",
    lambda one, n: f"{one} = {n} or {one} = ''",
    lambda one, n: f"string-length({one}) < {n}",
    lambda one, n: f"{one} != '' and {one} mod 2 = {n % 2}",
]
SUMS: list[Callable[[str, str], str]] = [
    lambda one, other: f"coalesce({one}, 0) + coalesce({other}, 0)",
    lambda one, other: f"concat({one}, '-', {other})",
    lambda one, other: f"if({one} > {other}, {one}, {other})",
    lambda one, other: f"round({one} div 3, 2)",
]


@st.composite
def filled_forms(draw: st.DrawFn) -> Filled:
    """A few questions that depend on those before, a repeat that one of them counts, answers."""
    above: list[str] = []
    nodes, binds, body = "<n/>", "<bind nodeset='/data/n' type='int'/>", _input("/data/n")
    for name in QUESTIONS:
        path = f"/data/{name}"
        nodes += f"<{name}/>"
        binds += _bind(draw, path, above)
        body += _input(path)
        above.append(path)
    inner: list[str] = ["/data/q0"]
    held = ""
    rows = ""
    for name in INNER:
        held += f"<{name}/>"
        binds += _bind(draw, f"/data/p/{name}", inner)
        rows += _input(f"/data/p/{name}")
        inner.append(f"../{name}")
    nodes += f"<p jr:template=''>{held}<c/></p><p>{held}<c/></p><s/><many/>"
    sums = draw(st.sampled_from(SUMS))
    last = {"/data/p/c": sums("../r0", "../r1"), "/data/many": "count(/data/p)"}
    last["/data/s"] = f"sum(/data/p[r0 > {draw(st.integers(0, 5))}]/r0)"
    binds += "".join(f"<bind nodeset='{at}' calculate={quoteattr(x)}/>" for at, x in last.items())
    repeat = f"<repeat nodeset='/data/p' jr:count='/data/n'>{rows}</repeat>"
    xform = (
        f"{HEAD}{nodes}</data></instance>{binds}</model></h:head><h:body>{body}"
        f"<group ref='/data/p'><label>P</label>{repeat}</group></h:body></h:html>"
    )
    many = draw(st.integers(1, 3))
    numbers = st.integers(0, 9).map(str)
    answers = [("/data/n", str(many))]
    for _ in range(draw(st.integers(1, 8))):
        if draw(st.booleans()):
            answers.append((f"/data/{draw(st.sampled_from(QUESTIONS))}", draw(numbers)))
        else:
            place, name = draw(st.integers(1, many)), draw(st.sampled_from(INNER))
            answers.append((f"/data/p[{place}]/{name}", draw(numbers)))
    return Filled(xform, tuple(answers))


def _input(path: str) -> str:
    return f"<input ref='{path}'><label>Q</label></input>"


def _bind(draw: st.DrawFn, path: str, above: list[str]) -> str:
    """Conditions on what stands above; a question may be worked out from that, too."""
    said = ""
    for aspect in ("relevant", "required", "readonly", "constraint"):
        if above and draw(st.integers(0, 3)) == 0:
            other = "." if aspect == "constraint" else draw(st.sampled_from(above))
            said += f" {aspect}={quoteattr(draw(st.sampled_from(LOGIC))(other, draw(st.integers(0, 6))))}"
    return f"<bind nodeset='{path}' type='int'{said}/>"
