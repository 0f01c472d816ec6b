"""Passwords that are tried first: refused where somebody chooses a new one, not where one is typed.

After OWASP ASVS 5.0: not one of the 3,000 most used of those that are long enough (6.2.4), not a word
of the context (6.2.11), and nothing is asked of the kinds of characters (6.2.5). Added for here: also
what was typed with the other keyboard. The most used are kept as digests, for many are obscene.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from itertools import pairwise

import resources
from sync.errors import Refused
from sync.language import mark

COMMON, LOCAL = ("passwords", "common.txt"), ("passwords", "local.txt")
LONGEST_NUMBER = 12  # digits: a day, a telephone number, an IIN
DISTINCT = 4  # characters, at the least
TELLING = 4  # letters: a shorter name or login says nothing
# Key by key, as on a keyboard for Russian, and for Kazakh, whose letters stand on the digits.
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
DIGIT_KEYS, KAZAKH_KEYS = "234589-=0", "әіңғүұөһқ"
_TO_LATIN = str.maketrans(CYRILLIC_KEYS + KAZAKH_KEYS, LATIN_KEYS + DIGIT_KEYS)
_TO_CYRILLIC = str.maketrans(LATIN_KEYS, CYRILLIC_KEYS)
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def require_unguessable(password: str, *about: str) -> None:
    """Raise Refused for a password that others would try early.

    `about`: login, name, place; a password that is one of their words, with digits or signs before
    or after it, is refused, too. Its length is asked elsewhere.
    """
    if is_guessable(password, about):
        raise Refused(
            mark(
                "This password is among the first that others try: it is much used, a number, a row "
                "of keys, or a name. Choose another one; three or four words that do not belong "
                "together are good, and easy to remember."
            )
        )


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is one of those."""
    tried = forms(password)
    plain = tried[0]
    if plain.isdecimal() and len(plain) <= LONGEST_NUMBER:
        return True
    if len(set(plain)) < DISTINCT or _is_run(plain):
        return True
    words = _local() | {word for text in about for word in _words(text)}
    return any(digest(form) in _common() or _AROUND.sub("", form) in words for form in tried)


def forms(password: str) -> tuple[str, ...]:
    """As it is, in small letters, then as the same keys give it with the other keyboard."""
    plain = _plain(password)
    return plain, plain.translate(_TO_LATIN), plain.translate(_TO_CYRILLIC)


def digest(form: str) -> str:
    """How one of the most used is kept: enough bits that no other password is taken for it."""
    return sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(text: str) -> str:
    """Systems compose й and ё differently."""
    return unicodedata.normalize("NFC", text.casefold())


def _is_run(text: str) -> bool:
    """abcdefgh, 87654321"""
    steps = {ord(second) - ord(first) for first, second in pairwise(text)}
    return steps in ({1}, {-1})


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", _plain(text))
    return {word for word in (*found, "".join(found)) if len(word) >= TELLING}


@cache
def _common() -> frozenset[str]:
    return frozenset(resources.text(*COMMON).split())


@cache
def _local() -> frozenset[str]:
    return frozenset(resources.text(*LOCAL).split())
