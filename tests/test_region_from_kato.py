"""A second, small region: made from the state classifier, and the program upon it at both ends."""

import csv
import json

import pytest

import resources
from deploy.region_check import faults, gaps, read_pack
from deploy.region_from_kato import main
from desktop.folder import choose_profile
from desktop.profile import close_desk, enrol, open_desk
from sync.errors import UserError
from sync.places import NoPack, find_district, load_pack, pack_names
from sync.server.service import assembled
from sync.server.settings import Settings
from tests.profiles import CHEAP, PASSWORD, URL, MemoryKeyring, keystore, line
from tests.servers import regional

KATO = """code,parent_code,level,ru
620000000,,1,область Ұлытау
621000000,620000000,2,Жезказган Г.А.
621010000,621000000,3,г.Жезказган
621039000,621000000,3,Кенгирский с.о.
621039100,621039000,4,с.Кенгирское
621039102,621039100,4,кр.хоз. «Пример И.О.»
621039300,621039000,4,рзд.60
623600000,620000000,2,Жанааркинский район
623630000,623600000,3,п.а.Жаңаарқа
623630100,623630000,4,п.Жаңаарқа
623641000,623600000,3,с.о.им.Мукажана Жумажанова
623641100,623641000,4,с.Актау
610000000,,1,Туркестанская область
611000000,610000000,2,Туркестан Г.А.
"""
NAMES = """code,kk,en,lat,lon
621010000,Жезқазған,,47.79,67.71
621039000,Кеңгір ауылдық округі,,,
621039100,Кеңгір,,47.8,67.5
623600000,Жаңаарқа ауданы,Zhanaarka District,,
"""
OUTLINES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"kato": code, "osm": 1}, "geometry": None}
        for code in ("623600000", "611000000")
    ],
}


@pytest.fixture
def source(tmp_path):
    """A folder with the sources, and `ulytau`, which has only a pack.json."""
    pack = tmp_path / "ulytau"
    pack.mkdir()
    about = json.loads(resources.text("region", "turkistan", "pack.json"))
    names = {"kk": "Ұлытау облысы", "ru": "область Ұлытау", "en": "Ulytau Region"}
    about |= {"id": "ulytau", "code": "620000000", "names": names}
    (pack / "pack.json").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "kato.csv").write_text(KATO, encoding="utf-8")
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    (tmp_path / "outlines.json").write_text(json.dumps(OUTLINES), encoding="utf-8")
    return tmp_path


def make(source, *more):
    return main([str(source / "kato.csv"), str(source / "ulytau"), *map(str, more)])


@pytest.fixture
def carried(source, monkeypatch):
    """The program carries this region too."""
    named = ("--names", source / "names.csv", "--outlines", source / "outlines.json")
    assert make(source, *named) == 0
    entry = resources.entry

    def also(*parts):
        if parts == ("region",):
            return _Both(entry("region"), source)
        return source.joinpath(*parts[1:]) if parts[:2] == ("region", "ulytau") else entry(*parts)

    monkeypatch.setattr(resources, "entry", also)
    yield "ulytau"
    load_pack.cache_clear()


class _Both:
    def __init__(self, *folders):
        self._folders = folders

    def iterdir(self):
        return (one for folder in self._folders for one in folder.iterdir())


