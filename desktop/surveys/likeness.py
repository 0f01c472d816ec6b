"""Names that look alike: Cyrillic letters for Latin ones, capital letters, a slip of the finger."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = str.maketrans("аеёорсухіӏһқкмнтвбгпјѕԛԝ", "aeeopcyxilhkkmhtbbrnjsqw")
BLANK = {"\u00a0", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"}
NEAR = 0.75  # of difflib: “houshold_size” and “household_size”, but not “age” and “name”


def folded(text: str) -> str:
    """The text as it looks: Latin letters for Cyrillic ones, small, without signs nobody sees."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if one not in BLANK)
    return plain.casefold().translate(ALIKE).strip()


def alike(name: str, names: Iterable[str]) -> str | None:
    """The first of these names that only looks the same."""
    looks = folded(name)
    return next((one for one in names if one != name and folded(one) == looks), None)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that is probably meant: one that looks the same, or else is written almost so."""
    known = list(dict.fromkeys(one for one in names if one))
    if found := alike(name, known):
        return found
    by_look = {folded(one): one for one in reversed(known)}
    close = get_close_matches(folded(name), by_look, n=1, cutoff=NEAR)
    return by_look[close[0]] if close else None
