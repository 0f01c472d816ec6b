"""An interview of ten questions, and the keys that answer each: what a person would press."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
    "<h:head><h:title>T</h:title><model><instance><data id='ten'>"
)
ENTER, PLUS = Qt.Key.Key_Return, "+"
Press = str | Qt.Key  # what is written, letter by letter, or one key
YES_NO = (("y", "Иә"), ("n", "Жоқ"), ("dk", "Айта алмаймын"))
LIKERT = tuple(
    (str(n), said) for n, said in enumerate(("Мүлде жоқ", "Жоқ", "Білмеймін", "Иә", "Әрине иә"), 1)
)
NEEDS = (("water", "Ауыз су"), ("gas", "Газ"), ("road", "Жол"), ("school", "Мектеп"))
VILLAGES = (*tuple((f"v{n}", f"Ауыл {n}") for n in range(59)), ("suzak", "Созақ ауылы"))


@dataclass(frozen=True)
class Question:
    """A question: its name, control, label, keys that answer it, and what is kept then."""

    name: str
    control: str
    label: str
    keys: tuple[Press, ...]
    kept: str
    choices: tuple[tuple[str, str], ...] = ()
    look: str = ""
    type: str = "string"
    more: str = ""


QUESTIONS = (
    Question("agrees", "trigger", "Сұхбатқа келісесіз бе?", ("1", ENTER), "OK"),
    Question("sex", "select1", "Жынысы", ("2", ENTER), "n", YES_NO),
    Question("age", "input", "Жасыңыз нешеде?", ("47", ENTER), "47", type="int"),
    Question("village", "select1", "Қай ауылдансыз?", ("соз", ENTER, ENTER), "suzak", VILLAGES, "minimal"),
    Question("better", "select1", "Тұрмыс жақсарды ма?", ("4", ENTER), "4", LIKERT, "likert"),
    Question("needs", "select", "Не керек?", ("1", "3", ENTER), "water road", NEEDS),
    Question("first", "rank", "Маңыздысынан бастаңыз", ("2", "1", "4", ENTER), "gas water school road", NEEDS),
    Question("mark", "range", "0-ден 10-ға дейін бағалаңыз", ("7", ENTER), "7", type="int", more=" start='0' end='10' step='1'"),
    Question("since", "input", "Қай күннен бері?", ("010926", ENTER), "2026-09-01", type="date"),
    Question("words", "input", "Тағы не айтасыз?", ("рахмет", ENTER), "рахмет"),
)  # fmt: skip


def xform() -> str:
    """The form."""
    nodes = "".join(f"<{one.name}/>" for one in QUESTIONS)
    binds = "".join(
        f"<bind nodeset='/data/{one.name}' type='{one.type}' required='true()'/>"
        for one in QUESTIONS
    )
    body = "".join(map(_control, QUESTIONS))
    return (
        f"{HEAD}{nodes}</data></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def _control(one: Question) -> str:
    tag = "odk:rank" if one.control == "rank" else one.control
    items = "".join(
        f"<item><label>{said}</label><value>{value}</value></item>" for value, said in one.choices
    )
    return (
        f"<{tag} ref='/data/{one.name}' appearance='{one.look}'{one.more}>"
        f"<label>{one.label}</label>{items}</{tag}>"
    )
