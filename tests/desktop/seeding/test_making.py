"""Invented records fit their declarations and each other, are of nobody, and come again with their seed."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest

from desktop.seeding import material
from desktop.seeding.drawing import draw
from desktop.seeding.making import Maker, Wanted
from desktop.seeding.regional import shared
from desktop.seeding.scene import Scene
from sync.check_digits import doubt
from sync.places import load_pack
from sync.records import KINDS
from sync.records.base import SYSTEM, Part, fields
from sync.records.consented import kept_by_consent, unconsented
from sync.records.values import check_values, missing

UNTIL = date(2026, 11, 29)
DISTRICTS = ("615600000", "615200000")
NOT_MADE = {"attachment"}  # files come with the profile
pack = load_pack()


def made(count, seed=1, **more):
    maker = Maker(Wanted(count, UNTIL, DISTRICTS, seed=seed, **more), pack, {}, {"f": "Үй аралау"})
    beginning = [*shared(maker), *maker.group(DISTRICTS[0])]
    return [*beginning, *maker.make(count)]


@pytest.fixture(scope="module")
def changes():
    return made(4000)


def said(change):
    return {n: v for n, v in change.fields.items() if n not in SYSTEM and v is not None}


def test_every_kind_has_records_and_there_are_as_many_as_were_asked_for(changes):
    assert {one.kind for one in changes} == KINDS.keys() - NOT_MADE
    assert (
        len(changes)
        == 4000 + sum(1 for _ in shared(Maker(Wanted(1, UNTIL, DISTRICTS), pack))) + 10
    )


def test_each_fits_its_declaration_and_could_have_been_sent(changes):
    for one in changes:
        record = KINDS[one.kind]
        check_values(record, said(one))
        if one.fields.get("review") not in ("draft", None):
            assert missing(record, said(one)) == {}, (one.kind, said(one))
        if issubclass(record, Part):
            assert one.parent is not None


def test_the_same_seed_makes_the_same_and_another_one_others():
    def told(seed):
        return [(one.kind, one.record, one.fields) for one in made(300, seed)]

    assert told(3) == told(3)
    assert told(3) != told(4)


def test_who_told_is_kept_only_by_a_consent_that_stands(changes):
    consented = [one for one in changes if KINDS[one.kind].consent_field]
    named = [one for one in consented if said(one).keys() & kept_by_consent(KINDS[one.kind])]
    ended = [one for one in consented if "consent_ended" in said(one)]

    assert len(named) > len(consented) / 3
    assert ended
    assert not [one for one in consented if unconsented(KINDS[one.kind], said(one))]


def test_no_phone_and_no_number_is_anybodys(changes):
    phones = [
        v for one in changes for n, v in said(one).items() if n in ("phone", "applicant_phone")
    ]
    checked = [
        doubt(field.check, said(one)[field.name])
        for one in changes
        for field in fields(KINDS[one.kind])
        if field.check and field.name in said(one)
    ]

    assert len(phones) > 100
    assert {phone[:5] for phone in phones} == {material.CODE}
    assert len(checked) > 20
    assert None not in checked


def test_days_follow_each_other_and_what_is_done_is_not_to_come(changes):
    to_come = {"due_on", "until", "ends_on", "prolonged_to", "warranty_until", "day", "starts_on"}
    parents = {one.record: one for one in changes}
    for one in changes:
        for field in fields(KINDS[one.kind]):
            if field.type is date and field.name not in to_come and field.name in said(one):
                assert said(one)[field.name] <= UNTIL.isoformat(), (one.kind, field.name)
        if one.parent:
            assert parents[one.parent].at.date() <= one.at.date()


def test_a_link_names_a_record_that_was_made_before(changes):
    seen = {"f"}
    linked = Counter()
    for one in changes:
        for field in fields(KINDS[one.kind]):
            if field.link and (named := said(one).get(field.name)):
                assert named in seen
                linked[field.link] += 1
        seen.add(str(one.record))
    assert {"project", "meeting", "reception", "form"} <= linked.keys()


def test_some_promised_questions_became_issues_and_some_terms_are_over(changes):
    questions = {said(one)["text"]: one.parent for one in changes if one.kind == "question"}
    issues = [said(one) for one in changes if one.kind == "issue"]
    became = [one for one in issues if one.get("meeting") == str(questions.get(one["essence"]))]
    late = [
        one
        for one in issues
        if one["due_on"] < UNTIL.isoformat() and one["state"] in ("handed_over", "in_work")
    ]

    assert len(became) > len(issues) / 10
    assert 0.01 < len(late) / len(issues) < 0.2


def test_numbers_of_issues_have_no_doubles(changes):
    numbers = [said(one)["number"] for one in changes if one.kind == "issue"]
    assert len(numbers) == len(set(numbers)) > 100


def test_days_and_languages_are_spread_as_people_work(changes):
    days = Counter(one.at.date() for one in changes if one.kind == "issue")
    by_weekday = Counter()
    for day, count in days.items():
        by_weekday[day.weekday()] += count
    texts = " ".join(said(one).get("essence", "") for one in changes)

    assert max(days) - min(days) > timedelta(days=300)
    assert by_weekday[0] > 3 * by_weekday[6]
    assert texts.count("ң") > 100
    assert texts.count("Просим") > 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_which_nothing_was_said_has_values_by_its_declaration_alone(kind):
    for seed in range(20):
        scene = Scene(
            Random(seed), pack, DISTRICTS[0], "615647100", UNTIL, UNTIL, "ru", lambda _: ""
        )
        values = draw(KINDS[kind], scene)
        check_values(KINDS[kind], values)
        required = {
            f.name for f in fields(KINDS[kind]) if f.required and not f.link and not f.apart
        }
        unmade = {f.name for f in fields(KINDS[kind]) if f.type in (list, dict)}
        assert required - unmade <= values.keys()


def test_one_kind_alone_and_not_one_record_more():
    maker = Maker(Wanted(50, UNTIL, DISTRICTS, kinds=("issue",)), pack)
    alone = list(maker.make(50))
    assert Counter(one.kind for one in alone).keys() <= {"issue", "step", "comment"}
    assert len(alone) == 50
    assert list(islice(maker.make(0), 1)) == []


def test_what_was_numbered_before_is_not_numbered_again():
    wanted = Wanted(30, UNTIL, DISTRICTS[:1], kinds=("issue",))
    maker = Maker(replace(wanted, days=5), pack)
    maker.numbered("6156-2026-00041")
    numbers = [said(one)["number"] for one in maker.make(30) if one.kind == "issue"]
    assert numbers[0] == "6156-2026-00042"
