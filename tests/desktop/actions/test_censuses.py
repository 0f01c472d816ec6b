"""Numbers of people: loaded from a file, chosen for a wave, and what becomes of its ratings."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from desktop.actions import answers, censuses, rating_notes, rating_paper, ratings, records, waves
from desktop.actions.rating_views import first_view
from desktop.surveys.bundled import rating_xform
from desktop.surveys.ratings.release import ALL
from sync.errors import Refused, UserError
from sync.language import speak
from sync.records.values import Wrong
from tests.rated import ARYS, KELES, SOZAQ, save, take_answers
from tests.ui.desks import close, make_desk

AGES = ("18_29", "30_44", "45_59", "60_plus")
VALUES = {"title": "Халық саны", "source": "ҰСБ", "counted_on": "2026-01-01"}
NUMBERS = {SOZAQ: 9_000, KELES: 41_000, ARYS: 25_000}


def table(folder: Path, districts: dict[str, int] = NUMBERS) -> Path:
    """By sex and age: as many men as women, the young a little more."""
    lines = ["district;sex;age_group;count"]
    for code, number in districts.items():
        for sex in ("female", "male"):
            lines += [f"{code};{sex};{age};{number // (4 + at)}" for at, age in enumerate(AGES)]
    path = folder / "census.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The coordinator's."""
    speak("en")
    desk = make_desk(tmp_path_factory.mktemp("census"), "coordinator")
    yield desk
    close(desk)


@pytest.fixture(scope="module")
def census(desk, tmp_path_factory):
    read = censuses.read_file(desk, table(tmp_path_factory.mktemp("table")))
    assert read.population is not None
    return censuses.save(desk, read.population, VALUES)[0].record


def make_wave(desk, sizes, **fields):
    """A wave of the program's own rating, with answers."""
    form = save(desk, "form", name="Рейтинг", version=str(len(sizes)), xform=rating_xform())
    names = sorted({name for name, _ in sizes})
    officials = {name: str(save(desk, "official", post=name, body="akimat")) for name in names}
    wave = save(
        desk, "wave", title="Күз", form=str(form), starts_on="2026-11-01", ends_on="2099-01-01",
        districts=sorted({one for _, one in sizes}), rated=list(officials.values()), **fields,
    )  # fmt: skip
    take_answers(
        desk,
        wave,
        {(officials[name], district): number for (name, district), number in sizes.items()},
        dict.fromkeys(officials.values(), 3.0),
    )
    return wave, officials


@pytest.fixture(scope="module")
def wave(desk, census):
    sizes = {("head", SOZAQ): 400, ("head", KELES): 380, ("few", ARYS): 8}
    return make_wave(desk, sizes, census=str(census))


def by_hand(desk, wave, official):
    """The mean of each group in each district, by the number of its people."""
    said = defaultdict(list)
    for one in answers.of_wave(desk, wave):
        if one.values["/data/official"] == official:
            group = one.values["/data/person/sex"], one.values["/data/person/age_group"]
            said[one.district, *group].append(float(one.values["/data/score"]))
    number = {
        (district, sex, age): people // (4 + at)
        for district, people in NUMBERS.items()
        for sex in ("female", "male")
        for at, age in enumerate(AGES)
    }
    sums = [number[group] * sum(marks) / len(marks) for group, marks in said.items()]
    return sum(sums) / sum(number[group] for group in said)


def test_a_wave_is_rated_by_the_numbers_that_were_chosen_for_it(desk, wave):
    wave, officials = wave

    found = ratings.rate_wave(desk, wave)

    whole = found.rating(ALL, officials["head"], found.criteria[0]).estimate
    assert whole.mean == pytest.approx(by_hand(desk, wave, officials["head"]))
    assert found.fitted
    notes = " ".join(rating_notes.fitted(found))
    assert "Халық саны. ҰСБ. 01.01.2026" in notes
    assert "by cells 2 times" in notes
    assert "left as it is 1 times" in notes


def test_without_a_choice_the_answers_stay_as_they_are(desk, wave):
    wave, officials = wave
    censuses.fit(desk, wave, None)
    plain = ratings.rate_wave(desk, wave)
    marks = [
        float(one.values["/data/score"])
        for one in answers.of_wave(desk, wave)
        if one.values["/data/official"] == officials["head"]
    ]

    assert not plain.fitted
    assert rating_notes.fitted(plain) == []
    mean = plain.rating(ALL, officials["head"], plain.criteria[0]).estimate.mean
    assert mean == pytest.approx(sum(marks) / len(marks))


@pytest.fixture
def fitted(desk, wave, census):
    """The wave, fitted again, whatever a test before did to it."""
    censuses.fit(desk, wave[0], census)
    return wave[0]


def test_source_and_day_stand_in_the_passport_of_every_file(desk, fitted, tmp_path):
    found = ratings.rate_wave(desk, fitted)

    paper = rating_paper.make_paper(
        desk, found, first_view(found), (), "x", waves.datetime.now().astimezone()
    )

    assert ("Fitted to", "Халық саны. ҰСБ. 01.01.2026") in paper.facts
    assert any("Fitted to the numbers of people" in note for note in paper.notes)
    lines = {line.label: line.text for line in waves.read_passport(desk, fitted).lines}
    assert lines["Fitted to"] == "Халық саны. ҰСБ. 01.01.2026"


