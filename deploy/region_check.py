"""What is wrong with the tables of a region pack, and what is lacking in them, in words.

`python -m deploy.region_check PACK` looks at a pack that is there.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, str]

FILES = ("districts.csv", "okrugs.csv", "settlements.csv")
CODE = re.compile(r"\d{9}")
NEEDED = (
    "id",
    "code",
    "names",
    "organisation",
    "languages",
    "labels",
    "classifier",
    "attribution",
)
LANGUAGES = ("kk", "ru", "en")
WEST, EAST, SOUTH, NORTH = 46.0, 88.0, 40.0, 56.0  # of Kazakhstan
SHOWN = 5  # codes that a sentence names


@dataclass
class Tables:
    """A pack's rows."""

    districts: list[Row]
    okrugs: list[Row]
    places: list[Row]


def faults(tables: Tables, about: Mapping[str, Any], outlines: Mapping[str, Any]) -> list[str]:
    """A sentence for each thing with which the program could not work."""
    return list(_faults(tables, about, outlines))


def gaps(tables: Tables, outlines: Mapping[str, Any]) -> list[str]:
    """A sentence for each sort of thing that is lacking, and which the program can do without."""
    parts = (("districts", tables.districts), ("okrugs", tables.okrugs), ("places", tables.places))
    said = [
        _several(rows, [row for row in rows if not row["kk"]], f"{name} have a Russian name only")
        for name, rows in parts
    ]
    no_point = [row for row in tables.places if not row["lat"]]
    said.append(_several(tables.places, no_point, "places have no point on the map"))
    drawn = {one["properties"]["code"] for one in outlines["features"]}
    undrawn = [row for row in tables.districts if row["code"] not in drawn]
    said.append(_several(tables.districts, undrawn, "districts have no outline"))
    under = [row for row in _without_okrug(tables) if _under_a_town(tables, row)]
    said.append(_several(tables.places, under, "places stand under a town, in no okrug"))
    return [line for line in said if line]


def _faults(
    tables: Tables, about: Mapping[str, Any], outlines: Mapping[str, Any]
) -> Iterator[str]:
    if lacking := [name for name in NEEDED if not about.get(name)]:
        yield f"pack.json lacks {', '.join(lacking)}."
        return
    rows = [*tables.districts, *tables.okrugs, *tables.places]
    codes = Counter(row["code"] for row in rows)
    districts, okrugs = (
        {row["code"] for row in some} for some in (tables.districts, tables.okrugs)
    )
    places = {row["code"] for row in tables.places}
    cases = (
        ("is no code of nine digits", [c for c in codes if not CODE.fullmatch(c)]),
        ("stands there more than once", [c for c, count in codes.items() if count > 1]),
        ("has no name in Kazakh or Russian", [r["code"] for r in rows if not r["kk"] + r["ru"]]),
        ("is in no district of the pack", _outside(tables, districts)),
        (
            "is in an okrug that is not in the pack",
            [r["code"] for r in tables.places if r["okrug"] and r["okrug"] not in okrugs],
        ),
        (
            "is a village without an okrug",
            [r["code"] for r in _without_okrug(tables) if not _under_a_town(tables, r)],
        ),
        (
            "is of a kind without a label in pack.json",
            [r["code"] for r in tables.places if r["kind"] not in about["labels"]],
        ),
        (
            "has a centre that is no place of the pack",
            [r["code"] for r in tables.districts if r["centre"] not in places],
        ),
        ("lies outside Kazakhstan", [r["code"] for r in tables.places if not _inside(r)]),
        (
            "has an outline and is no district",
            [
                one["properties"]["code"]
                for one in outlines["features"]
                if one["properties"]["code"] not in districts
            ],
        ),
    )
    for words, found in cases:
        if found:
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            yield f"{', '.join(map(str, found[:SHOWN]))}{more}: {words}."


def _outside(tables: Tables, districts: set[str]) -> list[str]:
    rows = (*tables.okrugs, *tables.places)
    return [row["code"] for row in rows if row["district"] not in districts]


def _without_okrug(tables: Tables) -> list[Row]:
    return [row for row in tables.places if not row["okrug"] and row["kind"] != "city"]


def _under_a_town(tables: Tables, row: Row) -> bool:
    """KATO has some villages below a town, which is no okrug."""
    return row["district"] in {one["district"] for one in tables.places if one["kind"] == "city"}


def _inside(row: Row) -> bool:
    if not row["lat"] and not row["lon"]:
        return True
    try:
        return SOUTH <= float(row["lat"]) <= NORTH and WEST <= float(row["lon"]) <= EAST
    except ValueError:
        return False


def _several(rows: Sequence[Row], found: Sequence[Row], words: str) -> str:
    return f"{len(found)} of {len(rows)} {words}." if found else ""


def read_pack(pack: Path) -> tuple[Tables, dict[str, Any], dict[str, Any]]:
    """Its tables, pack.json and outlines. Raises OSError, ValueError."""
    tables = Tables(*(_read(pack / name) for name in FILES))
    about = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    return tables, about, json.loads((pack / "districts.geojson").read_text(encoding="utf-8"))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(pack: Path) -> int:
    """Tell of a pack; 1 where the program could not work with it."""
    tables, about, outlines = read_pack(pack)
    wrong = faults(tables, about, outlines)
    sys.stdout.writelines(f"{line}\n" for line in [*wrong, *gaps(tables, outlines)])
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m deploy.region_check PACK")
    sys.exit(main(Path(sys.argv[1])))
