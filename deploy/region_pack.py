"""Make the tables of a region pack from source tables: `python deploy/region_pack.py SOURCE PACK`.

SOURCE holds districts.csv, okrugs.csv, settlements.csv and *_districts_simplified.geojson, joined
from KATO and OpenStreetMap. PACK is a folder of resources/region with its pack.json, which is
written by hand. The same sources give the same bytes.
"""

import csv
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]

INHABITED = ("city", "settlement", "village")  # left out: sidings, farm points, herders' houses
CENTRE_OKRUG = "30100"  # in KATO the first place of a district's first okrug is its centre
CYRILLIC = re.compile(r"[\u0400-\u04FF0-9№ .()-]+")
KAZAKH = {  # OpenStreetMap has these two in Arabic letters
    "613833100": "Халықтар достығы",
    "613871400": "Қызылқұм",
}


def main(source: Path, pack: Path) -> None:
    """Read the source tables, write the pack's four files beside its pack.json."""
    districts = _read(source / "districts.csv")
    places = [row for row in _read(source / "settlements.csv") if row["kind"] in INHABITED]
    centres = {row["code"]: _centre(row["code"], places) for row in districts}
    capital_names = {centres[row["code"]]: row["centre_kk"] for row in districts}
    names = {row["kato"]: _kazakh(row, capital_names) for row in places}
    labels = json.loads((pack / "pack.json").read_text(encoding="utf-8"))["labels"]
    okrugs = [_okrug(row, places, names, labels) for row in _read(source / "okrugs.csv")]
    known = {row["code"] for row in okrugs}

    _write(
        pack / "districts.csv",
        (
            {key: row[key] for key in ("code", "type", "kk", "ru", "en")}
            | {"centre": centres[row["code"]]}
            for row in districts
        ),
    )
    _write(pack / "okrugs.csv", okrugs)
    _write(
        pack / "settlements.csv",
        (
            {
                "code": row["kato"],
                "okrug": row["okrug_kato"] if row["okrug_kato"] in known else "",
                "district": row["district_kato"],
                "kind": row["kind"],
                "kk": names[row["kato"]],
                "ru": _spaced(row["ru"]),
                "lat": _degrees(row["lat"]),
                "lon": _degrees(row["lon"]),
            }
            for row in places
        ),
    )
    (outlines,) = source.glob("*_districts_simplified.geojson")
    _write_outlines(pack / "districts.geojson", outlines)


def _centre(district: str, places: list[Row]) -> str:
    """The code of a district's centre: its city, or the first place of its first okrug."""
    inside = [row for row in places if row["district_kato"] == district]
    cities = [row["kato"] for row in inside if row["kind"] == "city"]
    (centre,) = cities or [r["kato"] for r in inside if r["kato"][4:] == CENTRE_OKRUG]
    return centre


def _kazakh(row: Row, capital_names: Row) -> str:
    """The Kazakh name in Cyrillic, or "" when the sources have none."""
    name = KAZAKH.get(row["kato"]) or row["kk"] or capital_names.get(row["kato"], "")
    return name if CYRILLIC.fullmatch(name) else ""


def _okrug(row: Row, places: list[Row], names: Row, labels: dict[str, Row]) -> Row:
    """An okrug with whole names; the administration of one place is called after the place."""
    okrug = {"code": row["code"], "district": row["district_code"], "kind": row["kind"]}
    if row["kind"] == "rural_okrug":
        return okrug | {
            "kk": row["kk_full"],
            "ru": _russian_okrug(row["ru"]),
            "en": f"{row['kk']} rural okrug",
        }
    (place,) = [each for each in places if each["okrug_kato"] == row["code"]]
    label, kazakh = labels[place["kind"]], names[place["kato"]] or row["kk"]
    return okrug | {
        "kk": label["kk"].format(name=kazakh),
        "ru": label["ru"].format(name=place["ru"]),
        "en": label["en"].format(name=kazakh),
    }


def _russian_okrug(name: str) -> str:
    """«Акдалинский с.о.», «с.о.Байыркумский», «с.о.Жидели» → with the words written out."""
    bare = name.replace("с.о.", "").strip()
    adjective = bare.endswith(("ский", "цкий"))
    return f"{bare} сельский округ" if adjective else f"сельский округ {bare}"


def _spaced(name: str) -> str:
    return re.sub(r"\.(?=\w)", ". ", name)


def _degrees(value: str) -> str:
    """Four decimals: some ten metres, finer than what a point for a village means."""
    return f"{float(value):.4f}" if value else ""


def _write_outlines(target: Path, source: Path) -> None:
    collection = json.loads(source.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"] = {"code": feature["properties"]["kato"]}
    collection["features"].sort(key=lambda feature: feature["properties"]["code"])
    target.write_text(
        json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(path: Path, rows: Iterable[Row]) -> None:
    ordered = sorted(rows, key=lambda row: row["code"])
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, ordered[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python deploy/region_pack.py SOURCE PACK")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
