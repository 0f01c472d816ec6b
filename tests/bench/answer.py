"""One answer in a form of 1,000 nodes, beside the bare working out of what depends on it.

The floor is the expressions of the dependents, found beforehand and evaluated once each where they
stand: no order is kept, nothing is compared, no state is made for the screen. What any engine does
that works out only dependents lies between. `everything` is one that works out the whole form.
"""

import random
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from desktop.surveys.cells import Cell
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.xpath.context import Context
from tests.bench.ratios import Figure, in_turns

FLOOR = "the expressions of its dependents, evaluated once each"
NODES = 1_000
RUNS = 300
SECTIONS, PEOPLE = 20, 50
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model><instance><data id="t">'
)


def measure(runs: int | None = None, nodes: int | None = None) -> Iterator[Figure]:
    """A long form, then one of as many nodes in which people repeat."""
    many = nodes or NODES
    yield _figure("answer, long form", long_form(many), runs or RUNS)
    yield _figure("answer, repeats", repeating_form(many // PEOPLE), runs or RUNS)


def _figure(name: str, xform: str, runs: int) -> Figure:
    interview = _filled(xform)
    numbers = random.Random(46)  # the same answers each time
    asked = [
        one.path
        for one in interview.nodes()
        if one.kind == "integer" and "count" not in one.path and _dependents(interview, one.path)
    ]
    changed: list[int] = []
    owns: list[float] = []

    def floor() -> float:
        return _bare(interview, _dependents(interview, path[0]))

    def ours() -> float:
        path[0] = numbers.choice(asked)
        there = dict(interview._states)
        began = perf_counter()
        interview.answer(path[0], str(numbers.randint(0, 9)))
        seen = interview.nodes()
        took = perf_counter() - began
        changed.append(sum(there.get(one.path) is not one for one in seen))
        owns.append(took)
        return took

    path = [asked[0]]
    floors, taken = in_turns(floor, ours, runs)
    everything = [_everything(interview) for _ in range(5)]
    facts = {
        "nodes": float(len(interview.nodes())),
        "nodes looked at anew, median": float(median(changed)),
        "ms, median": median(taken) * 1000,
        "ms, the longest of twenty": sorted(taken)[int(len(taken) * 0.95) - 1] * 1000,
        "ms for everything, median": median(everything) * 1000,
    }
    return Figure(name, FLOOR, floors, taken, facts)


def _filled(xform: str) -> Interview:
    form = load_form(xform)
    if not form.usable:
        raise AssertionError([one.text.words("en") for one in form.messages])
    interview = Interview(form)
    if "/data/count" in form.nodes:
        interview.answer("/data/count", PEOPLE)
    for one in interview.nodes():
        if one.kind == "integer" and not one.value:
            interview.answer(one.path, "3")
    interview.nodes()
    return interview


def _dependents(interview: Interview, path: str) -> list[Cell]:
    """All cells that an answer may change, whatever they hold now."""
    cells, form = interview._sheet.cells, interview._form
    found: dict[int, Cell] = {}
    pending = [cells.at[path]]
    while pending:
        cell = pending.pop()
        for other, repeat in form.dependents.get(cell.form.path, {}).items():
            for one in cells.below(other, cell, repeat):
                if id(one) not in found:
                    found[id(one)] = one
                    pending.append(one)
    return list(found.values())


def _bare(interview: Interview, cells: list[Cell]) -> float:
    """Seconds to evaluate what decides about these cells."""
    work = [
        (one, Context.at(cell, interview))
        for cell in cells
        for one in (*cell.form.calculations(), *cell.form.conditions())
    ]
    began = perf_counter()
    for expression, context in work:
        expression.evaluate(context)
    return perf_counter() - began


def _everything(interview: Interview) -> float:
    began = perf_counter()
    interview.speak(interview.language)
    interview.nodes()
    return perf_counter() - began


def long_form(nodes: int) -> str:
    """Sections of questions and what is worked out of them, a total of each, and of all."""
    each = nodes // SECTIONS
    names, binds, body = "", "", ""
    for section in range(SECTIONS):
        at = f"/data/s{section}"
        asked = range(each // 2)
        counted = range(each - each // 2 - 2)
        names += f"<s{section}>{''.join(f'<q{n}/>' for n in asked)}"
        names += f"{''.join(f'<c{n}/>' for n in counted)}<total/></s{section}>"
        body += f"<group ref='{at}'>{''.join(_input(f'{at}/q{n}') for n in asked)}</group>"
        for n in asked:
            before = f"{at}/q{n - 1}"
            relevant = f" relevant='{before} != 99'" if n % 3 == 2 else ""
            limit = f" constraint='. &lt;= 100 and . &gt;= {before} - 100'" if n % 4 == 1 else ""
            binds += f"<bind nodeset='{at}/q{n}' type='int' required='true()'{relevant}{limit}/>"
        for n in counted:
            one, other = n % len(asked), (n + 1) % len(asked)
            said = f"if({at}/q{one} &gt; 5, {at}/q{one} * 2, coalesce({at}/q{other}, 0))"
            binds += f"<bind nodeset='{at}/c{n}' calculate='{said}'/>"
        binds += (
            f"<bind nodeset='{at}/total' calculate='sum({at}/*[starts-with(name(), \"q\")])'/>"
        )
    totals = " + ".join(f"/data/s{section}/total" for section in range(SECTIONS))
    binds += f"<bind nodeset='/data/all' calculate='{totals}'/>"
    return f"{HEAD}{names}<all/></data></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>"


def repeating_form(each: int) -> str:
    """A household: as many people as a count says, each with questions, and totals of all."""
    asked, counted = range(each // 2), range(each - each // 2 - 1)
    inner = "".join(f"<q{n}/>" for n in asked) + "".join(f"<c{n}/>" for n in counted)
    binds = (
        "".join(
            f"<bind nodeset='/data/p/q{n}' type='int' relevant='../q0 != 99'/>" for n in asked if n
        )
        + "<bind nodeset='/data/p/q0' type='int'/><bind nodeset='/data/count' type='int'/>"
    )
    for n in counted:
        one = f"../q{n % len(asked)}"
        binds += (
            f"<bind nodeset='/data/p/c{n}' calculate='if({one} &gt; 5, {one} * 2, position(..))'/>"
        )
    binds += "<bind nodeset='/data/all' calculate='sum(/data/p/q0)'/>"
    binds += "<bind nodeset='/data/most' calculate='max(/data/p/c0)'/>"
    rows = "".join(_input(f"/data/p/q{n}") for n in asked)
    return (
        f"{HEAD}<count/><p>{inner}</p><all/><most/></data></instance>{binds}</model></h:head><h:body>"
        f"{_input('/data/count')}<group ref='/data/p'><repeat nodeset='/data/p' jr:count='/data/count'>"
        f"{rows}</repeat></group></h:body></h:html>"
    )


def _input(path: str) -> str:
    return f"<input ref='{path}'><label>Q</label></input>"
