"""What in an open answer looks as if it told of somebody: a name, a phone, a number, an address. Pure.

An anonymous answer must not say who gave it, or who the neighbour is. People are told by given names
(resources/people), by the ends of patronymics and surnames, by initials, and by words that stand
beside a name («аға», «зовут»). What is called after people («Абай көшесі») is left. How often it is
right: docs/quality.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import resources
from sync.folding import fold
from sync.places import load_pack

BLACK = "▇▇▇"  # in the place of what was found, however long that was
PERSON, PHONE, IIN, EMAIL, ACCOUNT, NUMBER = "person", "phone", "iin", "email", "account", "number"

_NO_MONEY = r"(?!\d|[\s.,]{0,2}(?:тг\b|те[нң]ге|₸|KZT))"
PATTERNS = (
    (EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (ACCOUNT, re.compile(r"(?:https?://)?(?:wa\.me|t\.me|(?:www\.)?(?:instagram|facebook|vk|tiktok)\.com)"
                         r"/[\w@./?=&%+-]{2,100}", re.IGNORECASE)),
    (ACCOUNT, re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}")),
    (IIN, re.compile(r"(?<!\d)\d{6}[\s-]?\d{6}" + _NO_MONEY)),
    (NUMBER, re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)")),  # of a bank card
    (PHONE, re.compile(r"(?<!\d)(?:\+?7|8)[\s().–-]{0,3}[679](?:[\s().–-]{0,3}\d){9}" + _NO_MONEY)),
    (PHONE, re.compile(r"(?<!\d)\(?7[047]\d\)?[\s–-]{0,2}\d{3}(?:[\s–-]?\d{2}){2}" + _NO_MONEY)),
)  # fmt: skip
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
BEGINS = re.compile(r"(?:\A|[.!?…:;\n])[\s«»\"(–—-]{0,8}\Z")
REACH = 10  # letters before a word that tell whether it begins a sentence

# As typed, small letters: folded, «ұлы» would be like the end of «модули».
SON = re.compile(r"(\w{3,}?)-?(ұлы|улы|қызы|кызы)(?:ның|нің|на|не|нан|нен|н|нда|мен|ндағы)?")
# Folded from here on: ы, і, э, й are one letter with и or е.
RUSSIAN_SON = re.compile(r"(\w{2,})(?:[ое]вич|ич)(?:а|у|ем|е)?")
RUSSIAN_DAUGHTER = re.compile(r"(\w{2,})(?:[ое]вн|ичн)(?:а|и|е|у|ои)")
KAZAKH_ENDS = "нин дин тин га ге ка ке на не ди ти ни да де та те дан ден тан тен нан нен мен бен пен лар лер дар дер тар тер"
SURNAME = re.compile(
    r"(\w{2,}?)([ое]в|ин)(?:а|у|им|е|ои|и|тин|ти|ка|ке|тан|тен|пен|нин|га|ге|ни|нан|дин|ди|мен)?"
)
# «балалардың», «айналайын»: folded, these end as «Ильин».
KAZAKH_CASE = re.compile(r"[ыі][ңн][аеі]?\Z")
SKI = re.compile(r"\w{3,}ск(?:ии|ая|ого|ому|ои|им)(?:дин|ди|ге|га)?")
KAZAKH_SURNAME = re.compile(
    rf"\w{{2,}}(?:баи|бек|хан|жан|гали|кул)(?:{KAZAKH_ENDS.replace(' ', '|')})?"
)
SURE_ENDS = ("баев", "беков", "ханов", "жанов", "галиев", "алиев", "кулов", "таев", "аков", "енов")
RUSSIAN_ENDS = {
    "а": "у е и ои ею",
    "я": "ю е и еи",
    "и": "я ю ем е",
    "": "а у ом е ю я и ем",
}
ROMAN = "IVXLC"
HONOURS = frozenset("би батир хан ата ана датка акин баба аулие".split())  # noqa: SIM905
OF = (
    "ның",
    "нің",
    "дың",
    "дің",
    "тың",
    "тің",
)  # «Асанның ауылы» is Asan's; a place says «Абай ауылы»


class Span(NamedTuple):
    """Letters from `start` up to `end` of a text, and what they look like."""

    start: int
    end: int
    sort: str


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    folded: str
    small: str  # as typed, in small letters
    capital: bool
    first: bool  # of its sentence: its capital says nothing
    initial: bool  # one letter with a dot


def find(text: str) -> list[Span]:
    """What looks as if it told of somebody, in order; none overlaps another."""
    found: list[Span] = []
    free = text
    for sort, pattern in PATTERNS:
        found += [Span(*one.span(), sort) for one in pattern.finditer(free)]
        free = pattern.sub(lambda one: "▇" * len(one[0]), free)
    words = _words(free)
    people = (Span(words[at].start, words[at].end, PERSON) for at in sorted(_people(free, words)))
    return _joined(free, sorted([*found, *people]))


def blackened(text: str) -> str:
    """The text with BLACK in the place of what `find` finds, until it finds nothing.

    Once is nearly always enough: what stands beside a name may look like one without it.
    """
    while found := find(text):
        parts, at = [], 0
        for span in found:
            parts += [text[at : span.start], BLACK]
            at = span.end
        text = "".join((*parts, text[at:]))
    return text


def screened(value: Any) -> Any:
    """A value of an answer as it may be kept: texts blackened, ids and all else as they are."""
    if isinstance(value, list):
        return [screened(one) for one in value]
    if not isinstance(value, str) or ID.fullmatch(value):
        return value
    return blackened(value)


def _people(text: str, words: Sequence[_Word]) -> set[int]:
    """Which of the words name somebody."""
    found: set[int] = set()
    for run in _runs(text, words):
        signs = {at for at in run if _is_sign(words, at)} | _beside_initials(words, run)
        if not signs or _is_place(words, run, sure=_is_whole(words, run)):
            continue
        found |= signs
        found |= {at for at in run if _may_join(words[at])}
    return found | _small_beside_sons(text, words, found)


def _is_sign(words: Sequence[_Word], at: int) -> bool:
    """Whether this word is a name by itself, or by the word beside it."""
    word = words[at]
    if son := SON.fullmatch(word.small):
        sure = son[2] in ("ұлы", "қызы") or fold(son[1]) in _given()
        if sure or (word.capital and not word.first):
            return True
    if word.initial or word.folded in _rows("no_people"):
        return False
    if _is_patronymic(word) or _is_called(words, at):
        return True
    if word.folded in _given():
        sure = word.folded in _sure()
        return (word.capital and (sure or not word.first)) or (sure and len(word.folded) > 4)
    return _is_surname(word)


def _is_patronymic(word: _Word) -> bool:
    son = RUSSIAN_SON.fullmatch(word.folded) or RUSSIAN_DAUGHTER.fullmatch(word.folded)
    if son is None:
        return False
    known = any(son[1] + end in _given() for end in ("", "и", "а"))  # «Сергеевич»: Сергей
    return known or (word.capital and word.folded.rstrip("ауем").endswith("ович"))


def _is_surname(word: _Word) -> bool:
    """«Оспанова»: of a given name, or with a capital in the midst of a sentence."""
    match = _surname(word)
    if match and len(match[1]) > 2 and match[1] in _sure():
        return word.capital or len(match[1]) > 3
    if not word.capital:
        return False
    if word.first:
        return any(end in word.folded[3:] for end in SURE_ENDS)
    if word.folded in _places():
        return False
    return bool(match or SKI.fullmatch(word.folded) or KAZAKH_SURNAME.fullmatch(word.folded))


def _surname(word: _Word) -> re.Match[str] | None:
    match = SURNAME.fullmatch(word.folded)
    return None if match and match[2] == "ин" and KAZAKH_CASE.search(word.small) else match


def _is_called(words: Sequence[_Word], at: int) -> bool:
    """«Асан аға», «меня зовут Айша»"""
    word, side = words[at], _rows("beside")
    if not ((word.capital and not word.first) or word.folded in _given()):
        return False
    before = at and side.get(words[at - 1].folded) == "before"
    after = at + 1 < len(words) and side.get(words[at + 1].folded) == "after"
    return bool(before or after) and word.folded not in _places()


def _beside_initials(words: Sequence[_Word], run: Sequence[int]) -> set[int]:
    """«А. Б. Ахметов», «Ахметов А.Б.»: the word beside, and the initials."""
    initials = [at for at in run if words[at].initial]
    names = [at for at in run if not words[at].initial and len(words[at].folded) > 2]
    return {*initials, *names} if initials and names else set()


def _is_whole(words: Sequence[_Word], run: Sequence[int]) -> bool:
    """Whether a run is more than a single name: then a village before it is another matter."""
    return any(words[at].initial or words[at].folded in _sure() for at in run) or len(run) > 1


def _is_place(words: Sequence[_Word], run: Sequence[int], *, sure: bool) -> bool:
    """«Абай көшесі», «Төле би ауданы», «ул. Сейфуллина»: a place that is called after somebody."""
    before, after, last = run[0] - 1, run[-1] + 1, words[run[-1]]
    side = _rows("place_words")
    if before >= 0 and words[before].initial is False:
        led = side.get(words[before].folded)
        if led == "before" or (led == "before_unsure" and not sure):
            return True
    if after < len(words) and words[after].folded in HONOURS:
        after += 1
    if after >= len(words):
        return False
    follows = words[after].folded
    if SKI.fullmatch(last.folded):
        return follows.startswith(("раион", "област", "округ", "сел", "школ", "улиц", "ауил"))
    return not last.small.endswith(OF) and follows.startswith(_after())


def _may_join(word: _Word) -> bool:
    """Whether a word with a capital beside a name is of it; the first of a sentence must look so."""
    if word.folded in _rows("no_people"):
        return False
    return not word.first or word.folded in _given() or _surname(word) is not None


def _small_beside_sons(text: str, words: Sequence[_Word], found: set[int]) -> set[int]:
    """«асан серікұлы», «серікұлы асан»: before a son stands a name, whatever it is; behind, perhaps."""
    more = set()
    for at in found:
        if not SON.fullmatch(words[at].small):
            continue
        if at and _near(text, words, at - 1) and _may_be_called(words[at - 1]):
            more.add(at - 1)
        if at + 1 < len(words) and _near(text, words, at) and words[at + 1].folded in _given():
            more.add(at + 1)
    return more


def _may_be_called(word: _Word) -> bool:
    return len(word.folded) > 2 and word.folded not in _rows("beside")


def _runs(text: str, words: Sequence[_Word]) -> Iterator[list[int]]:
    """Words with capitals that stand side by side; any other word is alone."""
    run: list[int] = []
    for at, word in enumerate(words):
        if run and word.capital and words[at - 1].capital and _near(text, words, at - 1):
            run.append(at)
            continue
        if run:
            yield run
        run = [at]
    if run:
        yield run


def _near(text: str, words: Sequence[_Word], at: int) -> bool:
    """Whether the next word belongs to this one: a space between, or the dot of an initial."""
    between = text[words[at].end : words[at + 1].start]
    if not words[at].initial:
        return 0 < len(between) <= 2 and not between.strip(" \u00a0")
    if len(between) > 2 or between.strip(". "):
        return False
    ended = " " in between and not words[at + 1].initial and _follows_name(words, at)
    return not ended


def _follows_name(words: Sequence[_Word], at: int) -> bool:
    """Whether the initials that end here stand behind a surname: «Оспанова Г.К. Ол келді»."""
    name = next((one for one in reversed(words[max(0, at - 2) : at]) if not one.initial), None)
    return name is not None and name.capital and _surname(name) is not None


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    for one in WORD.finditer(text):
        letters = one[0]
        capital = letters[0].isupper() and not (1 < len(letters) < 5 and letters.isupper())
        initial = len(letters) == 1 and capital and letters not in ROMAN
        second = bool(found) and found[-1].initial and text[found[-1].end : one.start()] == "."
        initial = initial and (second or text[one.end() : one.end() + 1] == ".")
        first = BEGINS.search(text[max(0, one.start() - REACH) : one.start()]) is not None
        if one.start() >= REACH and first and not text[one.start() - REACH : one.start()].strip():
            first = False
        if found and found[-1].initial and one.start() - found[-1].end <= 2:
            first = False
        found.append(
            _Word(one.start(), one.end(), fold(letters), letters.lower(), capital, first, initial)
        )
    return found


def _joined(text: str, found: Sequence[Span]) -> list[Span]:
    """Those of people with only a space or a dot between are one: how many words it was is nobody's."""
    joined: list[Span] = []
    for one in found:
        if (
            joined
            and one.sort == joined[-1].sort
            and not text[joined[-1].end : one.start].strip(" .")
        ):
            joined[-1] = joined[-1]._replace(end=one.end)
        else:
            joined.append(one)
    return joined


