"""Two people's edits of one long text, or of one set, brought together where they do not touch."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

MOST = 2_000  # sentences of a text: comparing more takes too long while a stream is locked
SENTENCE = re.compile(r"[^.!?…\n]*[.!?…\n]*\s*")

Edit = tuple[int, int, list[str]]  # the sentences from, until, and what stands in their place


def merge_sets(was: Sequence[Any], stands: Sequence[Any], said: Sequence[Any]) -> list[Any]:
    """The set that stands, with what `said` added to `was` and without what it took away."""
    kept = [one for one in stands if one in said or one not in was]
    return [*kept, *(one for one in dict.fromkeys(said) if one not in was and one not in kept)]


def merge_texts(was: str, stands: str, said: str) -> str | None:
    """Both edits of the text `was`, or None where they touch the same or neighbouring sentences.

    By sentence, not by word: two people's words within one sentence rarely make sense together.
    The rule is that of diff3: Khanna, Kunal and Pierce, A Formal Investigation of Diff3, 2007.
    """
    before, theirs, ours = (_sentences(text) for text in (was, stands, said))
    if max(len(before), len(theirs), len(ours)) > MOST:
        return None
    edits = sorted([*_edits(before, theirs), *_edits(before, ours)], key=lambda one: one[:2])
    merged: list[str] = []
    done = 0  # sentences of `before` that are behind us
    last: Edit | None = None
    for start, end, instead in edits:
        if last is not None and start <= last[1]:
            if (start, end, instead) == last:  # both said the same
                continue
            return None
        merged += [*before[done:start], *instead]
        done, last = end, (start, end, instead)
    return "".join([*merged, *before[done:]])


def _sentences(text: str) -> list[str]:
    return [part for part in SENTENCE.findall(text) if part]


def _edits(before: list[str], after: list[str]) -> list[Edit]:
    compared = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        (start, end, after[low:high]) for tag, start, end, low, high in compared if tag != "equal"
    ]
