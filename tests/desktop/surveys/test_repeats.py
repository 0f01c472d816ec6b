"""Interviews in which something repeats: counted by an answer, added by hand, and in each other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.actions.ratings import criteria
from desktop.surveys.cells import MOST, Cells
from desktop.surveys.form import Form
from desktop.surveys.interview import Interview
from sync.errors import UserError
from tests.desktop.surveys.small import small_form

PEOPLE = small_form(
    "<bind nodeset='/data/n' type='int'/>"
    "<bind nodeset='/data/p/age' type='int' constraint='. &lt; 120'/>"
    "<bind nodeset='/data/p/adult' calculate=\"if(../age > 17, 'yes', 'no')\"/>"
    "<bind nodeset='/data/p/nr' calculate='position(..)'/>"
    "<bind nodeset='/data/p/tag' calculate='concat(../nr, ../name)'/>"
    "<bind nodeset='/data/p/share' calculate='sum(/data/p/age) - ../age'/>"
    "<bind nodeset='/data/p/rest' calculate='../age - sum(/data/p/age)'/>"
    "<bind nodeset='/data/p/chief' calculate='indexed-repeat(../name, ../../p, 1)'/>"
    "<bind nodeset='/data/p/first' calculate='indexed-repeat(/data/p/name, /data/p, 1)'/>"
    "<bind nodeset='/data/p/before' calculate='"
    "sum(/data/p[position() = position(current()/..) - 1]/before) + number(../age)'/>"
    "<bind nodeset='/data/all' calculate='sum(/data/p/age)'/>"
    "<bind nodeset='/data/many' calculate='count(/data/p)'/>"
    "<bind nodeset='/data/p/job' relevant=\"../adult = 'yes'\" required='true()'/>",
    "<n/><p><name/><age/><adult/><nr/><tag/><share/><rest/><chief/><first/><before/><job/></p><all/><many/>",
    "<input ref='/data/n'/><group ref='/data/p'><label>Person</label>"
    "<repeat nodeset='/data/p' jr:count='/data/n'><input ref='/data/p/name'/>"
    "<input ref='/data/p/age'/><input ref='/data/p/job'/></repeat></group>",
)
BY_HAND = small_form(
    "<setvalue event='odk-instance-first-load' ref='/data/p/name' value=\"'first'\"/>"
    "<bind nodeset='/data/p/k/both' calculate=\"concat(../../name, ' ', ../toy)\"/>"
    "<bind nodeset='/data/toys' calculate='count(/data/p/k)'/>",
    "<p jr:template=''><name>new</name><k jr:template=''><toy>ball</toy><both/></k></p>"
    "<p><name/><k><toy/><both/></k></p><toys/>",
    "<repeat nodeset='/data/p'><input ref='/data/p/name'/>"
    "<setvalue event='odk-new-repeat' ref='/data/p/name' value=\"concat('no ', position(..))\"/>"
    "<repeat nodeset='/data/p/k'><input ref='/data/p/k/toy'/></repeat></repeat>",
)


def values(interview: Interview, name: str) -> list[str]:
    """The values of all nodes of this name, in the order of the form."""
    return [one.value for one in interview.nodes() if one.path.endswith(f"/{name}")]


def household(*ages: int) -> Interview:
    interview = Interview(PEOPLE)
    interview.answer("/data/n", len(ages))
    for place, age in enumerate(ages, 1):
        interview.answer(f"/data/p[{place}]/age", age)
    return interview


def test_an_answer_says_how_often_something_repeats() -> None:
    interview = household(40, 12, 19)

    assert values(interview, "adult") == ["yes", "no", "yes"]
    assert values(interview, "nr") == ["1", "2", "3"]
    assert interview.state("/data/all").value == "71"
    assert interview.state("/data/many").value == "3"
    assert interview.missing() == ["/data/p[1]/job", "/data/p[3]/job"]


def test_no_count_is_no_instance() -> None:
    interview = Interview(PEOPLE)

    assert values(interview, "age") == []
    assert interview.state("/data/many").value == "0"


def test_a_smaller_count_hides_answers_and_a_larger_one_brings_them_back() -> None:
    interview = household(40, 12)

    interview.answer("/data/n", 1)
    assert interview.state("/data/all").value == "40"
    assert "/data/p[2]/age" not in interview.to_answers()

    interview.answer("/data/n", 2)
    assert values(interview, "age") == ["40", "12"]
    assert interview.state("/data/all").value == "52"


def test_an_instance_may_look_at_the_one_before_it() -> None:
    interview = household(1, 2, 3)

    interview.answer("/data/p[1]/age", 10)

    assert values(interview, "before") == ["10", "12", "15"]


def test_an_instance_is_asked_for_by_its_number_from_anywhere() -> None:
    interview = household(40, 12)

    interview.answer("/data/p[1]/name", "Айгүл")

    assert values(interview, "first") == ["Айгүл", "Айгүл"]
    assert values(interview, "chief") == ["Айгүл", "Айгүл"]


def test_what_looks_at_all_instances_and_at_its_own_follows_both() -> None:
    interview = household(40, 12)

    interview.answer("/data/p[1]/age", 50)

    assert values(interview, "share") == ["12", "50"]
    assert values(interview, "rest") == ["-12", "-50"]


def test_of_two_ways_to_look_at_a_node_the_wider_one_counts() -> None:
    names = range(8)
    form = small_form(
        "".join(
            f"<bind nodeset='/data/p/c{n}' calculate='sum(/data/p/a{n}) - ../a{n}'/>"
            for n in names
        ),
        "<p>" + "".join(f"<a{n}/><c{n}/>" for n in names) + "</p>",
        "<repeat nodeset='/data/p'/>",
    )

    assert {form.dependents[f"/data/p/a{n}"][f"/data/p/c{n}"] for n in names} == {""}


def test_the_place_of_an_instance_makes_no_ring() -> None:
    interview = household(40, 12)

    assert PEOPLE.messages == ()
    interview.answer("/data/p[2]/name", "x")
    assert values(interview, "tag") == ["1", "2x"]


def test_instances_stand_where_the_form_has_them() -> None:
    paths = list(household(40, 12).form.nodes)

    assert paths.index("/data/n") < paths.index("/data/p[1]") < paths.index("/data/p[2]")
    assert paths.index("/data/p[2]/job") < paths.index("/data/all")


def test_an_instance_that_comes_back_is_not_begun_anew() -> None:
    form = small_form(
        "<bind nodeset='/data/n' type='int'/>",
        "<n/><p><a/></p>",
        "<input ref='/data/n'/><repeat nodeset='/data/p' jr:count='/data/n'><input ref='/data/p/a'/>"
        "<setvalue event='odk-new-repeat' ref='/data/p/a' value=\"'new'\"/></repeat>",
    )
    interview = Interview(form)
    interview.answer("/data/n", 2)
    assert values(interview, "a") == ["new", "new"]
    interview.answer("/data/p[2]/a", "mine")

    interview.answer("/data/n", 1)
    interview.answer("/data/n", 2)

    assert values(interview, "a") == ["new", "mine"]


def test_a_count_may_follow_how_many_there_are_of_something_else() -> None:
    form = small_form(
        "",
        "<p><a/></p><k><b/></k>",
        "<repeat nodeset='/data/p'/><repeat nodeset='/data/k' jr:count='count(/data/p) * 2'/>",
    )
    interview = Interview(form)

    interview.add("/data/p")

    assert len(values(interview, "b")) == 4
    interview.remove("/data/p[1]")
    assert len(values(interview, "b")) == 2


def test_answers_that_no_instance_has_are_kept_aside() -> None:
    interview = Interview(PEOPLE, {"/data/p[3]/age": "9"})

    assert values(interview, "age") == []
    assert interview.unknown == {"/data/p[3]/age": "9"}


def test_an_answer_costs_only_its_own_instance() -> None:
    interview = household(*range(30))
    interview.nodes()

    interview.answer("/data/p[7]/name", "x")
    gone = {one for one in interview._sheet.cells.at if one not in interview._states}

    assert gone >= {"/data/p[7]/name"}
    assert not any(path.endswith(("/age", "/adult", "/job")) for path in gone)


def test_a_wrong_answer_is_told_in_its_instance_alone() -> None:
    interview = household(40, 130)

    assert interview.state("/data/p[1]/age").valid
    assert not interview.state("/data/p[2]/age").valid


def test_an_interview_with_repeats_goes_on_where_it_stopped() -> None:
    first = household(40, 12, 19)
    first.answer("/data/p[3]/name", "Болат")

    second = Interview(PEOPLE, first.to_answers())

    assert second.to_answers() == first.to_answers()
    assert second.kept("/data/p[3]/name") == "Болат"


def test_every_question_of_an_interview_is_known_to_its_form() -> None:
    interview = household(40, 12)
    form = interview.form

    assert [path for path in form.nodes if path.endswith("/age")] == [
        "/data/p[1]/age",
        "/data/p[2]/age",
    ]
    assert form.nodes["/data/p[2]/age"].parent == "/data/p[2]"
    assert {path: interview.kept(path) for path in form.nodes if interview.kept(path)}


def test_a_form_with_repeats_can_be_asked_what_it_rates() -> None:
    assert criteria(BY_HAND) == []


def test_instances_are_added_and_taken_away_by_hand() -> None:
    interview = Interview(BY_HAND)
    (place, inner) = interview.repeated()
    assert (place.path, place.many, place.more) == ("/data/p", 1, True)
    assert (inner.path, inner.many) == ("/data/p[1]/k", 1)

    assert interview.add("/data/p") == "/data/p[2]"
    assert interview.add("/data/p[2]/k") == "/data/p[2]/k[1]"
    assert interview.add("/data/p[2]/k") == "/data/p[2]/k[2]"
    assert values(interview, "name") == ["first", "no 2"]
    assert values(interview, "both") == ["first ", "no 2 ball", "no 2 ball"]
    assert interview.state("/data/toys").value == "3"

    interview.answer("/data/p[2]/k[2]/toy", "doll")
    interview.remove("/data/p[2]/k[1]")
    assert values(interview, "toy") == ["", "doll"]
    interview.remove("/data/p[1]")
    assert values(interview, "both") == ["no 2 doll"]
    assert interview.state("/data/toys").value == "1"


def test_instances_added_by_hand_come_back_with_their_answers() -> None:
    first = Interview(BY_HAND)
    first.add("/data/p")
    first.add("/data/p[2]/k")
    first.answer("/data/p[2]/k[1]/toy", "car")

    second = Interview(BY_HAND, first.to_answers())

    assert second.to_answers() == first.to_answers()


def test_those_without_an_answer_come_back_and_those_taken_out_do_not() -> None:
    before = Interview(BY_HAND)
    before.add("/data/p")
    before.remove("/data/p[1]/k[1]")
    before.answer("/data/p[2]/name", None)
    assert before.counts() == {"/data/p": 2, "/data/p[1]/k": 0, "/data/p[2]/k": 0}

    after = Interview(BY_HAND, before.to_answers(), counts=before.counts())

    assert after.counts() == before.counts()
    assert after.state("/data/toys").value == "0"


def test_many_instances_come_back_at_the_cost_of_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each numbering goes over all cells: one for each instance would let a laptop wait."""
    numbered: list[int] = []
    number = Cells.number

    def counted_number(cells: Cells) -> None:
        numbered[-1] += 1
        number(cells)

    monkeypatch.setattr(Cells, "number", counted_number)
    for many in (2, 40):
        numbered.append(0)
        toys = [(place, one) for place in range(1, many + 1) for one in (1, 2)]
        answers = {f"/data/p[{place}]/k[{one}]/toy": f"{place}" for place, one in toys}

        interview = Interview(BY_HAND, answers)

        assert interview.unknown == {}
        assert values(interview, "toy") == [*answers.values()]
        assert interview.state("/data/toys").value == str(2 * many)

    few, more = numbered
    assert few == more


