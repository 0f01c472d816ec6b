"""Issues of some villages, of which it is known which are the same: to measure the search for duplicates.

Each matter is told once. Of some another person writes again, days later: words in another order, some
left out, others added, endings and letters mistyped or on a Russian keyboard; by the same applicant, by
a neighbour, or without a name. Beside them stand other matters of the same village, category and
street, and other matters of the same applicant, which are not to be taken for one.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sync.folding import fold
from tests.bench.material import words

FIRST = date(2026, 3, 2)
CATEGORIES = ("roads", "drinking_water", "electricity", "schools", "health", "waste", "land")
NAMES = ("Асқар", "Гүлсім", "Дәурен", "Жанар", "Қайрат", "Мәдина", "Нұрлан", "Сәуле", "Үміт")
FAMILIES = ("Құрманов", "Әбенов", "Жүнісов", "Оспанов", "Бейсенов", "Тұрсынов", "Қасымов")


@dataclass(frozen=True)
class Labelled:
    """Values of issues, and which of them are the same matter, by their places."""

    issues: list[dict[str, Any]]
    same: set[tuple[int, int]]


def labelled(
    matters: int = 2_000, again: int = 1_000, beside: int = 500, villages: int = 40, seed: int = 7
) -> Labelled:
    """So many matters, of which so many are told twice; and so many others that only look alike."""
    chance = random.Random(seed)
    known = [word for word in words() if len(word) > 2]
    common = chance.sample(known, 60)  # what people complain of most: half of all words
    told = [_matter(chance, known, common, n % villages) for n in range(matters)]
    issues, same = list(told), set()
    for place in chance.sample(range(matters), again):
        same.add((place, len(issues)))
        issues.append(_told_again(chance, told[place], known))
    others = chance.sample(range(matters), beside)
    issues += [_beside(chance, told[place], known) for place in others]
    return Labelled(issues, same)


def _matter(
    chance: random.Random, known: list[str], common: list[str], village: int
) -> dict[str, Any]:
    said = [
        chance.choice(common if chance.random() < 0.5 else known)
        for _ in range(chance.randint(5, 14))
    ]
    named = chance.random() < 0.5
    return {
        "essence": " ".join(said),
        "village": f"6156{village:05}",
        "address": f"{chance.choice(common)} көшесі {chance.randint(1, 60)}"
        if chance.random() < 0.4
        else None,
        "category": chance.choice(CATEGORIES),
        "received_on": FIRST + timedelta(days=chance.randrange(200)),
        "applicant": f"{chance.choice(FAMILIES)} {chance.choice(NAMES)}" if named else None,
        "phone": f"+7701{chance.randrange(10**7):07}" if named and chance.random() < 0.7 else None,
    }


def _told_again(chance: random.Random, matter: dict[str, Any], known: list[str]) -> dict[str, Any]:
    said = [word for word in matter["essence"].split() if chance.random() > 0.15]
    said += [chance.choice(known) for _ in range(chance.randint(0, 3))]
    if chance.random() < 0.5:
        chance.shuffle(said)
    again = dict(matter, essence=" ".join(_mistyped(chance, word) for word in said))
    again["received_on"] = matter["received_on"] + timedelta(days=chance.randint(0, 30))
    who = chance.random()
    if who < 0.4:  # a neighbour, or nobody
        again["applicant"] = (
            f"{chance.choice(FAMILIES)} {chance.choice(NAMES)}" if who < 0.2 else None
        )
        again["phone"] = None
    if chance.random() < 0.1:
        again["category"] = chance.choice(CATEGORIES)
    if chance.random() < 0.3:
        again["address"] = None
    return again


def _beside(chance: random.Random, matter: dict[str, Any], known: list[str]) -> dict[str, Any]:
    """Another matter of the same place and category, often of the same person: a third of its words."""
    said = [
        word if chance.random() < 0.35 else chance.choice(known)
        for word in matter["essence"].split()
    ]
    other = dict(matter, essence=" ".join(said))
    other["received_on"] = matter["received_on"] + timedelta(days=chance.randint(0, 60))
    if chance.random() < 0.5:
        other["applicant"] = other["phone"] = None
    return other


def _mistyped(chance: random.Random, word: str) -> str:
    how = chance.random()
    if how < 0.2:
        return fold(word)  # a Russian keyboard
    if how < 0.3 and len(word) > 5:
        return word[:-1] + chance.choice("ыіаең")  # another ending
    if how < 0.35 and len(word) > 3:
        place = chance.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word
