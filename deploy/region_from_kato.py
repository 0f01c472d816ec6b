"""Make a region pack from the state classifier: `python -m deploy.region_from_kato KATO PACK [...]`.

KATO is a CSV with code, parent_code, level (1 region … 4 place) and ru. PACK is a folder with a
pack.json written by hand, whose `code` is the region's. `--names` adds code, kk, en and, of places,
lat and lon; `--outlines` is a GeoJSON whose features have a `kato` each. What is lacking is told; what
is wrong leaves nothing written. The same sources give the same bytes. See docs/region-pack.md.
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deploy.region_check import FILES, Row, Tables, faults, gaps

KINDS = (("city", r"г\."), ("settlement", r"п\."), ("village", r"с\."))
OKRUGS = (  # endings and beginnings that tell what a unit of the third level is
    ("rural_okrug", r"с\.о\.?"),
    ("village_admin", r"с\.а\.?"),
    ("settlement_admin", r"п\.а\.?"),
)
CITY_DISTRICT = re.compile(r"\s*Г\.А\.$")
PERSON = re.compile(r"^кр\.")  # farms are called after their owners, who are people
FIRST_OKRUG = "30100"  # in KATO the first place of a district's first okrug is its centre


class Unusable(Exception):  # what it says is all there is
    """The sources make no region; the words say why."""


@dataclass
class Made:
    """The tables of a pack, and how many places of which sorts were left out."""

    tables: Tables
    left_out: Counter[str] = field(default_factory=Counter)


def make(kato: Iterable[Row], about: dict[str, str], names: dict[str, Row]) -> Made:
    """The region's tables. Raises Unusable where the classifier has no such region, or no districts."""
    code = str(about["code"])
    rows = [row for row in kato if row["code"][:2] == code[:2] and row["code"] != code]
    districts = [row for row in rows if row["level"] == "2"]
    if not districts:
        raise Unusable(f"The classifier has no districts below {code}.")
    made = Made(Tables([], [], []))
    for row in rows:
        if row["level"] == "3" and (kind := _sort(row["ru"], OKRUGS)):
            made.tables.okrugs.append(_okrug(row, kind, names))
        elif row["level"] in "34":
            _place(made, row, names)
    _known_okrugs(made.tables)
    made.tables.districts.extend(_district(row, made.tables.places, names) for row in districts)
    return made


def outlines_of(collection: dict[str, object], districts: Iterable[Row]) -> dict[str, object]:
    """The features of these districts, each with its code alone."""
    known = {row["code"] for row in districts}
    features = [
        {**one, "properties": {"code": one["properties"]["kato"]}}
        for one in collection["features"]  # type: ignore[attr-defined]  # GeoJSON
        if one["properties"].get("kato") in known
    ]
    features.sort(key=lambda one: str(one["properties"]["code"]))
    return {"type": "FeatureCollection", "features": features}


