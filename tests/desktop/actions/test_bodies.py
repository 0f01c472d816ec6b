"""Bodies and partners: kept for good, offered while they are in force."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.actions import bodies, directory, officer
from desktop.actions.bodies import COMPETENT, ORGANISATION
from sync.errors import Refused
from sync.records import KINDS
from sync.records.values import Wrong
from tests.ui.desks import SOZAQ, record
from ui.models.record_page import blank_page, read_links, read_page

TODAY = date.today()  # noqa: DTZ011  # the day of the place
BEFORE, AFTER = (
    (TODAY - timedelta(days=3)).isoformat(),
    (TODAY + timedelta(days=3)).isoformat(),
)


def write(coordinator, name, sort="department", **more):
    return bodies.save(coordinator, ORGANISATION, {"name": name, "sort": sort, **more})[0].record


@pytest.mark.parametrize(
    ("days", "is_offered"),
    [
        ({}, True),
        ({"since": BEFORE}, True),
        ({"since": TODAY.isoformat(), "until": TODAY.isoformat()}, True),
        ({"until": AFTER}, True),
        ({"since": AFTER}, False),
        ({"until": BEFORE}, False),
    ],
)
def test_what_is_in_force_today_is_offered_and_all_is_listed(desk, coordinator, days, is_offered):
    write(coordinator, "Жер бөлімі", **days)

    assert bodies.offered(desk, "department") == (["Жер бөлімі"] if is_offered else [])
    assert [one.name for one in bodies.list_bodies(coordinator, ORGANISATION)] == ["Жер бөлімі"]


def test_partners_and_bodies_are_offered_apart_and_in_their_district(desk, coordinator):
    write(coordinator, "Ашық алаң", "partner")
    write(coordinator, "Аурухана", "service", territory=SOZAQ)
    write(coordinator, "Сайрам бөлімі", territory="615200000")

    assert bodies.offered(desk, "partner") == ["Ашық алаң"]
    assert bodies.offered(desk, "department") == ["Аурухана"]
    assert bodies.offered(coordinator, "department") == ["Аурухана", "Сайрам бөлімі"]


def test_forms_offer_them_at_the_fields_that_name_a_body(desk, coordinator):
    write(coordinator, "Жер бөлімі")
    write(coordinator, "Ашық алаң", "partner")

    links = {kind: read_links(desk, KINDS[kind]) for kind in ("issue", "finding")}

    assert links["issue"]["handed_to"] == [("Жер бөлімі", "Жер бөлімі")]
    assert links["finding"]["partner"] == [("Ашық алаң", "Ашық алаң")]


def test_former_ones_come_last_and_are_found_by_place(coordinator):
    write(coordinator, "Аурухана", "service", until=BEFORE)
    write(coordinator, "Әкімшілік", territory=SOZAQ)
    write(coordinator, "Білім бөлімі")

    def names(words=""):
        return [one.name for one in bodies.list_bodies(coordinator, ORGANISATION, words)]

    assert names() == ["Әкімшілік", "Білім бөлімі", "Аурухана"]
    assert names(coordinator.pack.district(SOZAQ).words()[:4]) == ["Әкімшілік"]


def test_what_is_missing_or_backwards_is_said_at_its_field(coordinator):
    with pytest.raises(Wrong) as lacking:
        bodies.save(coordinator, ORGANISATION, {})
    assert lacking.value.problems.keys() == {"name", "sort"}

    id = write(coordinator, "Жер бөлімі", since=TODAY.isoformat())
    with pytest.raises(Wrong) as backwards:
        bodies.save(coordinator, ORGANISATION, {"until": BEFORE}, id)
    assert backwards.value.problems.keys() == {"until"}
    assert bodies.save(coordinator, ORGANISATION, {"until": AFTER}, id)


def test_only_who_keeps_the_directory_writes_it(desk):
    with pytest.raises(Refused):
        write(desk, "Жер бөлімі")


def test_a_report_is_handed_to_bodies_that_are_in_force(coordinator):
    for name, days in (
        ("Бұрынғы", {"until": BEFORE}),
        ("Қазіргі", {}),
        ("Болашақ", {"since": AFTER}),
    ):
        bodies.save(coordinator, COMPETENT, {"name": name, **days})

    assert [one.name for one in officer.bodies(coordinator)] == ["Қазіргі"]


def test_who_may_be_responsible_is_a_body_or_an_official_in_office(desk, coordinator):
    write(coordinator, "Жер бөлімі")
    write(coordinator, "Ашық алаң", "partner")
    for name, more in (("Асан Ібрай", {}), ("Бұрынғы Әкім", {"until": BEFORE}), ("", {})):
        directory.save(
            coordinator, {"name": name, "post": "Аудан әкімі", "body": "akimat", **more}
        )

    assert bodies.offered(desk, "responsible") == [
        "Асан Ібрай, Аудан әкімі",
        "Аудан әкімі",
        "Жер бөлімі",
    ]


@pytest.mark.parametrize(
    ("kind", "part", "field"),
    [
        ("meeting", "decision", "responsible"),
        ("work_plan", "measure", "responsible"),
        ("issue", "step", "body"),
    ],
)
def test_a_part_is_offered_what_its_field_asks_for(desk, coordinator, kind, part, field):
    write(coordinator, "Жер бөлімі")
    new = blank_page(desk, kind, UUID(int=1))
    saved = read_page(desk, kind, record(desk, kind, {}))

    for page in (new, saved):
        assert page.part_links[part][field] == [("Жер бөлімі", "Жер бөлімі")]
