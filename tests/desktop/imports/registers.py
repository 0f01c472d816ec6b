"""Tables as people keep them, for tests of imports."""

import csv
import zipfile

from openpyxl import Workbook

from tests.profiles import ISSUE

HEADS = ("Түскен күні", "Мәні", "Санаты", "Ауыл")
ROW = ("05.11.2026", "Су жоқ", "Тұрғын үй", "Созақ ауылы")
CONSENT = ("Өтініш беруші", "Телефон", "Келісім", "Келісім берілген күн", "Мәтіннің тілі")
PERSON = ("Қанат Серіков", "8 701 123 45 67", "Қол қойылған", "29.11.2026", "Қазақша")
TEXT = ISSUE["essence"]


def workbook(path, *rows, title="Лист1", more=()):
    """An .xlsx with these rows; `more` are (title, rows) of other sheets."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    for name, others in more:
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(list(row))
    book.save(path)
    return path


def csv_file(path, *rows, separator=";", encoding="utf-8-sig"):
    """The same as CSV."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def in_archive(path, name, change):
    """The same workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            new.writestr(one, content)
    return path
