"""Phrases that are written again and again: the program's in three languages, and a person's own.

Own ones lie in the encrypted file of this laptop and go nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.actions import drafts
from desktop.session import Desk
from sync.folding import fold
from sync.language import LANGUAGES, spoken
from sync.vocabulary import choices

KEPT_AS, BUNDLED = "phrases", "phrase"  # under which name; the vocabulary
MOST = 200  # of one's own
LONGEST = 2_000  # characters, as of a text of one line


@dataclass(frozen=True)
class Phrase:
    """One that is offered."""

    text: str
    own: bool = False


def own(desk: Desk) -> list[str]:
    """A person's own phrases, in their order."""
    kept = drafts.recall(desk, KEPT_AS) or {}
    return [text for text in kept.get("own", []) if isinstance(text, str)]


def keep_own(desk: Desk, texts: Iterable[str]) -> None:
    """These are one's own from now on: each once, without spaces around it, none empty."""
    tidied = dict.fromkeys(" ".join(text.split())[:LONGEST] for text in texts)
    drafts.keep(desk, KEPT_AS, {"own": [text for text in tidied if text][:MOST]})


def offered(mine: Sequence[str], typed: str = "") -> list[Phrase]:
    """Those that have all words that were typed, or words that begin so; one's own first.

    The program's come in the language spoken now; in another one where only that has the words.
    """
    words = fold(typed).split()
    found = [Phrase(text, own=True) for text in mine if _has(text, words)]
    for choice in choices(BUNDLED):
        for language in sorted(LANGUAGES, key=lambda code: code != spoken()):
            if _has(text := choice.words(language), words):
                found.append(Phrase(text))
                break
    return found


def _has(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