@pytest.mark.parametrize("path", ["/data", "/data/q", "/data/p[9]/k", "/data/p[1]/name", "", "/"])
def test_nothing_else_can_be_added_or_taken_away(path: str) -> None:
    interview = Interview(BY_HAND)

    with pytest.raises(UserError):
        interview.add(path)
    with pytest.raises(UserError):
        interview.remove(path)


def test_what_an_answer_counts_nobody_adds_by_hand() -> None:
    interview = household(3)

    with pytest.raises(UserError):
        interview.add("/data/p")
    with pytest.raises(UserError):
        interview.remove("/data/p[1]")


def test_what_the_form_fixes_nobody_adds_by_hand() -> None:
    form = small_form(
        "", "<p><a/></p><p><a/></p>", "<repeat nodeset='/data/p' jr:noAddRemove='true()'/>"
    )
    interview = Interview(form)

    assert [one.many for one in interview.repeated()] == [2]
    with pytest.raises(UserError):
        interview.add("/data/p")


def test_a_count_without_measure_is_told_and_bounded() -> None:
    form = small_form(
        "",
        "<n/><p><a/><b/><c/><d/></p>",
        "<input ref='/data/n'/><repeat nodeset='/data/p' jr:count='/data/n'/>",
    )
    interview = Interview(form)

    interview.answer("/data/n", 999_999_999)

    assert len(interview.nodes()) <= MOST
    assert not interview.complete()
    assert "10000" in interview.state("/data").message.words("en")
    interview.answer("/data/n", 1)
    assert interview.state("/data").valid


