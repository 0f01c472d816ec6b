"""Places of the region pack: districts, okrugs, villages and towns, by their KATO codes.

A record keeps a place as one string: the code of a village, or `free:<district>:<name>` for one
that the pack lacks and a person typed; it is matched to a code later. Village names repeat, so
a place is always shown as village, okrug, district. A code that the pack does not know (a newer
pack knew it) is shown as it is. Where a place has no Kazakh name yet, its Russian one stands.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import resources
from sync.errors import UserError
from sync.folding import fold, kazakh_key
from sync.language import LANGUAGES, mark, named, spoken

Names = Mapping[str, str]  # {kk, ru, en: name}; a name may be empty
TYPED = "free:"
NO_PACK = mark(
    "This program has no places of the region “{name}”, so nothing was opened or changed. Install the "
    "version that your region gives out."
)
FIRST = "turkistan"  # the pack that is meant where none is named


@dataclass(frozen=True)
class District:
    """A district or a city of regional rank; the unit that has one operative group."""

    code: str
    type: str  # district, city
    centre: str  # the code of a village or town
    names: Names = field(hash=False)

    def words(self, language: str | None = None) -> str:
        """«Созақ ауданы»"""
        return named(self.names, language)


@dataclass(frozen=True)
class Okrug:
    """A rural okrug, or the administration of one place, which is called after that place."""

    code: str
    district: str
    kind: str  # rural_okrug, village_admin, settlement_admin
    names: Names = field(hash=False)

    def words(self, language: str | None = None) -> str:
        """«Ақдала ауылдық округі»"""
        return named(self.names, language)


@dataclass(frozen=True)
class Village:
    """A village, town or settlement. Coordinates are WGS 84 degrees, None where not known."""

    code: str
    okrug: str  # empty for a town that stands in no okrug
    district: str
    kind: str  # village, settlement, city
    lat: float | None
    lon: float | None
    names: Names = field(hash=False)
    labels: Names = field(hash=False)  # templates {kk, ru, en} with {name}

    def words(self, language: str | None = None) -> str:
        """«Ақдала ауылы»"""
        return named(self.labels, language).format(name=named(self.names, language))


@dataclass(frozen=True)
class Pack:
    """A region as data: whose it is, what is in it, and what must be said of its sources."""

    id: str
    code: str
    names: Names
    organisation: Names  # who uses the program here
    languages: tuple[str, ...]
    as_of: str  # ISO date of the state classifier that was used
    attribution: str  # to be shown where the map or the places are shown
    districts: Mapping[str, District]
    okrugs: Mapping[str, Okrug]
    villages: Mapping[str, Village]
    phones: Mapping[str, str] = field(default_factory=dict)  # {district, or "": of the reception}

    def district(self, code: str) -> District | None:
        """The district of this code, if the pack has it."""
        return self.districts.get(code)

    def okrug(self, code: str) -> Okrug | None:
        """The okrug of this code, if the pack has it."""
        return self.okrugs.get(code)

    def village(self, code: str) -> Village | None:
        """The village of this code, if the pack has it; a typed one is none."""
        return self.villages.get(code)

    def district_of(self, code: str) -> str:
        """The district's code of any place, also of a typed one; "" if it cannot be told."""
        if code.startswith(TYPED):
            return self._typed(code)[0]
        if code in self.districts:
            return code
        found = self.villages.get(code) or self.okrugs.get(code)
        return found.district if found else ""

    def okrug_of(self, code: str) -> str:
        """The okrug's code of a village or an okrug; "" for anything that stands in none."""
        if code in self.okrugs:
            return code
        found = self.villages.get(code)
        return found.okrug if found else ""

    def full_name(self, code: str, language: str | None = None) -> str:
        """«Ақдала ауылы, Ақдала ауылдық округі, Арыс қаласы» for a village, okrug or district.

        A typed place is shown with its district; an unknown code is shown as it is.
        """
        if village := self.villages.get(code):
            parts: Iterable[str] = (part.words(language) for part in self._parts(village))
        elif okrug := self.okrugs.get(code):
            parts = (okrug.words(language), self.districts[okrug.district].words(language))
        elif district := self.districts.get(code):
            parts = (district.words(language),)
        elif code.startswith(TYPED):
            within, name = self._typed(code)
            parts = (name, self.districts[within].words(language)) if within else (name,)
        else:
            parts = (code,)
        return ", ".join(parts)

    def okrug_name(self, code: str, language: str | None = None) -> str:
        """«Ақдала ауылдық округі»; an unknown code is shown as it is."""
        found = self.okrugs.get(code)
        return found.words(language) if found else code

    def okrugs_of(
        self, district: str | None = None, language: str | None = None
    ) -> list[tuple[str, str]]:
        """(code, name) of the okrugs of a district, or of all, in Kazakh order."""
        found = [one for one in self.okrugs.values() if district in (None, one.district)]
        listed = [(one.code, one.words(language)) for one in found]
        return sorted(listed, key=lambda okrug: kazakh_key(okrug[1]))

    def places(
        self, district: str | None = None, language: str | None = None
    ) -> list[tuple[str, str]]:
        """(code, full name) of the villages of a district, or of all, in Kazakh order."""
        asked = district, language or spoken()
        if asked not in self._listed:  # made once for each: names are put into order one by one
            listed = [
                (village.code, self.full_name(village.code, language))
                for village in self._within(district)
            ]
            self._listed[asked] = sorted(listed, key=lambda place: kazakh_key(place[1]))
        return [*self._listed[asked]]

    @cached_property
    def _listed(self) -> dict[tuple[str | None, str], list[tuple[str, str]]]:
        return {}

    def search(
        self, words: str, district: str | None = None, language: str | None = None
    ) -> list[tuple[str, str]]:
        """(code, full name) of villages that have all these words, the best first.

        Words may be typed in Kazakh or Russian, with look-alike letters, or by their beginnings,
        and may name the okrug or district too. Exact names come first, then names equal after
        folding, then beginnings, then any part; within each in Kazakh order. No words: all.
        """
        wanted = re.findall(r"\w+", fold(words))
        if not wanted:
            return self.places(district, language)
        exact, folded = words.strip().casefold(), fold(words.strip())
        found = [
            (
                rank,
                kazakh_key(label := self.full_name(village.code, language)),
                village.code,
                label,
            )
            for village in self._within(district)
            if (rank := self._searched[village.code].rank(exact, folded, wanted)) is not None
        ]
        return [(code, label) for _, _, code, label in sorted(found)]

    def folded_villages(self) -> list[tuple[str, str]]:
        """(code, full name as searches compare it) of every village, in the language spoken."""
        language = spoken()
        if language not in self._folded:  # made once for each
            self._folded[language] = [
                (code, fold(self.full_name(code, language))) for code in self.villages
            ]
        return self._folded[language]

    @cached_property
    def _folded(self) -> dict[str, list[tuple[str, str]]]:
        return {}

    def _within(self, district: str | None) -> list[Village]:
        return [each for each in self.villages.values() if district in (None, each.district)]

    def _parts(self, village: Village) -> list[Village | Okrug | District]:
        """What the full name is made of; a name that would come twice is left out once."""
        district = self.districts[village.district]
        if district.type == "city" and district.centre == village.code:
            return [district]  # the city itself
        okrug = self.okrugs.get(village.okrug)
        if okrug and okrug.kind == "rural_okrug":
            return [village, okrug, district]
        return [village, district]

    def _typed(self, code: str) -> tuple[str, str]:
        """(district or "", name) of a place that a person typed."""
        within, colon, name = code.removeprefix(TYPED).partition(":")
        if colon and (within in self.districts or not within):
            return within, name
        return "", code.removeprefix(TYPED)

    @cached_property
    def _searched(self) -> dict[str, "_Searched"]:
        return {code: self._searched_by(village) for code, village in self.villages.items()}

    def _searched_by(self, village: Village) -> "_Searched":
        names = tuple(name.casefold() for name in village.names.values() if name)
        full = fold(" ".join(self.full_name(village.code, each) for each in LANGUAGES))
        return _Searched(names, tuple(map(fold, names)), tuple(re.findall(r"\w+", full)))


