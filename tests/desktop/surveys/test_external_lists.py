"""Lists in files beside a form: they are put into it, or what is missing is said."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.surveys.external import embed
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.search import label_of, read_search
from desktop.surveys.xlsform import Checked, read_xlsform

pytestmark = pytest.mark.usefixtures("compiled_here")

TOWNS = "name,label,pop\nturkistan,Түркістан,230000\nkentau,Кентау,70000\n"


def form(folder: Path, *rows: list[str], **sheets: list[list[str]]) -> Path:
    """A workbook with these questions: type, name, label, choice_filter, calculation."""
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (["type", "name", "label", "choice_filter", "calculation"], *rows):
        sheet.append(row)
    for title, lines in sheets.items():
        other = book.create_sheet(title)
        for line in lines:
            other.append(line)
    book.save(folder / "visit.xlsx")
    return folder / "visit.xlsx"


def begun(checked: Checked) -> Interview:
    assert checked.xform is not None
    assert [one.as_row("en") for one in checked.messages if one.stops] == []
    return Interview(load_form(checked.xform), language="en")


def offered(interview: Interview, path: str) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in interview.state(path).choices]


@pytest.mark.parametrize("folder", ["", "visit-media"])
def test_a_table_beside_the_form_is_a_list_of_choices(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "towns.csv").write_text(TOWNS, encoding="utf-8-sig")
    path = form(tmp_path, ["select_one_from_file towns.csv", "town", "Town"])

    interview = begun(read_xlsform(path))

    assert offered(interview, "/data/town") == [("turkistan", "Түркістан"), ("kentau", "Кентау")]


def test_a_table_in_the_old_code_page_keeps_its_letters(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_bytes(TOWNS.replace(",", ";").encode("kz1048"))
    path = form(tmp_path, ["select_one_from_file towns.csv", "town", "Town"])

    interview = begun(read_xlsform(path))

    assert offered(interview, "/data/town") == [("turkistan", "Түркістан"), ("kentau", "Кентау")]


def test_pulldata_looks_a_value_up(tmp_path: Path) -> None:
    (tmp_path / "towns.csv").write_text(TOWNS.replace(",", ";"), encoding="utf-8")
    path = form(
        tmp_path,
        ["text", "town", "Town"],
        ["calculate", "pop", "", "", "pulldata('towns', 'pop', 'name', ${town})"],
        ["calculate", "more", "", "", "instance('towns')/root/item[name = ${town}]/pop + 1"],
    )
    interview = begun(read_xlsform(path))

    interview.answer("/data/town", "kentau")

    assert interview.state("/data/pop").value == "70000"
    assert interview.state("/data/more").value == "70001"


def test_places_come_from_geojson(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "id": "w1",
            "properties": {"title": "Well"},
            "geometry": {"type": "Point", "coordinates": [68.25, 43.3]},
        },
        {
            "type": "Feature",
            "id": "f1",
            "properties": {"title": "Field", "big": None},
            "geometry": {"type": "Polygon", "coordinates": [[[68, 43], [69, 43], [68, 43]]]},
        },
    ]
    document = {"type": "FeatureCollection", "features": features}
    (tmp_path / "sites.geojson").write_text(json.dumps(document))
    path = form(
        tmp_path,
        ["select_one_from_file sites.geojson", "site", "Site"],
        ["calculate", "at", "", "", "instance('sites')/root/item[id = ${site}]/geometry"],
    )
    interview = begun(read_xlsform(path))

    interview.answer("/data/site", "w1")
    assert offered(interview, "/data/site") == [("w1", "Well"), ("f1", "Field")]
    assert interview.state("/data/at").value == "43.3 68.25 0 0"
    interview.answer("/data/site", "f1")
    assert interview.state("/data/at").value == "43 68 0 0; 43 69 0 0; 43 68 0 0"


def test_an_xml_list_is_taken_as_it_is(tmp_path: Path) -> None:
    xml = "<?xml version='1.0'?><root><item><name>a</name><label>A</label></item></root>"
    (tmp_path / "list.xml").write_text(xml)
    path = form(tmp_path, ["select_one_from_file list.xml", "q", "Q"])

    assert offered(begun(read_xlsform(path)), "/data/q") == [("a", "A")]


def test_external_choices_of_the_workbook_are_offered(tmp_path: Path) -> None:
    rows = [["list_name", "name", "label", "region"], ["d", "sauran", "Сауран", "t"]]
    path = form(
        tmp_path,
        ["text", "region", "Region"],
        ["select_one_external d", "district", "District", "region=${region}"],
        choices=[["list_name", "name", "label"], ["x", "y", "Y"]],
        external_choices=[*rows, ["d", "semey", "Семей", "a"]],
    )
    interview = begun(read_xlsform(path))

    interview.answer("/data/region", "t")

    assert offered(interview, "/data/district") == [("sauran", "Сауран")]
    interview.answer("/data/district", "semey")
    assert not interview.state("/data/district").valid


PLACES = "name,kk,ru,region,k\nt,Түркістан,Туркестан,t,1\nk,Кентау,Кентау,t,2\ns,Семей,Семей,a,1\n"


def searching(folder: Path, call: str, *choices: list[str]) -> Interview:
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    listed = [["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"], *choices]
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    sheet.append(["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "appearance"])
    sheet.append(["text", "typed", "Т", "Т"])
    sheet.append(["begin repeat", "r", "R", "R"])
    sheet.append(["text", "region", "Р", "Р"])
    sheet.append(["select_one p", "q", "Қ", "В", call])
    sheet.append(["end repeat"])
    other = book.create_sheet("choices")
    for line in listed:
        other.append(line)
    book.save(folder / "visit.xlsx")
    interview = begun(read_xlsform(folder / "visit.xlsx"))
    interview.add("/data/r")
    return interview


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("search('places')", "t k s"),
        ("search('places.csv', 'matches', 'region', ${region})", "s"),
        ("minimal search('places', 'contains', 'kk, ru', ${typed})", "t"),
        ('search("places", "startswith", "kk", "К", "region", "t")', "k"),
        ("search('places', 'endswith', 'ru', concat('у', ''), 'k', 1 + 1)", "k"),
    ],
)
def test_choices_are_searched_in_a_file_as_collect_does(
    tmp_path: Path, call: str, names: str
) -> None:
    interview = searching(tmp_path, call, ["p", "name", "kk", "ru"])
    interview.answer("/data/typed", "урке")
    interview.answer("/data/r[1]/region", "t")
    interview.answer("/data/r[2]/region", "a")

    assert [name for name, _ in offered(interview, "/data/r[2]/q")] == names.split()


def test_what_is_searched_is_read_out_in_each_language_after_the_choices_of_the_form(
    tmp_path: Path,
) -> None:
    rows = [["p", "name", "kk", "ru"], ["p", "99", "Басқа", "Другое"]]
    interview = searching(tmp_path, "search('places')", *rows)

    interview.speak("kk")
    assert offered(interview, "/data/r[1]/q")[:2] == [("99", "Басқа"), ("t", "Түркістан")]
    interview.speak("ru")
    assert offered(interview, "/data/r[1]/q")[:2] == [("99", "Другое"), ("t", "Туркестан")]
    interview.answer("/data/r[1]/q", "elsewhere")
    assert not interview.state("/data/r[1]/q").valid


@pytest.mark.parametrize(
    "call",
    [
        *("search(${typed})", "search()", "search('a', 'sounds like', 'kk', 'x')", "search('a'"),
        *("search('a', 'matches', 'k k', 'x')", "search('a', 'matches')"),
    ],
)
def test_a_search_that_cannot_be_run_stops_the_form(call: str) -> None:
    assert read_search(call) is None


def test_several_columns_are_read_out_together() -> None:
    assert label_of("kk, region") == "concat(kk, ', ', region)"


def test_empty_cells_of_external_choices_move_nothing(tmp_path: Path) -> None:
    rows = [["list name", "name", "old", "label"], ["d", "a", "", "A"], ["d", "b", "x", "B"]]
    path = form(
        tmp_path,
        ["select_one_external d", "district", "District", "name != ''"],
        choices=[["list_name", "name", "label"], ["x", "y", "Y"]],
        external_choices=rows,
    )
    checked = read_xlsform(path)

    assert offered(begun(checked), "/data/district") == [("a", "A"), ("b", "B")]
    assert checked.messages == ()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, language: str) -> None:
    checked = read_xlsform(form(tmp_path, ["select_one_from_file towns.csv", "town", "Town"]))

    (message,) = checked.messages
    assert not checked.ok
    assert "towns.csv" in message.as_row(language)["text"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.csv", ""),
        ("l.csv", 'name,label\n"a,b'),
        ("l.geojson", "{"),
        ("l.geojson", '{"features": [{"geometry": {"type": "Point", "coordinates": ["x"]}}]}'),
        ("l.geojson", "[" * 100_000),
        ("l.xml", "<a"),
        ("l.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        ("l.csv", "name,label\n" + "a,b\n" * 2_000_000),
        ("l.csv", "name,label\n" + "a,b\n" * 60_000),
    ],
    ids=range(9),
)
def test_a_file_that_is_no_list_is_told(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    checked = read_xlsform(form(tmp_path, [f"select_one_from_file {name}", "q", "Q"]))

    told = [one.as_row("en") for one in checked.messages if one.stops]
    assert any(name in str(one["text"]) for one in told)


def test_a_column_that_is_no_name_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("name,label,no name\na,A,1\n")
    checked = read_xlsform(form(tmp_path, ["select_one_from_file l.csv", "q", "Q"]))

    (message,) = checked.messages
    assert offered(begun(checked), "/data/q") == [("a", "A")]
    assert "no name" in message.as_row("en")["text"]
    assert message.sheet == "l.csv"


def test_no_file_from_elsewhere_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("name,label\nkey,KEY\n")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "..\\secret.csv").write_text("name\nkey\n")  # a path on Windows
    for source in ("../secret.csv", f"{tmp_path}/secret.csv", "..\\secret.csv", "", "..", "."):
        source = f"jr://file-csv/{source}"
        xform = f'<instance id="l" src="{source}"/>'
        assert embed(xform, tmp_path / "forms" / "f.xlsx") == (xform, [])


def test_a_name_that_no_file_can_have_is_a_list_that_is_not_there(tmp_path: Path) -> None:
    xform = f'<instance id="l" src="jr://file-csv/{"a" * 300}.csv"/>'

    assert embed(xform, tmp_path / "f.xlsx") == (xform, [])
