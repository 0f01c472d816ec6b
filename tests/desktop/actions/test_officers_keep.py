"""What nobody else has stays on an officer's laptop, whatever the server says of the role."""

from desktop.actions import exchange, officer
from tests.desktop.actions.test_former_officer import bolat, holds, role  # noqa: F401
from tests.desktop.actions.test_sealed_reports import officer_reads, write
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)


def test_a_server_that_keeps_the_list_from_a_new_officer_ends_no_key_that_the_custodians_signed(
    enrolled, region, server
):
    """Decision 42: the key is not the server's to end."""
    aigul, aidana = enrolled("integrity_officer"), enrolled()
    exchange.exchange(aigul)
    signed = region.appoint(server, officer.make_key(aigul))
    exchange.exchange(aidana)
    write(aidana)
    region.tell(server, None)  # to her alone it says nothing of the list
    role(server, aigul, "activist")
    exchange.exchange(aigul)
    role(server, aigul, "integrity_officer")
    region.tell(server, signed)
    exchange.exchange(aidana)

    assert [one.report.what for one in officer_reads(aigul) if one.report]


def test_a_report_that_was_on_its_way_to_the_only_officer_is_not_for_nobody(
    aigul, aidana, enrolled, region, server
):
    """Written without a network, sealed to the only officer there was; then the list changes."""
    write(aidana)
    new = enrolled("integrity_officer")
    exchange.exchange(new)
    region.appoint(server, officer.make_key(new), drop=(officer.standing(aigul).card.check,))
    exchange.exchange(aigul)
    officer.give_earlier(aigul)
    exchange.exchange(aigul)
    exchange.exchange(aidana)  # it comes now

    assert any(one.report for desk in (aigul, new) for one in officer_reads(desk))


def test_nothing_was_given_while_the_letters_were_away(aigul, aidana, enrolled, region, server):
    """The role was withdrawn by mistake, and comes back."""
    write(aidana)
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    new = enrolled("integrity_officer")
    exchange.exchange(new)
    region.appoint(server, officer.make_key(new), drop=())
    role(server, aigul, "activist")
    exchange.exchange(aigul)
    assert officer.give_earlier(aigul) == 0
    role(server, aigul, "integrity_officer")
    region.appoint(server, drop=(officer.standing(aigul).card.check,))
    exchange.exchange(aigul)

    assert any(one.report for desk in (aigul, new) for one in officer_reads(desk))
