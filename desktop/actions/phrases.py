"""Phrases that are written again and again: the program's in three languages, shared ones, and a person's own.

Own ones lie in the encrypted file of this laptop and go nowhere; shared ones are records (handed_out.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.actions import drafts
from desktop.actions.handed_out import GivenPhrase, read_phrases
from desktop.session import Desk
from sync.folding import fold
from sync.language import spoken
from sync.vocabulary import choices

KEPT_AS, BUNDLED = "phrases", "phrase"  # under which name; the vocabulary
MOST = 200  # of one's own
LONGEST = 2_000  # characters, as of a text of one line


@dataclass(frozen=True)
class Phrase:
    """One that is offered."""

    text: str
    own: bool = False
    given: str = ""  # who shared it, by role


def own(desk: Desk) -> list[str]:
    """A person's own phrases, in their order."""
    kept = drafts.recall(desk, KEPT_AS) or {}
    return [text for text in kept.get("own", []) if isinstance(text, str)]


def keep_own(desk: Desk, texts: Iterable[str]) -> None:
    """These are one's own from now on: each once, without spaces around it, none empty."""
    tidied = dict.fromkeys(" ".join(text.split())[:LONGEST] for text in texts)
    drafts.keep(desk, KEPT_AS, {"own": [text for text in tidied if text][:MOST]})


def kept(desk: Desk) -> tuple[list[str], list[GivenPhrase]]:
    """What is offered beside the program's: one's own, and shared ones."""
    return own(desk), read_phrases(desk)


def offered(
    mine: Sequence[str], typed: str = "", given: Sequence[GivenPhrase] = ()
) -> list[Phrase]:
    """Those that have all words that were typed, or words that begin so; one's own, then shared ones first.

    The others come in the language spoken now; in another one where only that has the words.
    """
    words = fold(typed).split()
    found = [Phrase(text, own=True) for text in mine if _has(text, words)]
    shared = [(_in_some_language(one.texts, words), one.words()) for one in given]
    bundled = [_in_some_language(choice.names, words) for choice in choices(BUNDLED)]
    found += [Phrase(text, given=whose) for text, whose in shared if text]
    return found + [Phrase(text) for text in bundled if text]


def _in_some_language(texts: Mapping[str, str], words: Sequence[str]) -> str:
    order = sorted(texts, key=lambda code: code != spoken())
    return next((texts[code] for code in order if _has(texts[code], words)), "")


def _has(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)
