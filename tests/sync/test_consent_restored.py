"""A backup that knows nothing of a withdrawal: the names that it brings back go again."""

import pytest

from sync.records.consented import kept_by_consent
from sync.records.issue import Issue
from tests.erasing import LEA, told
from tests.loopback import AMA, BEN, EVA, raw, region_of
from tests.sync.test_erasure_restored import restore

NAMES = sorted(kept_by_consent(Issue))
FILLED = {"essence": "Су жоқ", "village": "615647100", "applicant": "Гүлсім", "phone": "+7701"}
GIVEN = {"consent_way": "signed", "consent_on": "2026-11-05", "consent_text": "applicant_1"}


def withdraw(laptop, issue):
    laptop.edit("issue", issue, consent_ended="2026-11-20", **dict.fromkeys(NAMES))


def names_at(laptop, issue):
    return {laptop.records()[issue][name] for name in NAMES}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("teller", [AMA, EVA])
def test_whoever_knows_of_it_tells_a_restored_server_though_an_end_names_no_field(teller, at_once):
    """A witness tells what is filled in; that a name is empty nobody tells but who emptied it."""
    with region_of(BEN, LEA, teller) as (ben, lea, knows):
        told(ben, lea, knows)
        issue = ben.edit("issue", ben.device, **FILLED, **GIVEN).record
        for laptop in (ben, lea, knows):
            laptop.sync()
        backup = raw(ben.region.store)
        withdraw(lea, issue)
        lea.sync()
        knows.sync()
        restore(ben.region, backup, at_once)

        for laptop in (knows, ben, knows):
            laptop.sync()

        for laptop in (knows, ben):
            assert names_at(laptop, issue) == {None}
            assert str(laptop.records()[issue]["consent_ended"]) == "2026-11-20"


def test_who_withdrew_it_tells_it_again():
    with region_of(BEN, LEA) as (ben, lea):
        told(ben, lea)
        issue = ben.edit("issue", ben.device, **FILLED, **GIVEN).record
        ben.sync()
        lea.sync()
        backup = raw(ben.region.store)
        withdraw(lea, issue)
        lea.sync()
        restore(ben.region, backup)

        for laptop in (lea, ben):
            laptop.sync()

        assert names_at(ben, issue) == names_at(lea, issue) == {None}