@cache
def _given() -> frozenset[str]:
    """Given names in all their cases, folded."""
    return frozenset(form for row in _names() for form in _forms(row["name"]))


@cache
def _sure() -> frozenset[str]:
    """Those that are nothing but names."""
    return frozenset(form for row in _names() if not row["also"] for form in _forms(row["name"]))


@cache
def _names() -> list[dict[str, str]]:
    return resources.table("people", "given_names.csv")


def _forms(name: str) -> Iterator[str]:
    word = fold(name)
    yield word
    yield from (word + end for end in KAZAKH_ENDS.split())
    last = word[-1] if word[-1] in RUSSIAN_ENDS else ""
    stem = word.removesuffix(last)
    yield from (stem + end for end in RUSSIAN_ENDS[last].split())


@cache
def _rows(name: str) -> dict[str, str]:
    """{folded word: what is said of it}"""
    return {
        fold(row["word"]): row.get("side", "") for row in resources.table("people", f"{name}.csv")
    }


@cache
def _after() -> tuple[str, ...]:
    return tuple(word for word, side in _rows("place_words").items() if side == "after")


@cache
def _places() -> frozenset[str]:
    """Words of the region's places, but for those that are sure names."""
    pack = load_pack()
    named = [one.names for one in pack.districts.values()]
    named += [one.names for one in pack.okrugs.values()]
    named += [one.names for one in pack.villages.values()]
    words = {
        fold(word) for names in named for name in names.values() for word in WORD.findall(name)
    }
    return frozenset(words - _sure())