@dataclass(frozen=True)
class _Searched:
    """What a village can be found by."""

    names: tuple[str, ...]  # lower case
    folded: tuple[str, ...]
    words: tuple[str, ...]  # folded, of the full name in all languages

    def rank(self, exact: str, folded: str, wanted: list[str]) -> int | None:
        """0 the name itself … 5 a part of any word; None: not this one."""
        if exact in self.names:
            return 0
        if folded in self.folded:
            return 1
        if any(name.startswith(exact) for name in self.names):
            return 2
        if any(name.startswith(folded) for name in self.folded):
            return 3
        if all(any(word.startswith(each) for word in self.words) for each in wanted):
            return 4
        return 5 if all(any(each in word for word in self.words) for each in wanted) else None


def typed_place(name: str, district: str = "") -> str:
    """The string that stands for a place which the pack lacks: its name, as a person typed it."""
    return f"{TYPED}{district}:{' '.join(name.split())}"


class NoPack(UserError):
    """The program does not carry the places of this region."""


@cache
def load_pack(name: str = FIRST) -> Pack:
    """The region pack of this name, read once. Raises NoPack if the program carries none."""
    if name not in pack_names():
        raise NoPack(NO_PACK, name=name)
    about = json.loads(resources.text("region", name, "pack.json"))
    return Pack(
        id=about["id"],
        code=about["code"],
        names=about["names"],
        organisation=about["organisation"],
        languages=tuple(about["languages"]),
        as_of=about["classifier"]["as_of"],
        attribution=about["attribution"],
        districts={
            row["code"]: District(row["code"], row["type"], row["centre"], _names(row))
            for row in resources.table("region", name, "districts.csv")
        },
        okrugs={
            row["code"]: Okrug(row["code"], row["district"], row["kind"], _names(row))
            for row in resources.table("region", name, "okrugs.csv")
        },
        villages={
            row["code"]: _village(row, about["labels"])
            for row in resources.table("region", name, "settlements.csv")
        },
        phones=about.get("phones", {}),
    )


def find_district(code: str) -> District | None:
    """The district of this code in any of the packs that the program carries."""
    packs = (load_pack(name) for name in pack_names())
    return next((found for pack in packs if (found := pack.district(code))), None)


def pack_names() -> list[str]:
    """The packs that the program carries, the first region's before the others."""
    found = sorted(one.name for one in resources.entry("region").iterdir() if one.is_dir())
    return sorted(found, key=lambda name: name != FIRST)


def _names(row: dict[str, str]) -> Names:
    return {language: row[language] for language in LANGUAGES if row.get(language)}


def _village(row: dict[str, str], labels: Mapping[str, Names]) -> Village:
    return Village(
        code=row["code"],
        okrug=row["okrug"],
        district=row["district"],
        kind=row["kind"],
        lat=_degrees(row["lat"]),
        lon=_degrees(row["lon"]),
        names=_names(row),
        labels=labels[row["kind"]],
    )


def _degrees(text: str) -> float | None:
    return float(text) if text else None
