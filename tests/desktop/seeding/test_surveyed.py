"""A seeded profile can be rated and looked at: a wave that was answered, one that runs, photos."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from desktop import training
from desktop.actions import attachments, censuses
from desktop.actions.seeding import ANSWERED, PHOTOGRAPHED, seed
from desktop.actions.surveys import list_waves
from desktop.folder import choose_profile
from desktop.profile import close_desk
from desktop.seeding.pictures import landscape
from sync.client import taken
from sync.records.issue import Issue

UNTIL = date(2026, 11, 29)


@pytest.fixture
def seeded(tmp_path):
    """A training profile of this role, with so many records."""
    desks = []

    def build(role, records):
        profile = choose_profile(tmp_path / role)
        profile.folder.mkdir(parents=True, exist_ok=True)
        desks.append(training.new_profile(profile, role=role))
        seed(desks[-1], records, until=UNTIL)
        return desks[-1]

    yield build
    for desk in desks:
        close_desk(desk)


def test_a_coordinator_rates_by_a_wave_that_was_answered_and_another_one_runs(seeded):
    desk = seeded("coordinator", 1200)

    [people] = censuses.list_censuses(desk)
    waves = list_waves(desk)
    with desk.store() as session:
        counted = taken.counts(session)

    [running] = [wave for wave in waves if wave.runs(UNTIL)]
    [ended] = [wave for wave in waves if not wave.runs(UNTIL)]
    assert ended.id in counted
    assert running.id not in counted
    assert counted[ended.id] == 1200 // ANSWERED
    assert people.people > 0


def test_who_does_not_rate_has_the_running_wave_and_no_answers(seeded):
    desk = seeded("activist", 600)

    with desk.store() as session:
        assert taken.counts(session) == {}
    assert any(wave.runs(UNTIL) for wave in list_waves(desk))
    assert not any(wave.runs(UNTIL + timedelta(days=60)) for wave in list_waves(desk))


def test_the_newest_issues_have_photos_that_open(seeded):
    desk = seeded("leader", 600)

    with desk.store() as session:
        newest = session.query(Issue.id).order_by(Issue.created.desc(), Issue.id).all()
    shown = [attachments.attachments(desk, id) for (id,) in newest[: 600 // PHOTOGRAPHED]]
    assert [len(of_one) for of_one in shown] == [1] * (600 // PHOTOGRAPHED)
    content = attachments.read(desk, shown[0][0]["sha256"])
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_pictures_are_the_same_for_the_same_number_and_others_for_another():
    assert landscape(3) == landscape(3)
    assert len({landscape(number) for number in range(6)}) == 6
