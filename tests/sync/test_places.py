"""The region pack is whole, and every place can be found and is told from its namesakes."""

import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from sync.folding import kazakh_key
from sync.places import load_pack, typed_place

AQDALA, ARYS, OWN_TOWN, OF_ONE_PLACE = "611633100", "611610000", "613820100", "612035100"
SOZAQ = "615600000"
pack = load_pack()


def test_the_pack_has_the_whole_region():
    assert (len(pack.districts), len(pack.okrugs), len(pack.villages)) == (17, 177, 827)
    assert (pack.id, pack.code, pack.as_of) == ("turkistan", "610000000", "2022-10-17")


def test_the_pack_says_whose_data_it_is():
    assert pack.attribution == "© OpenStreetMap contributors, ODbL 1.0"
    about = json.loads(resources.text("region", "turkistan", "pack.json"))
    assert "opendatacommons.org" in resources.text("region", "turkistan", about["licence"])


def test_every_code_has_nine_digits_and_stands_in_a_place_that_exists():
    for district in pack.districts.values():
        assert pack.village(district.centre).district == district.code
    for okrug in pack.okrugs.values():
        assert okrug.district in pack.districts
    for village in pack.villages.values():
        assert re.fullmatch(r"\d{9}", village.code)
        assert village.district in pack.districts
        assert not village.okrug or pack.okrug(village.okrug).district == village.district


def test_only_towns_stand_in_no_okrug():
    assert {village.kind for village in pack.villages.values() if not village.okrug} == {"city"}


def test_names_are_cyrillic_and_without_stray_spaces():
    for village in pack.villages.values():
        for name in village.names.values():
            assert re.fullmatch(r"[\u0400-\u04FF0-9№ .()-]+", name), (village.code, name)
            assert name == name.strip()


def test_coordinates_lie_in_the_region():
    placed = [village for village in pack.villages.values() if village.lat is not None]

    assert len(placed) > 700
    assert all(40.5 < village.lat < 46.1 and 65.5 < village.lon < 71.0 for village in placed)


def test_every_district_has_an_outline():
    outlines = json.loads(resources.text("region", "turkistan", "districts.geojson"))

    codes = [feature["properties"]["code"] for feature in outlines["features"]]
    assert codes == sorted(pack.districts)
    assert outlines["attribution"] == pack.attribution


@pytest.mark.parametrize(
    ("code", "language", "shown"),
    [
        (AQDALA, "kk", "Ақдала ауылы, Ақдала ауылдық округі, Арыс қаласы"),
        (AQDALA, "ru", "с. Акдала, Акдалинский сельский округ, г. Арыс"),
        (AQDALA, "en", "Ақдала village, Ақдала rural okrug, Arys city"),
        (ARYS, "kk", "Арыс қаласы"),
        (OWN_TOWN, "kk", "Жетісай қаласы, Жетісай ауданы"),
        (OF_ONE_PLACE, "kk", "Байылдыр ауылы, Кентау қаласы"),
        ("611633000", "kk", "Ақдала ауылдық округі, Арыс қаласы"),
        (SOZAQ, "ru", "Сузакский район"),
    ],
)
def test_a_place_is_shown_with_all_it_lies_in(code, language, shown):
    assert pack.full_name(code, language) == shown


def test_a_village_without_a_kazakh_name_is_shown_by_its_russian_one():
    assert pack.full_name("611633200", "kk").startswith("Акын Жакып ауылы, Ақдала")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_two_places_look_the_same(language):
    labels = Counter(label for _, label in pack.places(language=language))

    assert labels.total() == len(labels) == len(pack.villages)


@given(st.text())
def test_an_unknown_code_is_shown_as_it_is(text):
    if text not in pack.villages and not text.startswith("free:"):
        assert pack.full_name(text) == text
        assert pack.village(text) is None


@given(st.text().map(lambda text: " ".join(text.split())))
def test_a_typed_place_keeps_its_words_and_its_district(name):
    code = typed_place(name, SOZAQ)

    assert pack.full_name(code, "kk") == f"{name}, Созақ ауданы"
    assert pack.district_of(code) == SOZAQ
    assert pack.village(code) is None


@given(st.text().map(lambda text: " ".join(text.split())))
def test_a_typed_place_may_have_no_district(name):
    code = typed_place(name)

    assert pack.full_name(code) == name
    assert pack.district_of(code) == ""


@pytest.mark.parametrize("text", ["", ":", "::", "Жаңа: ауыл", "999999999:Жаңа", SOZAQ])
def test_a_typed_place_that_names_no_district_is_shown_whole(text):
    assert pack.full_name(f"free:{text}") == text.removeprefix(":")


def test_the_district_of_any_place_is_known():
    assert [pack.district_of(code) for code in (AQDALA, "611633000", "611600000", "?")] == [
        *("611600000", "611600000", "611600000", "")
    ]


def test_the_places_of_a_district_come_in_kazakh_order():
    places = pack.places(SOZAQ, "kk")

    labels = [label for _, label in places]
    assert labels == sorted(labels, key=kazakh_key)
    assert {pack.village(code).district for code, _ in places} == {SOZAQ}
    first_letters = list(dict.fromkeys(label[0] for label in labels))
    assert first_letters.index("Қ") == first_letters.index("К") + 1


@pytest.mark.parametrize(
    "words", ["Қызылқұм", "Кызылкум", "қызылкум", "КЫЗЫЛКУМ", "кизилкум", "Қызылқұm"]
)
def test_a_village_is_found_as_people_type_it(words):
    found = [code for code, _ in pack.search(words)]

    assert {"613871400", "616445100"} <= set(found[:4])


def test_exact_names_come_first_then_folded_then_beginnings_then_parts():
    names = [label.split(" ауылы")[0] for _, label in pack.search("Бұлақ", language="kk")]

    assert names.index("Булак") < names.index("Ақбұлақ") < names.index("Қызылбұлақ")
    assert pack.search("Көктөбе", language="kk")[0][1].startswith("Көктөбе ауылы")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("бақ", ["Бақ", "Бак", "Бақа", "Бака", "Шағын-Бақ", "Жаңабақ"]),
        ("узын", ["Ұзын", "Узинка"]),
        ("қара", ["Қараой", "Караой", "Ақ Қара"]),
    ],
)
def test_the_nearer_to_what_was_typed_the_higher(typed, names):
    named_so = {
        str(code): replace(pack.village(AQDALA), code=str(code), okrug="", names={"kk": name})
        for code, name in enumerate(reversed(names))
    }

    found = replace(pack, villages=named_so).search(typed, language="kk")

    assert [label for _, label in found] == [f"{name} ауылы, Арыс қаласы" for name in names]


def test_words_may_name_the_district_too():
    assert pack.search("абай келес")[0][0] == "613930100"


def test_a_search_can_stay_within_one_district():
    found = pack.search("ауылы", SOZAQ)

    assert found
    assert {pack.village(code).district for code, _ in found} == {SOZAQ}


def test_a_search_for_nothing_lists_everything():
    assert pack.search(" -", SOZAQ) == pack.places(SOZAQ)


def test_a_search_for_what_is_not_there_finds_nothing():
    assert pack.search("ъьъ") == pack.places()  # folds to nothing at all
    assert pack.search("Париж") == []


def test_the_pack_is_read_once():
    assert load_pack() is pack
