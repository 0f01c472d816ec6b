"""Villages by their names as people write them."""

import pytest

from desktop.imports.places import Places
from sync.errors import UserError
from sync.language import LANGUAGES
from sync.person import REGION
from sync.places import load_pack
from tests.servers import SOZAQ

VILLAGE = "615647100"


@pytest.fixture(scope="module")
def pack():
    return load_pack()


@pytest.fixture(scope="module")
def places(pack):
    return Places(pack, SOZAQ)


def test_each_place_is_found_by_its_full_name_in_each_language(pack):
    everywhere = Places(pack, "region")
    missed = [
        (code, language, pack.full_name(code, language))
        for code in pack.villages
        for language in LANGUAGES
        if everywhere.village(pack.full_name(code, language)) != code
    ]

    assert missed == []


@pytest.mark.parametrize(
    "said",
    [
        *("Шолаққорған", "с. Шолаккорган", "шолаккорган а.", "Шолаққорған ауылы (Созақ ауданы)"),
        *("Шолаққорған, Шолаққорған а/о", "615630100"),
    ],
)
def test_a_village_is_found_however_it_is_written(pack, places, said):
    (code,) = [one for one in pack.villages if pack.villages[one].names.get("kk") == "Шолаққорған"]

    assert places.village(said.replace("615630100", code)) == code


def test_of_several_with_one_name_none_is_guessed(pack):
    everywhere = Places(pack, "region")

    with pytest.raises(UserError, match=r"There are \d+ places called “Арыс ауылы”.*okrug"):
        everywhere.village("Арыс ауылы")
    named = everywhere.village("Арыс ауылы", "Отырар а.о.")
    assert pack.full_name(named, "kk").startswith("Арыс ауылы, Отырар")
    with pytest.raises(UserError, match="There are 2 places"):  # both lie there
        everywhere.village("Арыс ауылы (Отырар ауданы)")


def test_a_village_of_another_district_is_told_as_that(places):
    with pytest.raises(UserError, match="another district"):
        places.village("Ақдала ауылы, Ақдала ауылдық округі, Арыс қаласы")


def test_an_unknown_place_comes_as_it_is_written_and_is_told_with_what_may_be_meant(pack, places):
    typed = places.village("  Атлантида   ауылы ")
    assert typed == f"free:{SOZAQ}:Атлантида ауылы"
    assert pack.full_name(typed, "en") == "Атлантида ауылы, Sozak District"
    assert "comes as it is written" in str(places.doubt(typed))

    near = places.village("Соза")
    assert near == f"free:{SOZAQ}:Соза"
    assert "If “Созақ village" in str(places.doubt(near))
    assert places.doubt(places.village("Созақ ауылы, Созақ ауылдық округі")) is None


def test_the_district_that_stands_beside_an_unknown_place_is_no_part_of_its_name(places):
    assert places.village("Атлантида, Созақ ауданы") == f"free:{SOZAQ}:Атлантида"
    assert places.village("Атлантида, Жаңа а.о.") == f"free:{SOZAQ}:Атлантида, Жаңа а.о."


def test_who_writes_for_the_whole_region_names_the_district_of_an_unknown_place(pack):
    everywhere = Places(pack, REGION)

    with pytest.raises(UserError, match="district beside it"):
        everywhere.village("Атлантида")
    assert everywhere.village("Атлантида", "", "Созақ ауданы") == f"free:{SOZAQ}:Атлантида"
    assert everywhere.village("Атлантида (Сузакский район)") == f"free:{SOZAQ}:Атлантида"


@pytest.mark.parametrize("said", ["615999999", "—", "Созақ ауылы (Жартытөбе ауылдық округі)"])
def test_what_is_no_name_or_contradicts_the_list_is_refused(places, said):
    with pytest.raises(UserError, match="not among the places"):
        places.village(said)


def test_okrugs_are_known_by_their_names(pack, places):
    code = places.okrug("Созақ а.о.")

    assert pack.okrug(code).district == SOZAQ
    assert places.okrug(code) == code
    with pytest.raises(UserError, match="no rural okrug"):
        places.okrug("Атлантида")
