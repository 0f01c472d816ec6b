"""Whom a search is for: a name or a phone, and whether a text names them."""

import re
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
    """`words` of a name, folded, or the `digits` of a phone without its country's 7."""

    typed: str
    words: tuple[str, ...] = ()
    digits: str = ""

    def named_in(self, text: str) -> Named:
        """Whether this text names them: all words of the name in it, or the number."""
        if self.digits:
            return Named.EXACTLY if re.search(self._number(), text) else Named.NOT
        folded = fold(text)
        if not all(re.search(rf"(?<!\w){re.escape(word)}", folded) for word in self.words):
            return Named.NOT
        plain = set(re.findall(r"\w+", text.casefold()))
        exactly = set(re.findall(r"\w+", self.typed.casefold())) <= plain
        return Named.EXACTLY if exactly else Named.ALIKE

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


def whom(typed: str) -> Whom:
    """What was typed → whom it means. Raises UserError where it is too little to search by."""
    typed = typed.replace("\0", "").strip()
    try:
        phone = parse_phone(typed)
    except UserError:
        phone = ""
    if phone:
        return Whom(typed, digits=phone.removeprefix("+7").removeprefix("+"))
    words = tuple(re.findall(r"\w+", fold(typed)))
    if max(map(len, words), default=0) < LEAST:
        raise UserError(mark("Write the person's name, or the whole phone number."))
    return Whom(typed, words)
