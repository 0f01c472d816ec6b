"""Pictures of the work on "Forms and directory": a form with mistakes, mended, tried, published."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

HEAD = ("type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "relevant", "constraint")
ROWS = (
    ("select_one yesno", "water", "Ауылда ауыз су бар ма?", "Есть ли в селе питьевая вода?"),
    ("select_one source", "source", "Су қайдан келеді?", "Откуда вода?", "${watr} = 'yes'"),
    ("integer", "hours", "Тәулігіне неше сағат?", "Сколько часов в сутки?", "", ". <= 24"),
    ("text", "why", "Неге жоқ?", "Почему нет?", "${water} = 'no'"),
    ("select_one sex", "sex", "Жынысы", "Пол"),
    ("image", "photo", "Суреті", "Фото"),
)
CHOICES = (
    ("list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"),
    ("yesno", "yes", "Иә", "Да"),
    ("yesno", "no", "Жоқ", "Нет"),
    ("source", "well", "Құдық", "Колодец"),
    ("sex", "female", "Әйел", "Женщина"),
    ("sex", "male", "Ер адам", "Мужчина"),
    ("source", "pipe", "Құбыр", "Водопровод"),
)
OFFICES = (
    ("Сайрам ауданының әкімі", "Б. Ахметов", "akimat", "615200000"),
    ("Білім бөлімінің басшысы", "Г. Оспанова", "akimat", "615600000"),
    ("Партия филиалының төрағасы", "", "party", "615600000"),
    ("Тұрғын үй бөлімінің басшысы", "С. Дәулетов", "akimat", "615600000"),
)
TITLE = "Ауыл қажеттіліктері"


def workbook(
    path: Path, *, mended: bool, version: str = "1", more: bool = False, photo: bool = True
) -> Path:
    """An XLSForm as a coordinator writes it; with one mistake in it, unless it is `mended`.

    `more`: as the next version has it. `photo`: with a question that no survey may ask.
    """
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (HEAD, *(ROWS if photo else ROWS[:-1])):
        survey.append([cell.replace("watr", "water") if mended else cell for cell in row])
    if more:
        survey.append(["text", "wish", "Не істеу керек?", "Что нужно сделать?"])
        survey.delete_rows(4)
    choices = book.create_sheet("choices")
    for row in CHOICES:
        choices.append(row)
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append([TITLE, "needs", version, "Қазақша (kk)"])
    book.save(path)
    return path


def directory(screen) -> Iterator[str]:
    """What a coordinator sees, step by step."""
    from ui.demo.hands import wait
    from ui.screens.directory import FORMS

    page = screen.page(FORMS)
    with TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "needs.xlsx", mended=False)
        page._begin(path.name)
        page.reading.show_progress(3, 10)
        yield "reading"
        page.read(path)
        wait(lambda: page.reading.reading is not None)
        yield "mistakes"
        workbook(path, mended=True)
        page.read_again()
        wait(lambda: page.reading.reading is not None)
        yield "good"
        page.try_read()
        yield "trial"
        page.trial.answer_all()
        yield "trial-summary"
        page.end_trial()
        page.reading.publish_card.button.click()
        wait(lambda: page.pages.currentWidget() is page.shelf)
        page.read(workbook(path, mended=True, version="2", more=True))
        wait(lambda: page.reading.reading is not None)
        yield "version"
        page.back()
    yield from waves(screen)


def waves(screen) -> Iterator[str]:
    """A wave that runs, one that is planned, and what it lacks."""
    from datetime import date, timedelta

    from sync.quotas import ANY
    from ui.demo.hands import pause, wait
    from ui.screens.directory import WAVES

    screen.go(WAVES)
    page = screen.page(WAVES)
    wait(lambda: page._page is not None)
    yield "wave"
    page.begin()
    wait(lambda: page._page is not None and page._page.id is None)
    yield "wave-new"
    today = date.today()  # noqa: DTZ011  # the day of the place
    form = page.form
    for name, value in (
        ("title", "Ауыл қажеттіліктері, 2027 жылғы 1-тоқсан"),
        ("form", page._page.forms[-1][0]),
        ("starts_on", today + timedelta(days=3)),
        ("ends_on", today + timedelta(days=24)),
        ("districts", ["615600000", "615200000"]),
        ("rated", [page._page.officials[0][0]] if page._page.officials else None),
        ("target", 40),
        ("asker", "Облыстық үйлестіру орталығы"),
    ):
        form.fields[name].set_value(value)
    wait(lambda: bool(form.cells._asked))
    form.cells.by.set_value(list(form.cells._asked)[:2])
    model = form.cells.model
    for row in range(model.rowCount()):
        model.setData(model.index(row, model.columnCount() - 1), "5")
    form.cells.place.set_value(ANY)
    page.keep()
    wait(lambda: not page._jobs.working())
    yield "wave-planned"
    bar = page._area.verticalScrollBar()
    for name, part in (("cells", 2.2), ("passport", 1.35), ("checks", 1)):
        pause(30)
        bar.setValue(int(bar.maximum() / part))
        yield f"wave-{name}"
    page.throw_away()
    yield from officials(screen)


def officials(screen) -> Iterator[str]:
    """The directory: who holds a post, who held it, and a successor who is being written down."""
    from datetime import date

    from desktop.actions import directory as entries
    from ui.demo.hands import wait
    from ui.screens.directory import OFFICIALS

    page = screen.page(OFFICIALS)
    day = date(2026, 9, 1)
    for post, name, body, place in OFFICES:
        values = {"post": post, "name": name, "body": body, "territory": place}
        [made] = entries.save(page._desk, values | {"since": "2023-02-10"})
    entries.replace(page._desk, made.record, {"name": "Е. Сейітов"}, day)
    screen.go(OFFICIALS)
    page.reload()
    wait(lambda: len(page._entries) > len(OFFICES) and page._id is not None)
    yield "officials"
    page.succeed()
    yield "officials-successor"
    page.fields["since"].set_value(None)
    page.fields["post"].set_value(None)
    page.save()
    wait(lambda: not page._jobs.working())
    yield "officials-problem"
    yield from censuses(screen)


def censuses(screen) -> Iterator[str]:
    """Numbers of people: a table with faults, one that is right, and the list."""
    from datetime import date

    from ui.demo.hands import wait
    from ui.screens.directory import CENSUSES

    screen.go(CENSUSES)
    page = screen.page(CENSUSES)
    wait(lambda: page.cards.count() > 0)
    yield "censuses-none"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "halyk-sany.csv"
        for name, women in (("mistakes", "көп"), ("good", "21 340")):
            rows = ["аудан;sex;саны", f"Созақ ауданы;female;{women}", "Созақ ауданы;male;20 910"]
            rows += [
                "Келес;female;38 100",
                "Астана;male;37 450" if women == "көп" else "Келес;male;37 450",
            ]
            path.write_text("\n".join(rows), "utf-8-sig")
            page.reading.reading = None
            page.read(path)
            wait(lambda: page.reading.reading is not None)
            yield f"census-{name}"
    for name, value in (
        ("title", "Халық саны, 18 жастан бастап"),
        ("source", "Ұлттық статистика бюросы, stat.gov.kz"),
        ("counted_on", date(2026, 1, 1)),
    ):
        page.reading.fields[name].set_value(value)
    page.keep()
    wait(lambda: bool(page.away_buttons))
    yield "censuses"
