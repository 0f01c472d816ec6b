"""`make texts`: bring the translations up to date with the code, and compile them.

The texts are the English words in `tr()`, `trn()` and `mark()`; resources/i18n/<language>.po holds
their translations and is edited by hand; <language>.mo is what the program reads.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
PACKAGES = ("sync", "desktop", "ui")
LANGUAGES = ("kk", "ru")
AUTHORS = "The Dala authors"
HEADER = {
    "project": "Dala",
    "version": "",
    "charset": "utf-8",
    "header_comment": "# Texts of Dala. MIT, like the program.",
    "msgid_bugs_address": AUTHORS,
    "last_translator": AUTHORS,
    "language_team": AUTHORS,
}
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2)}  # the arguments that are texts; None: first


def extract(root: Path = ROOT) -> Catalog:
    """All texts of the code below `root`, untranslated, with the files that use them."""
    catalog = Catalog(project="Dala", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(root / package, [("**.py", "python")], keywords=KEYWORDS)
        for name, _, text, _, _ in sorted(found, key=lambda entry: entry[0]):
            # The file without the line: a translation is not touched when code moves.
            catalog.add(text, locations=[(f"{package}/{name}", 0)])
    return catalog


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The translations into one language; empty when there are none yet."""
    path = folder / f"{language}.po"
    if not path.exists():
        return Catalog(locale=language, fuzzy=False, **HEADER)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def compiled(catalog: Catalog) -> bytes:
    """The bytes of the .mo file; the same for the same catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update(root: Path = ROOT, folder: Path = FOLDER) -> Iterator[str]:
    """Write both files of each language; yields one line a language, for the person.

    New texts come in empty, texts that nobody uses go, and nothing is guessed.
    """
    texts = extract(root)
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        catalog = read(language, folder)
        catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with (folder / f"{language}.po").open("wb") as file:
            write_po(file, catalog, width=99, sort_by_file=True, include_lineno=False)
        # Compiled from what was written, as the test does it.
        (folder / f"{language}.mo").write_bytes(compiled(read(language, folder)))
        missing = sum(1 for message in catalog if message.id and not is_complete(message))
        yield f"{language}: {len(catalog)} texts, {missing} to translate"


def is_complete(message: Message) -> bool:
    """Whether every form of the text is translated, by a person."""
    return not message.fuzzy and bool(found := forms(message.string)) and all(found)


def forms(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """The forms of a text that has plurals; the text alone of one that has none."""
    return [texts] if isinstance(texts, str) else list(texts or ())


def braces(text: str) -> set[str]:
    """The names in {braces}. ValueError when a brace is left open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wrong_braces(message: Message) -> list[str]:
    """Translations whose braces are not those of the English text.

    One form of a plural may leave the number out ("one visit"), never add a name.
    """
    allowed = set().union(*map(braces, forms(message.id)))
    wrong = []
    for text in filter(None, forms(message.string)):
        try:
            names = braces(text)
        except ValueError:
            wrong.append(text)
            continue
        left_out = allowed - names - ({"n"} if message.pluralizable else set())
        if names - allowed or left_out:
            wrong.append(text)
    return wrong


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in update())
