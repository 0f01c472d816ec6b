"""Villages and okrugs by their names as people write them: with or without the word for a village,
with okrug and district beside them or not. A name that several have is told, never guessed at.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from sync.errors import UserError
from sync.folding import fold
from sync.language import LANGUAGES, mark
from sync.person import REGION
from sync.places import TYPED, Pack, typed_place

UNKNOWN = mark(
    "“{found}” is not among the places of the region. Write it as the list of places has it, name its "
    "district beside it, or leave the cell empty."
)
KEPT = mark("“{found}” is not among the places of the district: it comes as it is written.")
PERHAPS = mark(
    "“{found}” is not among the places of the district: it comes as it is written. If “{near}” is meant, "
    "write that."
)
SEVERAL = mark("There are {n} places called “{found}”: {names}. Write the okrug beside it.")
ELSEWHERE = mark("“{found}” lies in another district: {where}. You record for your own one.")
NO_OKRUG = mark("“{found}” is no rural okrug of your district.")

PARTS = re.compile(r"[,;()]|\s/\s")
WORDS = re.compile(r"[^\W_]+")
SORTS = frozenset(  # the words for village, okrug and district, whole and as one letter
    map(
        fold,
        (
            *("ауылы", "ауыл", "а", "село", "с", "аул", "village", "поселок", "посёлок", "п"),
            *("кенті", "кент", "settlement", "қаласы", "қала", "қ", "город", "г", "town", "city"),
            *("ауылдық", "сельский", "округ", "округі", "округа", "о", "rural", "okrug"),
            *("ауданы", "аудан", "район", "района", "р", "н", "district"),
        ),
    )
)
OF_OKRUG = frozenset(map(fold, ("ауылдық", "сельский", "округ", "округі", "о", "okrug")))
OF_DISTRICT = frozenset(
    map(fold, ("ауданы", "аудан", "район", "района", "р", "қаласы", "қ", "district"))
)
NAMED = 3  # of several places


class Places:
    """The places of a pack, as one person writes down what is in them."""

    def __init__(self, pack: Pack, district: str) -> None:
        self._pack, self._own = pack, "" if district == REGION else district
        self._read: dict[str, str] = {}  # cells repeat
        self._kept: dict[
            str, UserError
        ] = {}  # what is said of those that come as they are written

    def village(self, cell: str, okrug: str = "", district: str = "") -> str:
        """The code of a village; where none is called so, its name as it is written, in the district
        that is known. Raises UserError where several are called so, or no district is known.
        """
        key = f"{cell}\n{okrug}\n{district}"
        if key not in self._read:
            self._read[key] = self._found(cell, [okrug, district])
        return self._read[key]

    def doubt(self, place: str) -> UserError | None:
        """What is to be said of a place that comes as it is written."""
        return self._kept.get(place)

    def okrug(self, cell: str) -> str:
        """The code of a rural okrug. Raises UserError where none is called so."""
        if self._pack.okrug(cell.strip()):
            return cell.strip()
        codes = [
            one for one in self._okrugs.get(_bare(PARTS.split(cell)[0]), ()) if self._here(one)
        ]
        if len(codes) != 1:
            raise UserError(NO_OKRUG, found=cell[:60])
        return codes[0]

    def _found(self, cell: str, beside: Iterable[str]) -> str:
        text = " ".join(cell.split())
        if self._pack.village(text):
            return self._own_one(text, text)
        if text.startswith(TYPED):
            return text
        if whole := self._whole.get(" ".join(WORDS.findall(fold(text)))):
            return self._own_one(whole, text)
        name, *hints = [part for part in PARTS.split(text) if part.strip()] or [text]
        codes = self._villages.get(_bare(name), [])
        for hint in filter(str.strip, hints):
            codes = [one for one in codes if self._lies_in(one, hint, _level(hint))]
        for level, said in enumerate(beside):
            codes = [one for one in codes if not said or self._lies_in(one, said, {level})]
        mine = [one for one in codes if self._here(one)]
        if len(mine) == 1:
            return mine[0]
        if len(mine) > 1:
            names = "; ".join(map(self._pack.full_name, mine[:NAMED]))
            raise UserError(SEVERAL, n=len(mine), found=name.strip(), names=names)
        if codes:
            return self._own_one(codes[0], text)
        district = self._own or self._district([*beside, *hints])
        known = any(map(self._here, self._villages.get(_bare(name), ())))
        if not district or known or not any(map(str.isalpha, _bare(name))):
            raise UserError(UNKNOWN, found=text[:60])  # also one that lies elsewhere than is said
        parts = [one.strip() for one in (name, *hints) if self._district([one]) != district]
        place = typed_place(", ".join(parts) or text, district)
        near = self._pack.search(name, district)
        self._kept[place] = (
            UserError(PERHAPS, found=text[:60], near=near[0][1])
            if near
            else UserError(KEPT, found=text[:60])
        )
        return place

    def _district(self, said: Iterable[str]) -> str:
        """The code of the first that is a district's name; "" where none is."""
        names = {_bare(one) for one in said if one.strip()}
        for code, district in self._pack.districts.items():
            if names & {_bare(one) for one in district.names.values() if one} or code in names:
                return code
        return ""

    def _own_one(self, code: str, said: str) -> str:
        if not self._here(code):
            where = self._pack.full_name(code)
            raise UserError(ELSEWHERE, found=said[:60], where=where)
        return code

    def _here(self, code: str) -> bool:
        return not self._own or self._pack.district_of(code) == self._own

    @cached_property
    def _whole(self) -> dict[str, str]:
        """{full name in any language: code}, of names that one place alone has."""
        found: dict[str, str] = {}
        for code in self._pack.villages:
            for name in {self._pack.full_name(code, language) for language in LANGUAGES}:
                key = " ".join(WORDS.findall(fold(name)))
                found[key] = code if found.get(key, code) == code else ""
        return found

    @cached_property
    def _villages(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for code, village in self._pack.villages.items():
            for name in {_bare(one) for one in village.names.values() if one}:
                found[name].append(code)
        return found

    @cached_property
    def _okrugs(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for code, okrug in self._pack.okrugs.items():
            for name in {_bare(one) for one in okrug.names.values() if one}:
                found[name].append(code)
        return found

    def _lies_in(self, code: str, said: str, levels: Iterable[int]) -> bool:
        """Whether a village lies in an okrug (0) or a district (1) that is called so."""
        village, name = self._pack.villages[code], _bare(said)
        for level in levels:
            whole = (
                self._pack.district(village.district) if level else self._pack.okrug(village.okrug)
            )
            if whole and (said == whole.code or name in map(_bare, whole.names.values())):
                return True
        return False


def _level(hint: str) -> frozenset[int]:
    """Whether words beside a village name an okrug or a district; both where they do not say."""
    words = set(WORDS.findall(fold(hint)))
    if words & OF_DISTRICT:
        return frozenset({1})
    return frozenset({0}) if words & OF_OKRUG else frozenset({0, 1})


@cache
def _bare(name: str) -> str:
    """A name as it is compared: folded, without the words for village, okrug and district."""
    words = WORDS.findall(fold(name))
    return " ".join(word for word in words if word not in SORTS) or " ".join(words)