def test_a_choice_of_what_was_listed_in_a_repeat() -> None:
    form = small_form(
        "<bind nodeset='/data/p/told' calculate=\"jr:choice-name(../friend, ' ../friend ')\"/>",
        "<p><name/><friend/><told/></p><p><name/><friend/><told/></p>",
        "<repeat nodeset='/data/p'><input ref='/data/p/name'/><select1 ref='/data/p/friend'>"
        "<itemset nodeset=\"/data/p[./name != '']\"><value ref='name'/><label ref='name'/></itemset>"
        "</select1></repeat>",
    )
    interview = Interview(form)
    interview.answer("/data/p[1]/name", "Айгүл")

    interview.answer("/data/p[2]/friend", "Айгүл")

    assert [one.value for one in interview.state("/data/p[2]/friend").choices] == ["Айгүл"]
    assert interview.state("/data/p[2]/told").value == "Айгүл"


def counted(interview: Interview) -> object:
    return [(one.path, one.value, one.relevant, one.valid) for one in interview.nodes()]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("n"), st.integers(0, 4)),
            st.tuples(st.sampled_from(["age", "name", "job"]), st.integers(0, 130)),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_step_by_step_and_all_at_once_agree(steps: list[tuple[str, int]], random) -> None:
    step_by_step = Interview(PEOPLE)
    for name, value in steps:
        many = len(values(step_by_step, "age"))
        if name == "n":
            step_by_step.answer("/data/n", value)
        elif many:
            step_by_step.answer(f"/data/p[{random.randint(1, many)}]/{name}", value)

    nodes = step_by_step.form.nodes
    at_once = Interview(PEOPLE, {path: step_by_step.kept(path) for path in nodes})

    assert counted(step_by_step) == counted(at_once)
    assert whole(step_by_step.form) == whole(at_once.form)


