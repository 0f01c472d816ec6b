"""Pictures of an interview: every sort of question, pages, tables, and what repeats."""

from collections.abc import Callable, Iterator
from io import BytesIO

LISTS = {
    "yn": [("y", "Иә"), ("n", "Жоқ"), ("dk", "Айта алмаймын")],
    "scale": [
        ("1", "Мүлде келіспеймін"),
        ("2", "Келіспеймін"),
        ("3", "Айту қиын"),
        ("4", "Келісемін"),
        ("5", "Толық келісемін"),
    ],
    "need": [
        ("water", "Ауыз су"),
        ("gas", "Газ"),
        ("road", "Жол"),
        ("school", "Мектеп"),
        ("doctor", "Дәрігер"),
    ],
    "village": [(str(n), f"{n}-ауыл") for n in range(60)],
}
ROWS = (
    ("water", "Ауыз су сапасы көңіліңізден шыға ма?"),
    ("road", "Ауылға баратын жол жөнделді ме?"),
    ("doctor", "Дәрігерге барудың ретін таба аласыз ба?"),
    ("light", "Жарық жиі сөне ме?"),
)


def form() -> object:
    """A form that has one of each."""
    from desktop.surveys.form import load_form

    groups = (
        ("house", "field-list", "Үй шаруасы"),
        ("table", "field-list", "Ауыл жағдайы"),
    )
    questions = [
        ("house/rooms", "int", "Үйде неше бөлме бар?", "", ""),
        ("house/water", "select1", "Үйге су кіргізілген бе?", "yn", "columns-pack"),
        ("house/note", "string", "Су туралы не айтар едіңіз?", "", ""),
        ("table/head", "select1", "Әр жолды оқып, жауабын белгілеңіз", "yn", "label"),
        *((f"table/{n}", "select1", label, "yn", "list-nolabel") for n, label in ROWS),
        ("agree", "select1", "Ауылда тұрмыс жақсарды", "scale", "likert"),
        ("village", "select1", "Қай ауылдансыз?", "village", "minimal"),
        ("rank", "rank", "Маңыздысынан бастап ретке қойыңыз", "need", ""),
        ("range", "range", "Тұрмысыңызды 0-ден 10-ға дейін бағалаңыз", "", ""),
        ("day", "date", "Су қай күні кіргізілді?", "", ""),
        ("month", "date", "Үйге қай айда көштіңіз?", "", "month-year"),
        ("moment", "dateTime", "Апат қашан болды?", "", ""),
        ("point", "geopoint", "Құдық қай жерде?", "", ""),
        ("photo", "upload", "Құдықтың фотосы", "", ""),
        ("voice", "audio", "Дауыс жазбасы", "", ""),
    ]
    people = [("name", "string", "Аты кім?"), ("age", "int", "Жасы нешеде?")]
    return load_form(_xform(groups, questions, people))


def _xform(groups, questions, people) -> str:
    nodes, binds, body = "", "", ""
    for name, look, label in groups:
        own = [one for one in questions if one[0].startswith(f"{name}/")]
        nodes += f"<{name}>{''.join(_node(one[0]) for one in own)}</{name}>"
        inside = "".join(map(_control, own))
        body += (
            f"<group ref='/data/{name}' appearance='{look}'><label>{label}</label>{inside}</group>"
        )
    inside = "".join(_control((f"p/{n}", kind, label, "", "")) for n, kind, label in people)
    nodes += f"<p jr:template=''>{''.join(_node(n) for n, *_ in people)}</p>"
    nodes += f"<p>{''.join(_node(n) for n, *_ in people)}</p>"
    body += f"<group ref='/data/p'><label>Отбасы мүшесі</label><repeat nodeset='/data/p'>{inside}</repeat></group>"
    binds += "<bind nodeset='/data/p/age' type='int'/><bind nodeset='/data/table/water' required='true()'/>"
    for one in questions:
        if "/" not in one[0]:
            nodes += _node(one[0])
            body += _control(one)
        if one[1] in ("int", "date", "dateTime", "geopoint", "range"):
            binds += f"<bind nodeset='/data/{one[0]}' type='{one[1].replace('range', 'int')}'/>"
    lists = "".join(
        f"<instance id='{name}'><root>"
        + "".join(f"<item><name>{value}</name><label>{said}</label></item>" for value, said in of)
        + "</root></instance>"
        for name, of in LISTS.items()
    )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
        f"<h:head><h:title>Үй шаруашылығы</h:title><model><instance><data id='t'>{nodes}</data></instance>"
        f"{lists}{binds}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def _node(path: str) -> str:
    return f"<{path.rpartition('/')[2]}/>"


