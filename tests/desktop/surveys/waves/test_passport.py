"""What is said with the figures of a wave, and what the law wants of one that is linked to a vote."""

from datetime import date

import pytest

from desktop.surveys.bundled import rating_xform
from desktop.surveys.form import load_form
from desktop.surveys.waves.passport import error_coefficient, forbidden, passport
from sync.language import speak
from sync.places import load_pack

PACK, FORM = load_pack(), load_form(rating_xform())
WHOLE = {
    "title": "Рейтинг",
    "asker": "Облыстық зерттеу орталығы",
    "client": "Облыстық үйлестіру орталығы",
    "mode": "face_to_face",
    "sample": "quota",
    "method": "Үй аралау",
    "population": "18 жастан асқан тұрғындар",
    "starts_on": date(2027, 1, 10),
    "ends_on": date(2027, 1, 24),
    "districts": ["615600000"],
    "linked_to": "election",
    "polling_day": date(2027, 3, 14),
    "experience": 6,
    "specialists": "А. Бекова, С. Жүніс",
    "notice_number": "12-4",
    "notice_on": date(2027, 1, 4),
}
NEEDED = (
    *("asker", "client", "mode", "sample", "method", "population"),
    *("polling_day", "experience", "specialists", "notice_number", "notice_on"),
)
LATER = date(2027, 4, 1)


def lacks(wave, form=FORM, answers=400):
    return [one.words("en") for one in passport(wave, form, PACK, answers).lacks]


def test_a_whole_passport_lacks_nothing_and_lets_figures_out():
    assert lacks(WHOLE) == []
    assert passport(WHOLE, FORM, PACK, 400).complete
    assert forbidden(WHOLE, FORM, 400, LATER) is None


@pytest.mark.parametrize("name", NEEDED)
def test_each_thing_that_is_missing_is_named_and_of_a_linked_wave_keeps_figures_back(name):
    wave = {**WHOLE, name: None}

    [said] = lacks(wave)
    refusal = forbidden(wave, FORM, 400, LATER)

    assert "is not filled in" in said
    assert refusal is not None
    assert name == "polling_day" or said in refusal.words("en")


def test_a_wave_that_is_linked_to_no_vote_is_told_what_is_missing_and_leaves_all_the_same():
    wave = {"title": "Су", "starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 9)}

    assert len(lacks(wave)) == 6
    assert forbidden(wave, None, 0, LATER) is None


def test_five_years_of_experience_and_a_notice_before_it_begins():
    [years] = lacks({**WHOLE, "experience": 4})
    [late] = lacks({**WHOLE, "notice_on": date(2027, 1, 11)})

    assert "5 years" in years
    assert "before a survey begins" in late
    assert lacks({**WHOLE, "experience": 5, "notice_on": date(2027, 1, 10)}) == []


def test_the_wording_and_the_error_belong_to_it():
    assert "wording" in lacks(WHOLE, form=None)[0]
    assert "How many" in lacks(WHOLE, answers=1)[0]


def test_in_the_silent_days_nothing_leaves_however_whole_the_passport_is():
    assert "14.03.2027" in forbidden(WHOLE, FORM, 400, date(2027, 3, 10)).words("en")


@pytest.mark.parametrize(
    ("answers", "effect", "said"),
    # the figures of facts.md F for 95 % and a share of one half; in brackets a design effect of 1.7
    [(100, 1.0, 9.8), (100, 1.7, 12.8), (400, 1.0, 4.9), (400, 1.7, 6.4), (1067, 1.0, 3.0)],
)
def test_the_error_coefficient_is_that_of_the_textbook(answers, effect, said):
    assert round(error_coefficient(answers, effect), 1) == said


def test_one_answer_has_no_error():
    assert error_coefficient(1) is None
    assert error_coefficient(0) is None


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_is_said_in_each_language_with_names_and_not_with_keys(language):
    found = passport(WHOLE, FORM, PACK, 400, language=language)
    said = {line.label: line.text for line in found.lines}

    assert len(said) == len(found.lines) == 16
    assert not {"face_to_face", "quota", "election", "615600000"} & {*said.values()}
    assert any("10.01.2027 – 24.01.2027" in text for text in said.values())
    assert any("4.9" in text or "4,9" in text for text in said.values())
    assert len(found.questions) >= 10
    assert all(one.text for one in found.questions)


def test_what_is_no_sample_by_chance_says_so_beside_its_error():
    def error(wave):
        lines = passport(wave, FORM, PACK, 400, language="en").lines
        return next(line.text for line in lines if line.label == "Error coefficient")

    assert "not a probability sample" in error(WHOLE)
    assert "not a probability sample" not in error({**WHOLE, "sample": "random"})


@pytest.mark.parametrize(("language", "sign"), [("kk", "4,9"), ("ru", "4,9"), ("en", "4.9")])
def test_its_error_has_the_decimal_sign_of_the_language_that_is_spoken(language, sign):
    speak(language)
    lines = passport(WHOLE, FORM, PACK, 400).lines
    speak("kk")

    assert any(f"±{sign} " in line.text or f"±{sign}" in line.text for line in lines)