def write(pack: Path, tables: Tables, outlines: dict[str, object]) -> None:
    """The four files beside pack.json."""
    for name, rows in zip(FILES, (tables.districts, tables.okrugs, tables.places), strict=True):
        rows.sort(key=lambda row: row["code"])
        with (pack / name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    said = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    (pack / "districts.geojson").write_text(f"{said}\n", encoding="utf-8")


def run(kato: Path, pack: Path, names: Path | None, outlines: Path | None) -> list[str]:
    """Read, make, check and write → what is lacking, in words. Raises Unusable; nothing is written."""
    about = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    known = {row["code"]: row for row in _read(names)} if names else {}
    made = make(_read(kato), about, known)
    drawn = json.loads(outlines.read_text(encoding="utf-8")) if outlines else {"features": []}
    shapes = outlines_of(drawn, made.tables.districts)
    if wrong := faults(made.tables, about, shapes):
        raise Unusable("\n".join(wrong))
    write(pack, made.tables, shapes)
    told = [f"{count} left out: {sort}" for sort, count in made.left_out.most_common()]
    return [*gaps(made.tables, shapes), *told]


def _district(row: Row, places: Sequence[Row], names: dict[str, Row]) -> Row:
    city = CITY_DISTRICT.search(row["ru"])
    inside = [one for one in places if one["district"] == row["code"]]
    cities = [one["code"] for one in inside if one["kind"] == "city"]
    first = [one["code"] for one in inside if one["code"][4:] == FIRST_OKRUG]
    centre = (cities if city else first) or cities or [one["code"] for one in inside] or [""]
    return {
        "code": row["code"],
        "type": "city" if city else "district",
        **_named(
            row["code"], f"г. {CITY_DISTRICT.sub('', row['ru'])}" if city else row["ru"], names
        ),
        "centre": centre[0],
    }


def _okrug(row: Row, kind: str, names: dict[str, Row]) -> Row:
    ru = _russian_okrug(row["ru"], kind)
    return {
        "code": row["code"],
        "district": f"{row['code'][:4]}00000",
        "kind": kind,
        **_named(row["code"], ru, names),
    }


def _place(made: Made, row: Row, names: dict[str, Row]) -> None:
    kind = _sort(row["ru"], KINDS)
    if not kind:
        made.left_out["farms, called after people" if PERSON.match(row["ru"]) else _what(row)] += 1
        return
    said = names.get(row["code"], {})
    name = re.sub(r"^(г|п|с)\.\s*", "", row["ru"])
    made.tables.places.append(
        {
            "code": row["code"],
            "okrug": f"{row['code'][:6]}000",
            "district": f"{row['code'][:4]}00000",
            "kind": kind,
            "kk": said.get("kk", ""),
            "ru": re.sub(r"\.(?=\w)", ". ", name),
            "lat": _degrees(said.get("lat", "")),
            "lon": _degrees(said.get("lon", "")),
        }
    )


def _known_okrugs(tables: Tables) -> None:
    """A town stands in no okrug."""
    known = {row["code"] for row in tables.okrugs}
    for row in tables.places:
        row["okrug"] = row["okrug"] if row["okrug"] in known else ""


def _named(code: str, ru: str, names: dict[str, Row]) -> Row:
    said = names.get(code, {})
    return {"kk": said.get("kk", ""), "ru": ru, "en": said.get("en", "")}


def _sort(name: str, sorts: Sequence[tuple[str, str]]) -> str:
    """Which of these a name begins or ends as; "" for none."""
    found = (s for s, sign in sorts if re.search(rf"^{sign}(?![а-я]\.)|\s{sign}$", name))
    return next(found, "")


def _russian_okrug(name: str, kind: str) -> str:
    """«Акдалинский с.о.», «с.о.Байыркумский», «п.а.Жаңаарқа» → with the words written out."""
    sign = dict(OKRUGS)[kind]
    bare = re.sub(rf"^{sign}\s*|\s*{sign}$", "", name).strip()
    bare = re.sub(r"\.(?=\w)", ". ", bare)
    whole = {
        "rural_okrug": "сельский округ",
        "village_admin": "сельская администрация",
        "settlement_admin": "поселковая администрация",
    }[kind]
    return (
        f"{bare} {whole}" if bare.endswith(("ский", "цкий", "ская", "цкая")) else f"{whole} {bare}"
    )


def _what(row: Row) -> str:
    told = re.match(r"[А-Яа-яӘІ]+\.?", row["ru"])
    return f"«{told[0]}…»" if told and row["level"] == "4" else "units of the third level"


def _degrees(value: str) -> str:
    return f"{float(value):.4f}" if value else ""


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def main(words: Sequence[str] | None = None) -> int:
    """Its exit code: 1 where the sources make no region."""
    parser = argparse.ArgumentParser(prog="python -m deploy.region_from_kato")
    parser.add_argument("kato", type=Path, metavar="KATO.csv")
    parser.add_argument("pack", type=Path, metavar="PACK", help="a folder with pack.json")
    parser.add_argument("--names", type=Path, metavar="NAMES.csv")
    parser.add_argument("--outlines", type=Path, metavar="FILE.geojson")
    asked = parser.parse_args(words)
    try:
        told = run(asked.kato, asked.pack, asked.names, asked.outlines)
    except (Unusable, OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"Nothing was written. {error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
