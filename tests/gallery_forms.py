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
    ("image", "photo", "Суреті", "Фото"),
)
CHOICES = (
    ("list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"),
    ("yesno", "yes", "Иә", "Да"),
    ("yesno", "no", "Жоқ", "Нет"),
    ("source", "well", "Құдық", "Колодец"),
    ("source", "pipe", "Құбыр", "Водопровод"),
)
TITLE = "Ауыл қажеттіліктері"


def workbook(path: Path, *, mended: bool, version: str = "1", more: bool = False) -> Path:
    """An XLSForm as a coordinator writes it; with one mistake in it, unless it is `mended`."""
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in (HEAD, *ROWS):
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

    page = screen.forms
    with TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "needs.xlsx", mended=False)
        page.read(path)
        yield "reading"
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
