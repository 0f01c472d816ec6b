"""The tool that makes a region pack, on a source of one district."""

import json
import shutil

import pytest

import resources
from deploy.region_pack import main

DISTRICTS = """code,type,kk,ru,en,centre_kk,centre_ru
615200000,district,Сайрам ауданы,Сайрамский район,Sairam District,Ақсукент,Аксукент
"""
OKRUGS = """code,district_code,kind,ru,kk_full,kk
615230000,615200000,rural_okrug,Аксукентский с.о.,Ақсукент ауылдық округі,Ақсукент
615231000,615200000,rural_okrug,с.о.Алпамыс батыра,Алпамыс батыр ауылдық округі,Алпамыс батыр
615232000,615200000,village_admin,с.а.Карасу,Қарасу,Қарасу
"""
SETTLEMENTS = """kato,district_kato,okrug_kato,kind,ru,kk,lat,lon
615230100,615200000,615230000,village,Аксу,,42.4567891,69.8
615230200,615200000,615230000,village,им.Абая,ابay,,
615230203,615200000,615230000,other,Кашара,,,
615232100,615200000,615232000,village,Карасу,Қарасу,,
"""
OUTLINES = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "properties": {"kato": "615200000", "osm": "relation/1"}}],
}


@pytest.fixture
def made(tmp_path):
    """A pack folder made from the tables above."""
    source, pack = tmp_path / "source", tmp_path / "pack"
    source.mkdir()
    pack.mkdir()
    for name, text in (
        ("districts", DISTRICTS),
        ("okrugs", OKRUGS),
        ("settlements", SETTLEMENTS),
    ):
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    (source / "x_districts_simplified.geojson").write_text(json.dumps(OUTLINES))
    with resources.path("region", "turkistan", "pack.json") as about:
        shutil.copy(about, pack)
    main(source, pack)
    return pack


def test_only_inhabited_places_are_kept_each_with_a_name_in_cyrillic(made):
    lines = (made / "settlements.csv").read_text(encoding="utf-8").splitlines()

    assert lines == [
        "code,okrug,district,kind,kk,ru,lat,lon",
        "615230100,615230000,615200000,village,Ақсукент,Аксу,42.4568,69.8000",
        "615230200,615230000,615200000,village,,им. Абая,,",
        "615232100,615232000,615200000,village,Қарасу,Карасу,,",
    ]


def test_abbreviations_of_the_classifier_are_written_out(made):
    lines = (made / "okrugs.csv").read_text(encoding="utf-8").splitlines()

    assert [line.split(",")[4] for line in lines[1:]] == [
        "Аксукентский сельский округ",
        "сельский округ Алпамыс батыра",
        "с. Карасу",
    ]


def test_a_district_has_its_centre_and_its_outline(made):
    districts = (made / "districts.csv").read_text(encoding="utf-8").splitlines()
    outlines = json.loads((made / "districts.geojson").read_text(encoding="utf-8"))

    assert districts[1].endswith(",615230100")
    assert [each["properties"] for each in outlines["features"]] == [{"code": "615200000"}]
