"""The texts of a form in its languages, with the answers that they quote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from xml.sax.saxutils import unescape

from desktop.surveys.xpath.context import Context
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import local
from desktop.surveys.xpath.parser import Compiled, compile_expression
from desktop.surveys.xpath.values import to_text
from sync.language import LANGUAGES

Parts = tuple[str | Compiled, ...]
CALLED = {
    **dict.fromkeys(("kazakh", "қазақ", "қазақ тілі", "казахский", "каз", "қаз", "kaz"), "kk"),
    **dict.fromkeys(("qazaqsha", "qazaq", "казахский язык"), "kk"),
    **dict.fromkeys(
        ("russian", "орысша", "орыс", "орыс тілі", "рус", "rus", "русский язык"), "ru"
    ),
    **dict.fromkeys(("ағылшынша", "ағылшын тілі", "английский", "англ", "eng"), "en"),
}  # how authors call languages in the names of columns
DRAWN_IN = "default"  # of the form compiler: all words have languages, and a picture has none
LONGEST_NAME = 100  # characters of a language
_BRACKET = re.compile(r"\(\s*([A-Za-z]{2,3})\b[^)]*\)\s*$")
_ITEXT = re.compile(r"jr:itext\(\s*(['\"])(.*?)\1\s*\)", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text: by language code, pieces of plain text and expressions between them."""

    parts: Mapping[str, Parts] = field(default_factory=dict, hash=False)

    def words(self, languages: tuple[str, ...], context: Context) -> str:
        """In the first of these languages that it has, else in any. Raises XPathError."""
        found = next((self.parts[one] for one in languages if self.parts.get(one)), None)
        if found is None:
            found = next((parts for parts in self.parts.values() if parts), ())
        return "".join(
            part if isinstance(part, str) else to_text(part.evaluate(context)) for part in found
        )

    def expressions(self) -> list[Compiled]:
        """All that it quotes, in any language."""
        return [one for parts in self.parts.values() for one in parts if isinstance(one, Compiled)]


EMPTY = Text()
Translations = dict[str, Text]
Forms = dict[tuple[str, str], Text]  # by the id of a text and its form: guidance, image, short …


def language_code(name: str) -> str:
    """The language code in a column's name: "Қазақша (kk)" → kk; also a bare name or code."""
    name = name[:LONGEST_NAME]
    if found := _BRACKET.search(name):
        return language_of_name(found.group(1))
    return language_of_name(name)


def language_of_name(name: str) -> str:
    """The code of a language that is named in any of ours, as `рус` or `Kazakh`; else the name."""
    plain = " ".join(name.lower().split())
    found = (code for code, own in LANGUAGES.items() if plain in (code, own.lower()))
    return next(found, CALLED.get(plain, plain))


def read_translations(
    itext: Element | None,
) -> tuple[Translations, Forms, tuple[str, ...], dict[str, XPathError]]:
    """The itext of a form → its texts by id, what they have besides, its language codes, and errors.

    The default language comes first. An error is by the id of a text that quotes what cannot be
    read; that text is left out.
    """
    parts: dict[str, dict[str, Parts]] = {}
    besides: dict[tuple[str, str], dict[str, Parts]] = {}
    codes: list[str] = []
    wrong: dict[str, XPathError] = {}
    for translation in itext if itext is not None else ():
        code = language_code(translation.get("lang", ""))
        codes.insert(0 if "default" in translation.attrib else len(codes), code)
        for text in translation:
            key = text.get("id", "")
            for value in text:
                form = value.get("form", "")
                try:
                    found = mixed(value)
                except XPathError as error:
                    wrong[key] = error
                    continue
                if found in ((), ("-",)):
                    continue
                into = besides.setdefault((key, form), {}) if form else parts.setdefault(key, {})
                into.setdefault(code, found)
    if not any(DRAWN_IN in by_code for by_code in parts.values()):
        codes = [code for code in codes if code != DRAWN_IN] or codes
    return (
        {key: Text(by_code) for key, by_code in parts.items()},
        {key: Text(by_code) for key, by_code in besides.items()},
        tuple(dict.fromkeys(codes)),
        wrong,
    )


def text_place(key: str) -> tuple[str, str, dict[str, str]]:
    """Whose a text is: (sheet, name, values that tell its row) of its id.

    That is `/data/q:label` of a question, `list-0` of a choice, its list and place.
    """
    name = key.partition(":")[0].rpartition("/")[2]
    choice = re.fullmatch(r"(.+)-(\d+)", key) if "/" not in key else None
    if choice is None:
        return "survey", name, {}
    return "choices", name, {"list": choice[1], "place": choice[2]}


def element_text(element: Element | None, texts: Translations) -> Text:
    """A label or hint: by its ref into the translations, or as it is written inside."""
    if element is None:
        return EMPTY
    if reference := element.get("ref"):
        return attribute_text(reference, texts)
    return Text({"": found}) if (found := mixed(element)) else EMPTY


def form_text(element: Element | None, form: str, forms: Forms) -> Text:
    """What the text of a label or hint has besides: its guidance, the name of its picture."""
    found = _ITEXT.fullmatch(element.get("ref", "").strip()) if element is not None else None
    return forms.get((found.group(2), form), EMPTY) if found else EMPTY


def attribute_text(value: str | None, texts: Translations) -> Text:
    """A message in a bind: `jr:itext('…')`, or the words themselves."""
    if not value:
        return EMPTY
    found = _ITEXT.fullmatch(value.strip())
    return texts.get(found.group(2), EMPTY) if found else Text({"": (value,)})


def mixed(element: Element) -> Parts:
    """Text with `<output value="…"/>` in it → its pieces. Raises XPathError.

    The form compiler escapes `<` and `&` twice in what is quoted.
    """
    pieces: list[str | Compiled] = [element.text or ""]
    for child in element:
        if local(str(child.tag)) == "output":
            pieces.append(
                compile_expression(unescape(child.get("value") or child.get("ref") or "''"))
            )
        pieces.append(child.tail or "")
    return tuple(piece for piece in pieces if piece)
