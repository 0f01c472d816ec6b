"""Search in everything: the best first, whatever was typed, and nothing of what has gone."""

from datetime import date

import pytest

from desktop.actions import records
from desktop.actions.search import narrowed, search
from desktop.index.asking import Only
from sync.errors import UserError
from sync.language import speak
from tests.ui.desks import VILLAGE, make_desk, record
from tests.ui.desks import close as close_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "activist")
    yield made
    close_desk(made)


@pytest.fixture
def issue(desk):
    return lambda essence="Су жоқ", **values: record(desk, "issue", {"essence": essence, **values})


@pytest.fixture
def found(desk):
    """The ids of what is found, in their order."""

    def found(words, only=None, **more):
        return [hit.id for hit in search(desk, words, only or Only(), **more).hits]

    return found


def consented(**values):
    said = {"consent_way": "signed", "consent_on": "2026-11-01"}
    return {"applicant": "Асқар Құрманов", **said, **values}


def test_as_written_comes_before_folded_whole_before_beginning_short_before_long(desk, found):
    def step(text):
        return record(desk, "step", {"type": "note", "text": text}, parent=whole)

    whole = record(desk, "issue", {"essence": "Жол"})
    long_begins, long_folded = step("Құрманға айтылды"), step("Курман айтты")
    long_exact = step("Құрман айтты")
    begins, folded, exact = (
        record(desk, "visit", {"topics": [], "notes": None, "household": None} | {"village": word})
        for word in ("Құрманбек", "Курман", "Құрман")
    )

    assert found("құрман") == [
        *(exact, long_exact),
        *(begins, long_begins),
        *(folded, long_folded),
    ]


def test_of_what_is_alike_the_newest_edit_comes_first(desk, issue, found):
    first, second, third = (issue(f"Су {n}") for n in range(3))
    records.save(desk, "issue", {"essence": "Су бар"}, first)

    assert found("су") == [first, third, second]


@pytest.mark.parametrize(
    "words",
    [
        "87011234567",
        "+7 701 123 45 67",
        "8 (701) 123-45-67",
        "701-123",
        "7011234567",
        "1234567",
        "4567",
        "Құрманов 8 701 123",
    ],
)
def test_a_phone_is_found_however_it_is_written(issue, found, words):
    id = issue(**consented(phone="+77011234567"))
    issue(**consented(applicant="Дина", phone="+77021234560"))

    assert found(words) == [id]


@pytest.mark.parametrize(
    "words", ["615-2026-000123", "615-2026-123", "2026-000123", "000123", "123"]
)
def test_a_number_is_found_whole_and_in_part(desk, issue, found, words):
    from sync.records.issue import Issue

    id, _ = issue(), issue()
    with desk.store.begin() as session:
        session.get(Issue, id).number = "615-2026-000123"

    assert found(words) == [id]


def test_until_it_has_a_number_it_is_found_by_its_tag(issue, found):
    id, _ = issue(), issue()

    assert found(f"~{id.hex[-5:].upper()}") == found(id.hex[-5:]) == [id]
    assert found(id.hex[-5:-1]) == []  # what begins so is chance, and not what was looked for


@pytest.mark.parametrize(
    ("typed", "read_as"), [("cel", "суд"), ("RTYN", "кент"), (";jk", "жол"), ("лфызш", "kaspi")]
)
def test_the_other_keyboard_is_tried_where_nothing_else_is_found(issue, desk, typed, read_as):
    id = issue(f"Осы {read_as} туралы")

    hits = search(desk, typed)

    assert ([hit.id for hit in hits.hits], hits.read_as) == ([id], read_as)


def test_latin_look_alikes_and_a_russian_keyboard_find_kazakh_words(issue, found):
    id = issue("Қазақстан көшесі")

    assert found("казакстан") == found("қaзaқcтан") == found("көш каз") == [id]


def test_what_was_chosen_is_found_by_its_words_and_a_village_by_its_name(issue, found):
    speak("kk")
    id = issue("Асфальт", category="roads", village=VILLAGE, received_on="2026-11-23")
    issue("Кран", category="drinking_water", received_on="2026-10-23")

    assert found("жол") == found("созақ ауылы") == found("асфальт созак") == [id]
    assert found("23.11.2026") == found("23.11") == found("2026-11-23") == found("11.2026") == [id]
    assert found(VILLAGE) == []


def test_a_search_is_narrowed_by_kind_choice_place_state_and_days(desk, issue, found):
    roads = issue("Су", category="roads", village=VILLAGE, received_on="2026-11-23")
    water = issue("Су", category="drinking_water", received_on="2026-10-23")
    visit = record(desk, "visit", {"village": "Су"})

    assert found("су", Only(["visit"])) == [visit]
    assert found("су", Only(["issue"], keys=narrowed("issue", [("category", "roads")]))) == [roads]
    assert found("су", Only(["issue"], keys=narrowed("issue", [("village", VILLAGE)]))) == [roads]
    assert found("су", Only(["issue"], until=date(2026, 10, 31))) == [water]
    assert found("су", Only(review="draft")) == [visit, water, roads]
    assert found("су", Only(review="sent")) == found("су", Only(district="1")) == []
    assert found("су", most=1) == [visit]
    for name in ("essence", "none"):
        with pytest.raises(UserError, match=name):
            narrowed("issue", [(name, "x")])


def test_a_hit_says_what_was_found_where(desk, issue):
    essence = "Көшеде су жоқ, құбыр ескірген"
    id = issue(essence, village=VILLAGE, received_on="2026-11-23")
    part = record(
        desk,
        "step",
        {"type": "note", "text": "х " * 60 + "құбырды қарап шықтық " + "у " * 200},
        parent=id,
    )

    step, whole = search(desk, "кубыр").hits[::-1]

    assert (whole.kind, whole.title.text, whole.day) == ("issue", essence, date(2026, 11, 23))
    assert [whole.title.text[a:b] for a, b in whole.title.marks] == ["құбыр"]
    assert (step.id, step.opens) == (part, ("issue", id))
    assert [step.snippet.text[a:b] for a, b in step.snippet.marks] in (["құбырды"], [])
    assert len(step.snippet.text) < 200


@pytest.mark.parametrize("sign", [*"\"'*^():-+~", "AND", "NEAR(", "words:", "\x00", "}{"])
def test_no_sign_that_is_typed_is_one_of_the_language_of_questions(issue, found, sign):
    id = issue("Су жоқ")

    assert found(f"{sign} су") in ([id], [])
    assert found(f"су{sign}") in ([id], [])
    assert found(sign) == []


def test_what_was_removed_or_changed_is_found_no_more_by_what_it_said(desk, issue, found):
    gone, changed = issue("Құдық"), issue("Құдық")
    assert len(found("құдық")) == 2

    records.remove(desk, "issue", gone)
    records.save(desk, "issue", {"essence": "Көпір"}, changed)

    assert found("құдық") == []
    assert found("көпір") == [changed]


def test_a_key_with_a_hyphen_is_found_and_one_letter_breaks_nothing(issue, found):
    id = issue(handed_on="2026-11-03", answer_rule="appc-2021")
    issue("Жол")

    assert found("а") != []  # a letter of many words, and of that rule's
    assert found(
        "су", Only(["issue"], keys=narrowed("issue", [("answer_rule", "appc-2021")]))
    ) == [id]
    assert found("ﷺ") == []  # folds to four words
