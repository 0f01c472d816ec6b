"""Workbooks with pictures at questions and choices, and the pictures: drawn here, none is anybody's."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image, ImageDraw

from desktop.surveys.compiler import compile_workbook
from desktop.surveys.xlsform import Checked, judged

LANGUAGES = ("Қазақша (kk)", "Русский (ru)", "English (en)")
WELLS = ("Құдық", "Колодец", "Well"), ("Су құбыры", "Водопровод", "Water pipe")
ASKED = ("Ауыз су қайдан алынады?", "Откуда берут питьевую воду?", "Where does the drinking water come from?")  # fmt: skip
Cells = dict[str, str]


def picture(colour: str = "#4a7a9a", size: tuple[int, int] = (900, 600), form: str = "JPEG", **more: Any) -> bytes:  # fmt: skip
    """A circle on a plain ground, so that two colours can be told apart."""
    image = Image.new("RGB", size, colour)
    wide, high = size
    ImageDraw.Draw(image).ellipse((wide // 3, high // 4, wide * 2 // 3, high * 3 // 4), "white")
    out = BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def noise(side: int = 1_200) -> bytes:
    """A picture that no JPEG makes small: of 600 KB or, with less than 1,200 pixels, less."""
    out = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=95)
    return out.getvalue()


def labelled(words: tuple[str, ...], **cells: str) -> Cells:
    """A row with its label in three languages."""
    return dict(zip((f"label::{one}" for one in LANGUAGES), words, strict=True)) | cells


def question(name: str = "q", kind: str = "text", **cells: str) -> Cells:
    """A question with these cells; `image` is of all languages, `image_ru` of one."""
    columns = {f"image_{one[-3:-1]}": f"media::image::{one}" for one in LANGUAGES}
    columns["image"] = "media::image"
    own = {columns.get(column, column): at for column, at in cells.items()}
    return labelled(ASKED, type=kind, name=name, **own)


def drawn_form(
    folder: Path, *rows: Cells, files: dict[str, bytes], choices: tuple[Cells, ...] = ()
) -> Path:
    """A workbook of these rows, with these files in the folder of its media."""
    book = Workbook()
    for title, cells in (("survey", rows), ("choices", choices)):
        sheet = book.create_sheet(title)
        columns = list(dict.fromkeys(name for row in cells for name in row))
        sheet.append(columns)
        for row in cells:
            sheet.append([row.get(name, "") for name in columns])
    del book["Sheet"]
    path = folder / "wells.xlsx"
    book.save(path)
    (folder / "wells-media").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "wells-media" / name).write_bytes(content)
    return path


def read(path: Path) -> Checked:
    """As `read_xlsform` does, without a process of its own."""
    return judged(compile_workbook(path.read_bytes(), path))


def wells(folder: Path) -> Path:
    """A form of one question with a picture for each language, two drawn choices, and a note."""
    return drawn_form(
        folder,
        question(kind="select_one w", image_kk="kk.jpg", image_ru="ru.jpg", image_en="en.jpg"),
        question("n", "note", image="one.png"),
        files={
            "kk.jpg": picture("#2f7d5b"),
            "ru.jpg": picture("#4a6fa5"),
            "en.jpg": picture("#a5674a"),
            "one.png": picture("#777777", (300, 200), "PNG"),
            "pipe.png": picture("#8a6fb0", (400, 400), "PNG"),
        },
        choices=tuple(
            labelled(words, list_name="w", name=name, **{"media::image": image})
            for words, name, image in zip(WELLS, ("w", "p"), ("one.png", "pipe.png"), strict=True)
        ),
    )
