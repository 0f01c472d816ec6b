"""Where others ask other people anew, as answers do not say who gave them; and what they found."""

import random
from collections import Counter, defaultdict
from uuid import UUID

from desktop.actions import answers, surveys, waves
from desktop.actions.quality import require_checking
from desktop.session import Desk
from desktop.surveys.form import load_form
from desktop.surveys.quality import asked_anew
from sync.errors import UserError
from sync.language import mark


def draw_places(desk: Desk, wave: UUID) -> list[tuple[str, int]]:
    """(okrug in words, how many people) of the places where somebody else asks others anew."""
    require_checking(desk)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers.of_wave(desk, wave):
        counts[one.district][one.okrug] += 1
    drawn = asked_anew.draw(counts, random.SystemRandom())
    return [(desk.pack.full_name(okrug), number) for okrug, number in drawn.items()]


def compare_places(desk: Desk, wave: UUID, again: UUID) -> list[tuple[str, str]]:
    """(okrug, what differs) between a wave and the one that asked anew. Raises UserError: other forms."""
    require_checking(desk)
    form = load_form(surveys.xform_of(desk, wave))
    asked = {path for path, node in form.nodes.items() if node.kind == "select_one"}
    for one in (wave, again):  # how many of each were asked was planned, and told by its groups
        asked -= waves.read_design(desk, one).groups.keys()
    first, second = (_given(desk, one, asked) for one in (wave, again))
    if second and not any(second.values()):
        raise UserError(mark("The two surveys have no question in common."))
    found = asked_anew.apart(first, second)
    return [(desk.pack.full_name(one.okrug), one.text.words()) for one in found]


def _given(desk: Desk, wave: UUID, asked: set[str]) -> dict[str, dict[str, Counter[str]]]:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for one in answers.of_wave(desk, wave):
        here = found[one.okrug]
        for path, value in one.values.items():
            if path in asked and isinstance(value, str):
                here.setdefault(path, Counter())[value] += 1
    return dict(found)
