"""A form that is used stays as it is also where its laptop did not know: two coordinators, one server."""

from datetime import date, timedelta

import pytest

from desktop.actions import attention, exchange, records
from desktop.profile import close_desk, open_desk
from sync.errors import Refused
from sync.person import REGION
from tests.profiles import PASSWORD, line, new_profile
from tests.servers import change

ASKED, OTHER = "<h:html>1</h:html>", "<h:html>2</h:html>"


@pytest.fixture
def dana(own_server, tmp_path):
    """A coordinator at an encrypted file, with a line to a real server."""
    profile = new_profile(tmp_path / "dana", own_server, "dana", "coordinator")
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    yield desk
    close_desk(desk)


def test_an_edit_of_a_form_by_which_somebody_opened_a_wave_meanwhile_is_kept_for_its_author(
    own_server, dana
):
    [form] = records.save(dana, "form", {"name": "Рейтинг", "xform": ASKED})
    exchange.exchange(dana)
    eset = own_server.laptop("eset", "coordinator")
    tomorrow = str(date.today() + timedelta(days=1))  # noqa: DTZ011
    days = {"starts_on": tomorrow, "ends_on": tomorrow}
    opened = change("wave", district=REGION, title="Күз", form=str(form.record), **days)
    assert eset.exchange(opened).refused == []

    records.save(dana, "form", {"xform": OTHER}, form.record)  # offline: nothing speaks against it
    report = exchange.exchange(dana)

    assert report.refused == 1
    assert records.show(dana, form.record)["xform"] == ASKED
    [held] = attention.held(dana)
    assert held.change.fields["xform"] == OTHER
    assert "“Күз” asks by this version" in held.reason
    assert "Publish a new version" in held.reason
    with pytest.raises(Refused, match="Күз"):  # now this laptop knows, too
        attention.retry(dana, held)
    assert len(attention.held(dana)) == 1
