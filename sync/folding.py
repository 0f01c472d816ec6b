"""Kazakh text for machines: folding for search, and the one order of the alphabet.

Folding makes «Қазақстан», «казакстан» and «қaзақcтан» with Latin letters the same words; it is
applied both to what is stored for search and to what is searched for, never to what is shown.
"""

import re
import unicodedata
from functools import cache

import resources

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)
_LONGEST = 12  # digits of a number that count for order; longer ones are reference numbers


def fold(text: str) -> str:
    """The text as search compares it: lower case, look-alike and variant letters made one.

    By resources/alphabet/fold.csv, after decomposition, so that Й and Ё typed as one or two
    code points are alike and accents fall away. Folding twice gives the same.
    """
    plain = _decomposed(_decomposed(text).casefold())
    return plain.translate(_folds())


def kazakh_key(text: str) -> str:
    """A key that sorts texts in Kazakh order, for sorted(), SQLite and PostgreSQL "C" alike.

    Spaces, then signs, numbers by value, the 42 letters, Latin letters, all other letters.
    Case and accents count only between texts that are otherwise equal.
    """
    composed = unicodedata.normalize("NFC", text)
    pieces = _PIECES.findall(unicodedata.normalize("NFC", composed.casefold()))
    return "".join(map(_piece_key, pieces)) + "\x01" + composed


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_marks())


@cache
def _marks() -> dict[int, None]:
    """The accents that European scripts use; marks of other scripts are left alone."""
    return dict.fromkeys([*range(0x0300, 0x0370), *range(0x0483, 0x0488)])


@cache
def _folds() -> dict[int, str]:
    rows = resources.table("alphabet", "fold.csv")
    return {int(row["codepoint"].removeprefix("U+"), 16): row["fold"] for row in rows}


@cache
def _ranks() -> dict[str, str]:
    """{letter: one character that sorts in its place}: 42 Kazakh letters, then 26 Latin."""
    letters = [row["lower"] for row in resources.table("alphabet", "kazakh.csv")]
    return {letter: chr(0x41 + place) for place, letter in enumerate([*letters, *_LATIN])}


def _piece_key(piece: str) -> str:
    """One digit run or character → its place: below 0x41 what is no letter, above it letters."""
    if "0" <= piece[0] <= "9":
        number = piece.lstrip("0")
        return chr(0x22 + min(len(number), _LONGEST)) + number
    if found := _ranks().get(piece) or _ranks().get(unicodedata.normalize("NFD", piece)[0]):
        return found
    if piece.isspace():
        return " "
    return "\xff" + piece if piece.isalpha() else "!"