def whole(form: Form) -> list[str]:
    return list(form.nodes)


COUNTED = small_form(
    "<bind nodeset='/data/p/age' type='int'/><bind nodeset='/data/all' type='int' calculate='count(/data/p)'/>"
    "<bind nodeset='/data/p/later' type='int' calculate='../age + 1'/>",
    "<p jr:template=''><age/><later/></p><all/>",
    "<repeat nodeset='/data/p'><input ref='/data/p/age'/><input ref='/data/p/later'/></repeat><input ref='/data/all'/>",
)


def told_otherwise() -> Interview:
    """Two people, their number that was written over, and so was what is worked out of the first one."""
    interview = Interview(COUNTED)
    while len(values(interview, "age")) < 2:
        interview.add("/data/p")
    for path, value in {"p[1]/age": 4, "p[2]/age": 5, "all": 100, "p[1]/later": 50}.items():
        interview.answer(f"/data/{path}", value)
    return interview


def test_a_number_that_was_written_over_is_worked_out_anew_when_somebody_comes_or_goes() -> None:
    came, went = told_otherwise(), told_otherwise()

    came.add("/data/p")
    went.remove("/data/p[2]")

    assert (came.state("/data/all").value, went.state("/data/all").value) == ("3", "1")
    assert came.state("/data/p[1]/later").value == went.state("/data/p[1]/later").value == "50"
    goes_on = Interview(COUNTED, told_otherwise().all_kept())
    assert goes_on.state("/data/all").value == "100"


def test_a_number_that_was_written_over_is_there_again_where_nobody_was_written_down() -> None:
    form = small_form(
        "<bind nodeset='/data/all' type='int' calculate='count(/data/p)'/>",
        "<p jr:template=''><age/></p><p><age/></p><all/>",
        "<repeat nodeset='/data/p'><input ref='/data/p/age'/></repeat><input ref='/data/all'/>",
    )
    before = Interview(form)
    before.remove("/data/p[1]")
    before.answer("/data/all", 100)

    after = Interview(form, before.all_kept(), counts=before.counts())

    assert (after.counts(), after.state("/data/all").value) == ({"/data/p": 0}, "100")


def test_a_number_that_was_written_over_says_how_many_there_are_when_the_interview_goes_on() -> (
    None
):
    form = small_form(
        "<bind nodeset='/data/n' type='int' calculate='1 + 0'/>",
        "<n/><p><age/></p>",
        "<input ref='/data/n'/><repeat nodeset='/data/p' jr:count='/data/n'><input ref='/data/p/age'/></repeat>",
    )
    before = Interview(form)
    before.answer("/data/n", 3)
    for number in (1, 2, 3):
        before.answer(f"/data/p[{number}]/age", 20 * number)

    for answers in (before.all_kept(), dict(reversed(before.all_kept().items()))):
        assert Interview(form, answers).to_answers() == before.to_answers()


def test_what_was_written_over_of_one_person_stays_whatever_another_one_answers() -> None:
    interview = told_otherwise()

    interview.answer("/data/p[2]/age", 6)
    interview.speak("ru")  # all is worked out anew
    assert values(interview, "later") == ["50", "7"]

    interview.answer("/data/p[1]/age", 9)
    assert values(interview, "later") == ["10", "7"]
