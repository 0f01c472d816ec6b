"""The way through pages and through what repeats: nothing is lost, and it always ends."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.surveys.interview import Interview
from sync.errors import UserError
from tests.desktop.surveys.small import small_form
from tests.ui.walked_forms import walked_forms
from ui.models.walk import Walk

TODAY = date(2026, 11, 28)
HOUSE = small_form(
    "<bind nodeset='/data/g/rooms' type='int'/>"
    "<bind nodeset='/data/g/water' relevant='../rooms &gt; 1' required='true()'/>"
    "<bind nodeset='/data/p/age' type='int'/>"
    "<bind nodeset='/data/p/job' relevant='../age &gt; 17'/>",
    "<g><rooms/><water/></g><p jr:template=''><name/><age/><job/><k jr:template=''><toy/></k></p>"
    "<p><name/><age/><job/><k><toy/></k></p><end/>",
    "<group ref='/data/g' appearance='field-list'><label>House</label>"
    "<input ref='/data/g/rooms'><label>Rooms</label></input>"
    "<input ref='/data/g/water'><label>Water</label></input></group>"
    "<group ref='/data/p'><label>Person</label><repeat nodeset='/data/p'>"
    "<input ref='/data/p/name'><label>Name</label></input>"
    "<input ref='/data/p/age'><label>Age</label></input>"
    "<input ref='/data/p/job'><label>Job</label></input>"
    "<group ref='/data/p/k'><label>Toy</label><repeat nodeset='/data/p/k'>"
    "<input ref='/data/p/k/toy'><label>Toy</label></input></repeat></group></repeat></group>"
    "<input ref='/data/end'><label>End</label></input>",
)


def walk(form=HOUSE, **kept):
    at = kept.pop("at", None)
    return Walk(Interview(form, language="kk", today=TODAY, **kept), at)


def route(walk):
    """The first paths of all pages, in order."""
    return [page.first.removeprefix("/data/") for page in walk.interview.pages()]


def test_what_is_asked_together_is_one_page_and_follows_its_own_answers():
    asked = walk()
    step = asked.step()
    assert [node.label for node in step.nodes] == ["Rooms"]
    assert step.section == "House"

    asked.type("3")

    assert [node.label for node in asked.step().nodes] == ["Rooms", "Water"]
    assert asked.step().total == step.total


def test_a_page_is_left_only_when_all_of_it_is_right():
    asked = walk()
    asked.type("3")

    assert asked.go_on() is not None
    assert asked.at == "/data/g/water"
    asked.type("well")
    assert asked.go_on() is None
    assert asked.at == "/data/p[1]/name"


def test_after_the_last_of_what_repeats_comes_the_place_to_add():
    asked = walk()

    assert route(asked) == ["g/rooms", "p[1]/name", "p[1]/age", "p[1]/k[1]/toy", "p[1]/k", "p", "end"]  # fmt: skip
    asked.go_to("/data/p")
    asked.add("/data/p")
    assert asked.at == "/data/p[2]/name"
    assert route(asked)[5:] == ["p[2]/name", "p[2]/age", "p[2]/k", "p", "end"]


def test_one_of_what_repeats_is_known_by_its_first_answer_and_its_number():
    asked = walk()
    asked.go_to("/data/p[1]/name")
    asked.type("Айгүл")
    asked.add("/data/p")

    one, two = (asked.instance(f"/data/p[{n}]") for n in (1, 2))

    assert (one.label, one.number, one.total, one.name) == ("Person", 1, 2, "Айгүл")
    assert (two.number, two.name) == (2, "")
    assert "Айгүл" in one.words()
    asked.go_to("/data/p[1]/k[1]/toy")
    assert asked.step().section.count("·") == 2  # the person, her name, the toy


def test_what_was_taken_out_comes_back_where_it_was():
    asked = walk()
    asked.go_to("/data/p[1]/name")
    asked.type("Айгүл")
    for name in ("Болат", "Сара"):
        asked.add("/data/p")
        asked.type(name)
    before = asked.kept()

    removed = asked.remove("/data/p[2]")
    assert asked.at == "/data/p"
    names = [one.name for one in asked.step().roster.instances]
    assert names == ["Айгүл", "Сара"]
    asked.put_back(removed)

    assert asked.kept() == before


def test_an_inner_one_comes_back_only_while_its_holder_is_there():
    asked = walk()
    removed = asked.remove("/data/p[1]/k[1]")
    asked.remove("/data/p[1]")

    with pytest.raises(UserError):
        asked.put_back(removed)
    assert route(asked) == ["g/rooms", "p", "end"]


def test_none_at_all_can_be_written_down():
    asked = walk()

    asked.remove("/data/p[1]")

    assert asked.at == "/data/p"
    assert asked.step().roster.instances == ()
    assert asked.go_on() is None
    assert asked.at == "/data/end"


def test_those_without_an_answer_are_there_after_a_crash_and_those_taken_out_are_not():
    asked = walk()
    asked.add("/data/p")
    asked.add("/data/p[2]/k")
    asked.remove("/data/p[1]/k[1]")

    again = walk(answers=asked.kept(), counts=asked.interview.counts(), at=asked.at)

    assert again.at == asked.at
    assert route(again) == route(asked)
    assert again.interview.counts() == {"/data/p": 2, "/data/p[1]/k": 0, "/data/p[2]/k": 1}


def test_the_summary_is_gone_on_with_after_a_crash():
    asked = walk()
    while asked.step() is not None:
        assert asked.go_on() is None

    assert walk(answers=asked.kept(), at=asked.at).step() is None


def test_back_leads_through_the_questions_of_a_page_and_to_the_last_of_the_page_before():
    asked = walk()
    asked.type("3")
    asked.type("well", "/data/g/water")
    asked.go_on()

    assert asked.back(last=True)
    assert asked.at == "/data/g/water"
    assert asked.back_here()
    assert asked.at == "/data/g/rooms"
    assert not asked.back_here()
    assert not asked.back()


def test_what_only_heads_a_table_is_no_question():
    items = "<item><label>Yes</label><value>y</value></item>"
    form = small_form(
        "<bind nodeset='/data/t/a' required='true()'/>",
        "<t><head/><a/></t><alone/>",
        f"<group ref='/data/t' appearance='field-list'><select1 ref='/data/t/head' appearance='label'>{items}"
        f"</select1><select1 ref='/data/t/a' appearance='list-nolabel'>{items}</select1></group>"
        f"<select1 ref='/data/alone' appearance='label'>{items}</select1>",
    )
    asked = walk(form)

    assert asked.at == "/data/t/a"
    assert [line.node.path for line in asked.summary()] == ["/data/t/a"]
    assert len(asked.interview.pages()) == 1


class Hands:
    """Does what a person may do at any moment of an interview."""

    def __init__(self, form):
        self.form, self.walk, self.taken = form, walk(form), []

    def do(self, key, number):
        """One act; what must not lose an answer is looked at."""
        before = self.walk.kept()
        getattr(self, key)(number)
        if key in ("on", "back", "speak", "crash", "out_and_back"):
            assert self.walk.kept() == before
        step = self.walk.step()
        assert step is None or (1 <= step.number <= step.total)
        assert step is None or step.roster or step.node.shown

    def on(self, _):
        if not self.walk.go_on_here():
            self.walk.go_on()

    def back(self, _):
        if not self.walk.back_here():
            self.walk.back(last=True)

    def choose(self, number):
        self.walk.choose(number % 4)

    def type(self, number):
        step = self.walk.step()
        texts = {"integer": str(number), "text": str(number), "rank": "b a c"}
        if step and step.nodes and (text := texts.get(step.node.kind)):
            self.walk.type(text)
            assert self.walk.interview.kept(step.at) == text

    def go(self, number):
        """Anywhere: also to where one may add."""
        pages = self.walk.interview.pages()
        if pages:
            page = pages[number * len(pages) // 10]
            self.walk.go_to(page.first)
            assert self.walk.step().page == page

    def add(self, number):
        if (there := self.there(number)) is not None and len(there.instances) < 4:
            assert self.walk.add(there.place).startswith(there.place)

    def out(self, number):
        if (there := self.there(number)) is not None and there.instances:
            path = there.instances[number % len(there.instances)].path
            self.taken.append(self.walk.remove(path))

    def out_and_back(self, number):
        many = len(self.taken)
        self.out(number)
        if len(self.taken) > many:
            self.walk.put_back(self.taken.pop())

    def undo(self, _):
        with suppress(UserError):  # what it belonged to was taken out
            if self.taken:
                self.walk.put_back(self.taken.pop())

    def speak(self, number):
        self.walk.interview.speak(("kk", "ru")[number % 2])

    def crash(self, _):
        counts, at = self.walk.interview.counts(), self.walk.at
        self.walk = walk(self.form, answers=self.walk.kept(), counts=counts, at=at)
        self.taken.clear()
        assert (self.walk.interview.counts(), self.walk.at) == (counts, at)

    def there(self, number):
        """A place where one may add: to there."""
        places = [page.place for page in self.walk.interview.pages() if page.place]
        if not places:
            return None
        self.walk.go_to(places[number % len(places)])
        return self.walk.step().roster


ACTS = st.sampled_from(
    [*["on", "type"] * 4, "choose", "back", "go", "go", "add", "add", "out", "out_and_back", "undo", "speak", "crash"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    form=walked_forms(), acts=st.lists(st.tuples(ACTS, st.integers(0, 9)), min_size=8, max_size=40)
)
def test_no_walk_forth_and_back_loses_an_answer(form, acts):
    hands = Hands(form)
    for act, number in acts:
        hands.do(act, number)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=walked_forms())
def test_every_walk_ends(form):
    asked = walk(form)

    for _ in range(500):
        step = asked.step()
        if step is None:
            break
        for node in step.nodes:
            if node.kind in ("select_one", "select_multiple") and not node.value:
                asked.choose(1, node.path)
            elif node.kind == "rank":
                asked.type("a b c", node.path)
            elif not node.value:
                asked.type("1", node.path)
        if not asked.go_on_here():
            asked.go_on()  # a question that an answer brought is asked in the next round

    assert asked.step() is None
    assert asked.left() == []
