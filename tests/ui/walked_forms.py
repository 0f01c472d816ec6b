"""Forms made by chance: questions, groups on one page or not, repeats in each other."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from desktop.surveys.form import Form
from tests.desktop.surveys.small import small_form

KINDS = ("int", "string", "select1", "select", "rank", "note")
ITEMS = "".join(f"<item><label>{n}</label><value>{n}</value></item>" for n in "abc")


@dataclass
class Made:
    """The parts of a form as it grows."""

    nodes: str = ""
    body: str = ""
    binds: str = ""
    names: list[str] = field(default_factory=list)  # paths of numbers that may decide


@st.composite
def walked_forms(draw: st.DrawFn) -> Form:
    """A form of up to some twenty questions."""
    numbers = iter(range(1_000))

    def inside(path: str, deep: int, within: Made) -> tuple[str, str, str]:
        """(nodes, body, binds) of what lies at a path."""
        nodes = body = binds = ""
        known = list(within.names)
        for _ in range(draw(st.integers(1, 4))):
            sort = draw(st.sampled_from(["question"] * 4 + ["group", "repeat"]))
            number = next(numbers)
            if sort == "question" or deep > 2:
                name, kind = f"q{number}", draw(st.sampled_from(KINDS))
                at = f"{path}/{name}"
                nodes += f"<{name}/>"
                body += _control(at, kind)
                binds += _bind(draw, at, kind, known)
                if kind == "int":
                    known.append(at)
                continue
            name = f"{sort[0]}{number}"
            at = f"{path}/{name}"
            look = draw(st.sampled_from(["", " appearance='field-list'"]))
            held = Made(names=known)
            inner, controls, more = inside(at, deep + 1, held)
            binds += more
            if sort == "group":
                binds += _relevant(draw, at, known)
                nodes += f"<{name}>{inner}</{name}>"
                body += f"<group ref='{at}'{look}><label>G{number}</label>{controls}</group>"
                continue
            counted = draw(st.sampled_from(["", "", "2", *known]))
            count = f" jr:count='{counted}'" if counted else ""
            nodes += f"<{name} jr:template=''>{inner}</{name}><{name}>{inner}</{name}>"
            body += f"<group ref='{at}'><label>R{number}</label><repeat nodeset='{at}'{look}{count}>{controls}</repeat></group>"
        return nodes, body, binds

    nodes, body, binds = inside("/data", 0, Made())
    held, controls, more = inside("/data/people", 1, Made())
    nodes += f"<people jr:template=''>{held}</people><people>{held}</people>"
    body += f"<group ref='/data/people'><label>P</label><repeat nodeset='/data/people'>{controls}</repeat></group>"
    binds += more
    return small_form(binds, nodes, body)


def _control(at: str, kind: str) -> str:
    tag = {"select1": "select1", "select": "select", "rank": "odk:rank"}.get(kind, "input")
    items = ITEMS if tag != "input" else ""
    return f"<{tag} ref='{at}'><label>Q</label>{items}</{tag}>"


def _bind(draw: st.DrawFn, at: str, kind: str, known: list[str]) -> str:
    if kind == "note":
        return f"<bind nodeset='{at}' type='string' readonly='true()'/>"
    required = " required='true()'" if draw(st.booleans()) else ""
    limit = " constraint='. &lt; 7'" if kind == "int" and draw(st.booleans()) else ""
    type_ = {"int": "int"}.get(kind, "string")
    return f"<bind nodeset='{at}' type='{type_}'{required}{limit}{_condition(draw, known)}/>"


def _relevant(draw: st.DrawFn, at: str, known: list[str]) -> str:
    said = _condition(draw, known)
    return f"<bind nodeset='{at}'{said}/>" if said else ""


def _condition(draw: st.DrawFn, known: list[str]) -> str:
    if not known or not draw(st.booleans()):
        return ""
    other, than = draw(st.sampled_from(known)), draw(st.integers(0, 5))
    return f" relevant='{other} &gt; {than}'"
