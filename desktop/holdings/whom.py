"""Whom a search is for: a name, a phone or both, and whether a text names them."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum

from desktop.phones import parse_phone
from sync.errors import UserError
from sync.folding import fold
from sync.language import mark

LEAST = 3  # letters: fewer are in half of all texts
_BETWEEN = r"[\s().‐-―-]*"  # what people write between the digits of a number


class Named(IntEnum):
    """How surely a text names somebody."""

    NOT = 0
    ALIKE = 1  # with an ending, in look-alike letters, as the beginning of another name
    EXACTLY = 2


@dataclass(frozen=True)
class Whom:
    """`words` of a name, folded, the `digits` of a phone without its country's 7, or both."""

    typed: str
    words: tuple[str, ...] = ()
    digits: str = ""

    @property
    def by(self) -> str:
        """Which of the two it is, as `sync.exports.BY` has it."""
        return "both" if self.words and self.digits else "phone" if self.digits else "name"

    def named_in(self, text: str) -> Named:
        """Whether this text names them: all words of the name in it, or the number. Either does."""
        return max(self._called_in(text), self._dialled_in(text))

    def known_by(self, texts: Iterable[str]) -> int:
        """By how many, of name and phone, they are named in these texts: 0, 1 or 2."""
        said = list(texts)
        return any(map(self._called_in, said)) + any(map(self._dialled_in, said))

    def _called_in(self, text: str) -> Named:
        folded = fold(text) if self.words else ""
        if not self.words or not all(
            re.search(rf"(?<!\w){re.escape(word)}", folded) for word in self.words
        ):
            return Named.NOT
        plain = set(re.findall(r"\w+", text.casefold()))
        typed = {
            one for one in re.findall(r"\w+", self.typed.casefold()) if fold(one) in self.words
        }
        return Named.EXACTLY if typed <= plain else Named.ALIKE

    def _dialled_in(self, text: str) -> Named:
        found = self.digits and re.search(self._number(), text)
        return Named.EXACTLY if found else Named.NOT

    def lines_of(self, text: str) -> str:
        """The lines of a text that name them; of a name on two lines, those with a word of it."""
        lines = text.splitlines()
        if said := [one for one in lines if self.named_in(one)]:
            return "\n".join(said)
        if not self.named_in(text):
            return ""
        return "\n".join(one for one in lines if any(word in fold(one) for word in self.words))

    def _number(self) -> str:
        """The digits however spaced, with 7 or 8 before them or neither, in no longer number."""
        return rf"(?<!\d)(?:\+?[78]{_BETWEEN})?{_BETWEEN.join(self.digits)}(?!\d)"


def whom(typed: str, phone: str = "") -> Whom:
    """What was typed, a name or a phone, and a phone beside the name → whom it means.

    Raises UserError where it is too little to search by, or `phone` is no number.
    """
    typed, phone = (one.replace("\0", "").strip() for one in (typed, phone))
    if not phone:
        with suppress(UserError):
            return Whom(typed, digits=_digits(typed))
    digits = _digits(phone) if phone else ""
    if digits and not typed:
        return Whom(phone, digits=digits)
    words = tuple(re.findall(r"\w+", fold(typed)))
    if max(map(len, words), default=0) < LEAST:
        raise UserError(mark("Write the person's name, or the whole phone number."))
    return Whom(", ".join(filter(None, (typed, phone))), words, digits)


def _digits(phone: str) -> str:
    digits = parse_phone(phone).removeprefix("+7").removeprefix("+")
    if not digits:
        raise UserError(mark("Write the person's name, or the whole phone number."))
    return digits
