"""Numbers of issues: the year in them is one that can be true."""

from datetime import UTC, datetime

import pytest

from sync.merge import Standing
from sync.server.numbers import Serials
from tests.servers import whole_issue


@pytest.mark.parametrize(
    ("received_on", "year"),
    [
        ("2026-11-05", 2026),
        ("2019-01-01", 2019),
        ("2018-12-31", 2026),
        ("0001-01-01", 2026),
        ("2027-01-01", 2026),
        ("9999-12-31", 2026),
        (None, 2026),
    ],
)
def test_the_year_is_that_of_receipt_where_it_is_plausible(server, received_on, year):
    issue = whole_issue(received_on=received_on)
    standing = Standing(
        kind="issue",
        record=issue.record,
        district=issue.district,
        fields=dict(issue.fields),
        touched={},
    )
    with server.service.writing(server.account("aidana")) as session:
        serials = Serials(session, issue.district, lambda: datetime(2026, 11, 24, tzinfo=UTC))
        serials.give(standing)
        serials.keep()

    assert standing.fields["number"] == f"6156-{year}-00001"
