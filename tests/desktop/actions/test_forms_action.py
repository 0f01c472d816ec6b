"""The shelf of forms: published, compared with the version before, kept as they are once used."""

import re
from datetime import date, timedelta

import pytest

from desktop.actions import forms, in_use, records
from desktop.surveys.bundled import bundled_forms, rating_xform
from sync.errors import Refused, UserError
from sync.records.survey import LONGEST_FORM
from tests.ui.desks import SOZAQ, record
from tests.ui.survey_waves import start_wave

pytestmark = pytest.mark.usefixtures("compiled_here")

FIRST = re.sub(r'(<data [^>]*)version="\d+"', r'\1version="1"', rating_xform())
SECOND = FIRST.replace("age_group", "age").replace('version="1"', 'version="2"')
TODAY = date.today()  # noqa: DTZ011  # the day of the place


def publish(desk, xform=None, name="Рейтинг", version="1"):
    [change] = forms.publish(desk, xform or FIRST, name=name, version=version)
    return change.record


def test_a_published_form_is_listed_with_what_it_asks(coordinator):
    id = publish(coordinator)

    [one] = forms.list_forms(coordinator)

    assert (one.id, one.name, one.version, one.use) == (id, "Рейтинг", "1", "survey")
    assert one.questions > 10
    assert one.languages == ("kk", "ru", "en")
    assert not one.used


def test_only_who_may_write_for_the_region_publishes(desk):
    with pytest.raises(Refused):
        publish(desk)


def test_forms_are_in_kazakh_order_and_versions_newest_first(coordinator):
    publish(coordinator, name="Өмір")
    publish(coordinator, name="Ауыл")
    publish(coordinator, SECOND, name="Ауыл", version="2")

    found = [(one.name, one.version) for one in forms.list_forms(coordinator)]

    assert found == [("Ауыл", "2"), ("Ауыл", "1"), ("Өмір", "1")]


def test_a_new_version_is_known_by_the_id_of_its_form_and_says_what_changed(coordinator):
    publish(coordinator, name="Басқа аты")

    offer = forms.propose(coordinator, SECOND)

    assert (offer.name, offer.version) == ("Басқа аты", "2")
    assert offer.earlier is not None
    assert offer.earlier.version == "1"
    assert [one.text.words() for one in offer.breaks] == ["“age_group” is now called “age”: “Age”"]


def test_a_form_without_title_and_version_is_called_after_its_file_and_the_day(coordinator):
    xform = FIRST.replace('version="1"', "")
    title = xform[xform.index("<h:title>") : xform.index("</h:title>")]

    offer = forms.propose(coordinator, xform.replace(title, "<h:title>"), file="needs.xlsx")

    assert (offer.name, offer.version) == ("needs", f"{TODAY:%Y%m%d}01")


def test_a_version_that_is_taken_is_offered_another_number(coordinator):
    publish(coordinator)

    assert forms.propose(coordinator, FIRST).version == f"{TODAY:%Y%m%d}01"


def test_the_same_version_and_the_same_questions_are_not_published_twice(coordinator):
    publish(coordinator)

    with pytest.raises(UserError, match="word for word"):
        publish(coordinator, version="2")
    with pytest.raises(UserError, match="another number"):
        publish(coordinator, SECOND, name="РЕЙТИНГ")


@pytest.mark.parametrize(
    ("xform", "name", "words"),
    [
        (rating_xform(), " ", "name"),
        (rating_xform() + " " * LONGEST_FORM, "Ұзын", "characters"),
        ("<data/>", "Басқа", "XForm"),
    ],
)
def test_what_cannot_be_a_form_is_not_published(coordinator, xform, name, words):
    with pytest.raises(UserError, match=words):
        forms.publish(coordinator, xform, name=name, version="1")

    assert forms.list_forms(coordinator) == []


def test_a_form_of_a_hundred_thousand_characters_with_its_lists_is_published(coordinator):
    item = "<item><itextId>problem-3</itextId><name>{}</name></item>"
    more = "".join(item.format(f"village_{number}") for number in range(4_000))
    xform = rating_xform().replace(item.format("roads"), item.format("roads") + more)
    assert len(xform) > 250_000

    id = publish(coordinator, xform)

    assert forms.xform_of(coordinator, id) == xform