def rows(source, name):
    with (source / "ulytau" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_what_is_lacking_is_told_and_the_rest_is_made(source, capsys):
    assert make(source) == 0

    told = capsys.readouterr().out
    assert "2 of 2 districts have a Russian name only." in told
    assert "4 of 4 places have no point on the map." in told
    assert "2 of 2 districts have no outline." in told
    assert "1 left out: farms, called after people" in told
    assert "1 left out: «рзд.…»" in told
    assert [row["ru"] for row in rows(source, "settlements.csv")] == [
        *("Жезказган", "Кенгирское", "Жаңаарқа", "Актау"),
    ]


def test_abbreviations_are_written_out_and_each_district_has_a_centre(source):
    make(source)

    assert {row["ru"]: row["kind"] for row in rows(source, "okrugs.csv")} == {
        "Кенгирский сельский округ": "rural_okrug",
        "поселковая администрация Жаңаарқа": "settlement_admin",
        "сельский округ им. Мукажана Жумажанова": "rural_okrug",
    }
    assert [(row["ru"], row["type"], row["centre"]) for row in rows(source, "districts.csv")] == [
        ("г. Жезказган", "city", "621010000"),
        ("Жанааркинский район", "district", "623630100"),
    ]


def test_the_same_sources_make_the_same_bytes(source):
    make(source, "--names", source / "names.csv")
    first = {path.name: path.read_bytes() for path in (source / "ulytau").iterdir()}
    make(source, "--names", source / "names.csv")
    assert {path.name: path.read_bytes() for path in (source / "ulytau").iterdir()} == first


def test_places_of_the_new_region_are_listed_and_found(carried):
    pack = load_pack(carried)

    assert pack_names() == ["turkistan", "ulytau"]
    assert pack.full_name("621039100", "kk") == "Кеңгір ауылы, Кеңгір ауылдық округі, г. Жезказган"
    assert pack.full_name("621010000", "ru") == "г. Жезказган"
    assert [code for code, _ in pack.search("кенг", language="kk")] == ["621039100"]
    assert [code for code, _ in pack.search("актау жана", language="ru")] == ["623641100"]
    assert len(pack.places("623600000")) == 2
    assert [code for code, _ in pack.okrugs_of("621000000")] == ["621039000"]
    assert find_district("623600000").names["en"] == "Zhanaarka District"
    assert find_district("615600000").type == "district"


def test_a_server_and_a_laptop_work_in_the_new_region(carried, tmp_path):
    folder = tmp_path / "server"
    folder.mkdir()
    with (
        keystore(MemoryKeyring()),
        regional(f"sqlite:///{folder}/db", folder, pack=load_pack(carried)) as server,
    ):
        server.account("aidana", "activist", "623600000")
        profile = choose_profile(tmp_path / "laptop")
        code = server.code("aidana")
        enrol(profile, URL, code, PASSWORD, "laptop", cost=CHEAP, http=line(server))
        desk = open_desk(profile, PASSWORD, http=line(server))
        assert (desk.pack.id, desk.pack.district_of("623641100")) == (
            carried,
            desk.person.district,
        )
        close_desk(desk)
    load_pack.cache_clear()


def test_a_region_that_the_program_lacks_is_refused_in_words(carried, tmp_path):
    with pytest.raises(NoPack, match="atlantis"):
        load_pack("atlantis")
    with pytest.raises(NoPack):
        load_pack("../region/turkistan")
    settings = Settings(database=f"sqlite:///{tmp_path}/db", region="atlantis", data=tmp_path)
    with pytest.raises(UserError, match="atlantis"), assembled(settings):
        pass


SPOILED = {
    "no district": ("code", "990000000", "no districts"),
    "no label": ("labels", {"city": {"kk": "{name}"}}, "without a label"),
    "nothing said": ("organisation", {}, "lacks organisation"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_pack_that_could_not_work_is_not_written(source, capsys, case):
    name, value, words = SPOILED[case]
    path = source / "ulytau" / "pack.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))

    assert make(source) == 1
    assert words in capsys.readouterr().err
    assert [one.name for one in (source / "ulytau").iterdir()] == ["pack.json"]


WRONG = {
    "nine digits": ("places", {"code": "62"}),
    "more than once": ("okrugs", {"code": "621039100"}),
    "no name": ("places", {"kk": "", "ru": ""}),
    "no district of the pack": ("okrugs", {"district": "999999999"}),
    "okrug that is not in the pack": ("places", {"okrug": "999999999"}),
    "village without an okrug": ("places", {"okrug": "", "district": "623600000"}),
    "centre that is no place": ("districts", {"centre": "1"}),
    "outside Kazakhstan": ("places", {"lat": "91", "lon": "67"}),
}


@pytest.mark.parametrize("words", WRONG)
def test_each_fault_of_a_table_is_named_with_its_code(source, words):
    make(source)
    tables, about, outlines = read_pack(source / "ulytau")
    assert faults(tables, about, outlines) == []

    table, change = WRONG[words]
    getattr(tables, table)[-1].update(
        {"kind": "village", **change} if table == "places" else change
    )

    told = " ".join(faults(tables, about, outlines))
    assert words in told


def test_the_pack_of_the_first_region_has_no_fault():
    with resources.path("region", "turkistan", "pack.json") as about:
        tables, said, outlines = read_pack(about.parent)
    assert faults(tables, said, outlines) == []
    assert "174 of 827 places have a Russian name only." in gaps(tables, outlines)