def test_numbers_that_a_wave_is_fitted_to_stay(desk, fitted, census):
    with pytest.raises(Refused, match="“Күз” is fitted to these numbers"):
        censuses.take_away(desk, census)
    with pytest.raises(Refused, match="is fitted"):
        records.save(desk, "census", {"counts": "sex\n"}, census)
    records.save(desk, "census", {"source": "Ұлттық статистика бюросы"}, census)
    records.save(desk, "census", {"source": "ҰСБ"}, census)


def test_the_list_says_whose_numbers_they_are_and_which_waves_have_them(desk, fitted, census):
    (one,) = censuses.list_censuses(desk)

    assert (one.id, one.title, one.source, one.counted_on) == (
        census, "Халық саны", "ҰСБ", date(2026, 1, 1),
    )  # fmt: skip
    assert (one.questions, one.districts, one.waves) == (("sex", "age_group"), 3, ("Күз",))
    assert one.people == sum(2 * (number // (4 + at)) for number in NUMBERS.values()
                             for at in range(4))  # fmt: skip


@pytest.mark.parametrize("left_out", ["title", "source", "counted_on"])
def test_title_source_and_day_are_required(desk, tmp_path, left_out):
    population = censuses.read_file(desk, table(tmp_path)).population

    with pytest.raises(Wrong) as caught:
        censuses.save(desk, population, {**VALUES, left_out: None})

    assert set(caught.value.problems) == {left_out}


def test_only_a_coordinator_loads_numbers(tmp_path):
    for role in ("leader", "activist", "analyst"):
        desk = make_desk(tmp_path / role, role)
        population = censuses.read_file(desk, table(tmp_path)).population
        with pytest.raises(Refused):
            censuses.save(desk, population, VALUES)
        close(desk)


def test_a_wave_whose_numbers_have_not_come_yet_is_not_fitted_and_says_so(desk):
    other = "00000000-0000-0000-0000-000000000001"
    wave, _ = make_wave(desk, {("one", SOZAQ): 40})
    records.save(desk, "wave", {"census": other}, wave)

    found = ratings.rate_wave(desk, wave)

    assert not found.fitted
    assert "Sync first" in " ".join(rating_notes.fitted(found))
    with pytest.raises(UserError):
        censuses.fit(desk, wave, censuses.UUID(other))


def test_a_form_that_asks_none_of_it_is_not_fitted_and_says_so(desk, tmp_path):
    (tmp_path / "a.csv").write_text("tongue,count\nkk,5\nru,5\n", "utf-8")
    read = censuses.read_file(desk, tmp_path / "a.csv")
    tongues = censuses.save(desk, read.population, {**VALUES, "title": "Тіл"})[0].record
    wave, _ = make_wave(desk, {("one", SOZAQ): 40}, census=str(tongues))

    found = ratings.rate_wave(desk, wave)

    assert not found.fitted
    assert "asks none of what “Тіл” counts by (tongue)" in " ".join(rating_notes.fitted(found))


@pytest.mark.parametrize(("language", "sex"), [("kk", "жынысы"), ("ru", "пол"), ("en", "sex")])
def test_the_head_of_an_empty_table_is_known_again_in_each_language(desk, tmp_path, language, sex):
    speak(language)
    path = tmp_path / "empty.csv"
    censuses.write_table(desk, path)
    assert f'"{sex}"' in path.read_text("utf-8-sig")
    path.write_text(path.read_text("utf-8-sig").replace(';""', ";5"), "utf-8")

    read = censuses.read_file(desk, path)
    speak("en")

    assert read.population.questions == ("sex", "age_group")
    assert read.asked.words("ru") == "Пол, Возраст"


def test_where_counts_do_not_agree_the_questions_are_called_as_the_forms_ask_them(desk, tmp_path):
    path = tmp_path / "apart.csv"
    rows = "Созақ;female;;9000\nСозақ;male;;9000\nСозақ;;18_29;1\nСозақ;;30_44;2"
    path.write_text(f"district;sex;age_group;count\n{rows}", "utf-8")

    [one] = censuses.read_file(desk, path).messages

    assert "«Жынысы»" in one.text.words("kk")
    assert "«Возраст»" in one.text.words("ru")


def test_what_no_form_asks_is_called_by_its_name(desk, tmp_path):
    (tmp_path / "a.csv").write_text("tongue;sex;count\nkk;female;5\nkk;male;5\n", "utf-8")

    assert censuses.read_file(desk, tmp_path / "a.csv").asked.words("en") == "tongue, Sex"


def test_an_empty_table_has_a_row_for_each_group_and_is_read_again_when_it_is_filled(
    desk, tmp_path
):
    path = tmp_path / "empty.csv"
    censuses.write_table(desk, path)
    lines = path.read_text("utf-8-sig").splitlines()
    filled = tmp_path / "filled.csv"
    rows = (line.rsplit(";", 1)[0] + ";100" for line in lines[1:])
    filled.write_text("\n".join([lines[0], *rows]), "utf-8")

    empty, full = (censuses.read_file(desk, one) for one in (path, filled))

    assert lines[0].replace('"', "") == "district;sex;age group;count"
    assert len(lines) == 1 + 8 * len(desk.pack.districts)
    assert empty.messages[0].row == 2
    assert full.population is not None
    assert full.people == 800 * len(desk.pack.districts)