def test_running_waves_of_an_older_version_are_named(coordinator):
    start_wave(coordinator, title="Жүріп жатқан")
    start_wave(coordinator, title="Біткен", ended=True)

    [runs] = forms.propose(coordinator, SECOND).runs

    assert (runs.title, runs.ends_on) == ("Жүріп жатқан", TODAY + timedelta(days=9))


def test_every_bundled_form_is_published_and_its_workbook_saved(coordinator, tmp_path):
    for bundled in bundled_forms():
        id = publish(coordinator, bundled.xform(), name=bundled.words("kk"))
        path = tmp_path / forms.workbook_name(bundled)
        forms.save_workbook(bundled, path)

        assert path.read_bytes() == bundled.workbook()
        assert forms.xform_of(coordinator, id) == bundled.xform()


# what is in use


def test_a_form_that_a_wave_asks_by_stays_as_it_is(coordinator):
    start_wave(coordinator)
    [form] = forms.list_forms(coordinator)

    for change in ({"xform": SECOND}, {"version": "9"}, {"name": "Басқа"}, {"removed": True}):
        with pytest.raises(Refused, match="Күзгі рейтинг"):
            records.save(coordinator, "form", change, form.id)

    assert forms.xform_of(coordinator, form.id) == rating_xform()


def test_a_form_that_no_wave_asks_by_is_edited_and_taken_away(coordinator):
    id = publish(coordinator)

    records.save(coordinator, "form", {"version": "1a"}, id)
    forms.take_away(coordinator, id)

    assert forms.list_forms(coordinator) == []


def test_a_rated_official_is_not_taken_away(coordinator):
    _, [official] = start_wave(coordinator)

    with pytest.raises(Refused, match="rates"):
        records.remove(coordinator, "official", official)
    records.save(coordinator, "official", {"until": TODAY}, official)


@pytest.mark.parametrize(
    ("change", "taken"),
    [
        ({"title": "Басқа"}, True),
        ({"ends_on": str(TODAY + timedelta(days=30))}, True),
        ({"target": 99}, True),
        ({"quotas": ["*=5"]}, True),
        ({"method": "Үй аралау"}, True),
        ({"districts": [SOZAQ, "615200000"]}, True),
        ({"districts": []}, True),
        ({"districts": ["615200000"]}, False),
        ({"places": ["615647000"]}, False),
        ({"rated": []}, False),
        ({"starts_on": str(TODAY)}, False),
        ({"groups": ["/data/person/sex=female"]}, False),
        ({"cell_place": "okrug"}, False),
        ({"consent_line": "Сәлеметсіз бе"}, False),
        ({"removed": True}, False),
    ],
)
def test_of_a_wave_that_runs_only_what_changes_no_answer_may_change(coordinator, change, taken):
    wave, _ = start_wave(coordinator)

    if taken:
        assert records.save(coordinator, "wave", change, wave)
    else:
        with pytest.raises(Refused, match="begun"):
            records.save(coordinator, "wave", change, wave)


def test_another_official_may_be_added_to_a_wave_that_runs(coordinator):
    wave, officials = start_wave(coordinator)
    other = record(coordinator, "official", {"post": "Әкім", "body": "akimat"})

    records.save(coordinator, "wave", {"rated": [*map(str, officials), str(other)]}, wave)


def test_the_form_of_a_wave_that_runs_stays(coordinator):
    wave, _ = start_wave(coordinator)
    other = publish(coordinator, SECOND, name="Басқа")

    with pytest.raises(Refused, match="Form"):
        records.save(coordinator, "wave", {"form": str(other)}, wave)


def test_a_wave_that_is_over_is_not_opened_again(coordinator):
    wave, _ = start_wave(coordinator, ended=True)

    with pytest.raises(Refused, match="over"):
        records.save(coordinator, "wave", {"ends_on": str(TODAY + timedelta(days=5))}, wave)
    records.save(coordinator, "wave", {"weighting": "Жасы бойынша"}, wave)


def test_a_wave_that_has_not_begun_is_free():
    wave = dict.fromkeys(("starts_on", "ends_on"), TODAY + timedelta(days=1))

    assert in_use.fixed(wave, TODAY) == {}
    assert in_use.why_fixed(wave, "form", TODAY) is None