def _control(one) -> str:
    path, kind, label, choices, look = one
    tag = {"rank": "odk:rank", "select1": "select1", "range": "range"}.get(kind, "input")
    tag = "upload" if kind in ("upload", "audio") else tag
    more = " start='0' end='10' step='1'" if kind == "range" else ""
    more += {"upload": " mediatype='image/*'", "audio": " mediatype='audio/*'"}.get(kind, "")
    items = f"<itemset nodeset=\"instance('{choices}')/root/item\"><value ref='name'/><label ref='label'/></itemset>"
    return (
        f"<{tag} ref='/data/{path}' appearance='{look}'{more}><label>{label}</label>"
        f"{items if choices else ''}</{tag}>"
    )


class Shelf:
    """One photo, made of nothing."""

    def add(self, content: object) -> str:
        return "0" * 64 + ".jpg"

    def read(self, value: str) -> bytes:
        from PIL import Image

        out = BytesIO()
        Image.new("RGB", (640, 480), "#7a9a5a").save(out, "JPEG")
        return out.getvalue()


def interviews(app) -> Iterator[tuple[str, object]]:
    """(name, picture) of each page, and of what may be wrong on it."""
    from tests.gallery import SIZE, discard, settle
    from tests.ui.trial_occasion import Trial
    from ui.jobs import Jobs
    from ui.widgets.answers import Aids
    from ui.widgets.interviewer import Interviewer

    jobs = Jobs()
    screen = Interviewer(jobs)
    screen.resize(*SIZE)
    screen.show()
    screen.activateWindow()
    screen.asking.page.aids = Aids(_places, Shelf(), jobs.read)
    screen.hold(Trial(form(), "Үй шаруашылығы"))
    asking = screen.asking
    for name, act in _steps(asking):
        act()
        settle(app, jobs)
        if name:
            yield f"interview-{name}", screen.grab()
    yield from _drawn(app, jobs, screen)
    discard(screen)
    jobs.close()


def _drawn(app, jobs, screen) -> Iterator[tuple[str, object]]:
    """Pictures at a question and its choices, in the language of the form, and large."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from desktop.surveys.form import load_form
    from sync.language import spoken
    from tests.drawn_forms import read, wells
    from tests.gallery import settle
    from tests.ui.trial_occasion import Trial

    with TemporaryDirectory() as folder:
        drawn = load_form(read(wells(Path(folder))).xform)
    screen.asking.language = spoken()
    screen.hold(Trial(drawn, "Ауыз су"))
    for name, act in (("picture", lambda: None), ("picture-large", screen.asking.look)):
        act()
        settle(app, jobs)
        yield f"interview-{name}", screen.grab()
    screen.asking.look()


def _places(words: str) -> list[tuple[str, str]]:
    return [("44.31 68.12", "Созақ ауылы, Созақ ауылдық округі, Созақ ауданы")]


def _steps(asking) -> Iterator[tuple[str, Callable[[], object]]]:
    walk = asking.walk

    def to(path: str) -> Callable[[], object]:
        return lambda: asking.go_to(f"/data/{path}")

    def say(path: str, value: str) -> None:
        walk.type(value, f"/data/{path}")
        asking._show()

    def people() -> None:
        for name in ("Айгүл Бейсенова", "Болат", ""):
            if name != "Айгүл Бейсенова":
                walk.add("/data/p")
            many = len(walk.interview.counts()) and walk.interview.counts()["/data/p"]
            walk.go_to(f"/data/p[{many}]/name")
            walk.type(name)
        asking._show()

    yield "page", to("house/rooms")
    yield "page-answered", lambda: (asking.choose("/data/house/water", 1), asking._show())
    yield "table", to("table/water")
    yield (
        "table-answered",
        lambda: [asking.choose(f"/data/table/{n}", 2) for n in ("road", "light")],
    )
    yield "table-wrong", asking.turn
    yield "", lambda: say("table/water", "y")
    yield "instance", people
    yield "roster", to("p")
    yield "likert", to("agree")
    yield "likert-answered", lambda: asking.choose("/data/agree", 4)
    yield "long-list", to("village")
    yield "rank", to("rank")
    yield "rank-answered", lambda: say("rank", "gas water road")
    yield "range", to("range")
    yield "range-answered", lambda: say("range", "7")
    yield "day", to("day")
    yield "day-answered", lambda: say("day", "2026-11-28")
    yield "month", lambda: (to("month")(), say("month", "2026-11-01"))
    yield "moment", lambda: (to("moment")(), say("moment", "2026-11-28T14:30:00.000+05:00"))
    yield "point", lambda: (to("point")(), say("point", "43.3019 68.2704"))
    yield "photo", to("photo")
    yield "photo-answered", lambda: say("photo", Shelf().add(b""))
    yield "voice", to("voice")
    yield "summary", asking.turn
