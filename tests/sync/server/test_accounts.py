"""Enrolment, signing in, and what makes guessing hopeless."""

import os
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from sync.change import SyncRequest
from sync.errors import Refused, SignInAgain, UserError
from sync.server import accounts, admin, passwords, throttle
from sync.server.accounts import ALPHABET
from sync.server.passwords import Passwords
from sync.server.problems import Problem
from sync.server.tables import Account, Code, Device
from tests.servers import SOZAQ, HandClock, change

TRIES = 10_000 if os.environ.get("DALA_SOAK") else 400
PASSWORD = "тоғыз жолдың торабы"


@pytest.fixture
def clock():
    return HandClock()


def enrol(server, login="aidana", password=PASSWORD, code=None):
    return server.transport().enrol(code or server.code(login), password, "ноут")


def sign_in(server, login="aidana", password=PASSWORD, token=""):
    return server.transport(token).sign_in(login, password)


def device(server, enrolled):
    with server.service.store.reading() as session:
        return accounts.authenticate(session, enrolled.token).device


def revoke(server, whom):
    with server.service.store.writing.begin() as session:
        admin.revoke(session, str(whom))


def works(server, enrolled):
    return server.transport(enrolled.token).exchange(SyncRequest(cursors={}, changes=[]))


def test_a_code_binds_a_laptop_and_tells_whose_it_is(server):
    person = server.account("aidana")

    enrolled = enrol(server)

    assert enrolled.person == person
    assert list(enrolled.districts) == [SOZAQ]
    assert enrolled.region == "turkistan"
    assert works(server, enrolled)


def test_a_code_is_good_for_one_laptop(server):
    server.account("aidana")
    code = server.code("aidana")
    enrol(server, code=code)
    server.service.clock.go(minutes=15)

    with pytest.raises(Refused, match="not valid"):
        enrol(server, code=code)


def test_a_code_answers_again_when_the_reply_was_lost(server):
    server.account("aidana")
    code = server.code("aidana")
    lost = enrol(server, code=code)
    named = device(server, lost)
    server.service.clock.go(minutes=14)

    again = enrol(server, code=code)

    assert device(server, again) == named
    with pytest.raises(SignInAgain):
        works(server, lost)
    with server.service.store.reading() as session:
        assert len(session.scalars(select(Device)).all()) == 1


def test_a_used_code_answers_nobody_with_another_password(server):
    server.account("aidana")
    code = server.code("aidana")
    enrol(server, code=code)

    with pytest.raises(Refused, match="not right"):
        enrol(server, code=code, password="another password")


def test_a_used_code_does_not_open_a_laptop_that_was_closed(server):
    server.account("aidana")
    code = server.code("aidana")
    revoke(server, device(server, enrol(server, code=code)))

    with pytest.raises(Refused, match="not valid"):
        enrol(server, code=code)


def test_a_code_is_good_for_a_week(server):
    server.account("aidana")
    code = server.code("aidana")
    server.service.clock.go(days=7)

    with pytest.raises(Refused, match="not valid"):
        enrol(server, code=code)


def test_a_code_may_be_typed_carelessly(server):
    server.account("aidana")
    code = server.code("aidana")

    assert enrol(server, code=f" {code.lower().replace('-', ' ')} ")


def test_codes_hold_no_letter_that_is_read_as_another(server):
    server.account("aidana")
    code = server.code("aidana").replace("-", "")

    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01OILl")


def test_the_second_laptop_needs_the_password_of_the_first(server):
    server.account("aidana")
    enrol(server)
    code = server.code("aidana")

    with pytest.raises(Refused, match="password is not right"):
        enrol(server, password="something else", code=code)

    assert works(server, enrol(server, code=code))


def test_a_short_password_is_refused_and_costs_no_code(server):
    server.account("aidana")
    code = server.code("aidana")

    with pytest.raises(Refused, match="at least 8"):
        enrol(server, password="қысқа12", code=code)

    assert enrol(server, code=code)


def test_a_first_password_that_others_would_try_is_refused_and_costs_no_code(server):
    server.account("aidana")
    code = server.code("aidana")
    for poor in ("password1", "Aidana2024", "қазақстан"):
        with pytest.raises(Refused, match="among the first that others try"):
            enrol(server, password=poor, code=code)

    assert works(server, enrol(server, code=code))


def test_a_poor_password_from_before_still_binds_a_second_laptop(server, monkeypatch):
    server.account("aidana")
    with monkeypatch.context() as before:
        before.setattr(accounts, "require_unguessable", lambda *_: None)
        enrol(server, password="password1")

    assert works(server, enrol(server, password="password1"))


def test_signing_in_gives_the_same_laptop_a_new_token(server):
    server.account("aidana")
    first = enrol(server)
    named = device(server, first)
    visit = change("visit", people=3)
    request = SyncRequest(cursors={}, changes=[msgspec.structs.replace(visit, number=7)])
    server.transport(first.token).exchange(request)

    second = sign_in(server, " AIDANA ", token=first.token)

    assert second.token != first.token
    assert device(server, second) == named
    with server.service.store.reading() as session:
        assert session.scalars(select(Device.answered)).all() == [7]
    with pytest.raises(SignInAgain):
        works(server, first)


def test_a_laptop_whose_token_was_lost_with_a_backup_signs_in_again(server):
    server.account("aidana")
    enrolled = enrol(server)
    with server.service.store.writing.begin() as session:
        session.execute(update(Device).values(token="as it was in the backup"))

    assert works(server, sign_in(server, token=enrolled.token))


def test_a_laptop_that_was_closed_gets_no_token_by_the_password(server):
    server.account("aidana")
    enrolled = enrol(server)
    revoke(server, device(server, enrolled))

    with pytest.raises(Refused, match=r"laptop was closed.* stays here.* new code"):
        sign_in(server, token=enrolled.token)

    assert works(server, enrol(server))


def test_a_laptop_without_a_code_gets_no_token_by_the_password(server):
    for login in ("aidana", "nurlan"):
        server.account(login)
    enrol(server)
    other = enrol(server, "nurlan")

    for token in ("", "of another program", f"{uuid4().hex}.secret", other.token):
        with pytest.raises(Refused, match="does not know this laptop"):
            sign_in(server, token=token)


def test_a_closed_account_is_told_what_is_safe_and_what_to_do(server):
    server.account("aidana")
    enrolled = enrol(server)
    revoke(server, "aidana")

    with pytest.raises(Refused, match=r"account was closed.* stays on this laptop.* coordinator"):
        sign_in(server, token=enrolled.token)


def test_a_copied_laptop_is_closed_apart_from_the_first(server):
    server.account("aidana")
    first = enrol(server)
    line = server.transport(first.token)
    copied = line.rename().token
    with server.service.store.reading() as session:
        revoke(server, accounts.authenticate(session, copied).device)

    with pytest.raises(Refused, match="laptop was closed"):
        sign_in(server, token=copied)
    assert works(server, first)


def test_unknown_closed_and_wrong_get_the_same_answer(server):
    for login in ("aidana", "closed"):
        server.account(login)
        enrol(server, login)
    server.account("fresh")
    with server.service.store.writing.begin() as session:
        admin.revoke(session, "closed")

    answers = set()
    for login in ("aidana", "nobody", "closed", "fresh"):
        for _ in range(throttle.FREE + 2):
            with pytest.raises(Refused) as refused:
                sign_in(server, login, "wrong password")
            answers.add((login, str(refused.value)))

    by_login = {}
    for login, answer in answers:
        by_login.setdefault(login, set()).add(answer)
    assert by_login["aidana"] == by_login["nobody"] == by_login["closed"] == by_login["fresh"]
    assert len(by_login["aidana"]) == 2  # wrong, then too many


def test_unknown_closed_and_fresh_accounts_cost_the_same_work(server, monkeypatch):
    """One computation of Argon2id each, of the same cost: what takes no longer tells nothing."""
    for login in ("aidana", "closed"):
        server.account(login)
        enrol(server, login)
    server.account("fresh")
    revoke(server, "closed")
    server.service.passwords.warm_up()
    worked = []

    def verify(password, against):
        worked.append(against.split("$")[:4])  # algorithm, version and cost
        return Argon2id.verify_phc_encoded(password, against)

    monkeypatch.setattr(passwords, "Argon2id", SimpleNamespace(verify_phc_encoded=verify))
    work = {}
    for login in ("aidana", "nobody", "closed", "fresh"):
        worked.clear()
        with pytest.raises(Refused, match="not right"):
            sign_in(server, login, "wrong password")
        work[login] = [*worked]

    assert len(work["aidana"]) == 1
    assert work["aidana"] == work["nobody"] == work["closed"] == work["fresh"]


def test_any_number_of_tries_in_an_hour_look_at_fourteen_passwords(server, monkeypatch):
    server.account("aidana")
    enrol(server)
    seen = []
    monkeypatch.setattr(Passwords, "fits", lambda *_: bool(seen.append(None)))
    running = server.service
    for _ in range(TRIES):
        with pytest.raises(Problem):
            accounts.sign_in(
                running.store, running.passwords, "aidana", "wrong", "", running.clock
            )
        running.clock.go(hours=1 / TRIES)

    assert throttle.FREE <= len(seen) <= 14


def test_guessing_is_slowed_even_with_the_right_password(server):
    server.account("aidana")
    token = enrol(server).token
    for _ in range(throttle.FREE):
        with pytest.raises(Refused, match="not right"):
            sign_in(server, password="wrong password")

    with pytest.raises(Refused, match="Too many tries"):
        sign_in(server, token=token)
    server.service.clock.go(minutes=15)

    assert sign_in(server, token=token)


def test_an_hour_of_guessing_looks_at_few_passwords(server):
    server.account("aidana")
    enrol(server)
    seen = 0
    for _ in range(120):
        try:
            sign_in(server, password="wrong password")
        except Refused as refused:
            seen += "not right" in str(refused)
        server.service.clock.go(seconds=30)

    assert throttle.FREE <= seen <= 14


@given(st.integers(0, 10**6))
def test_waiting_grows_and_ends(tries):
    wait = throttle.wait_after(tries)

    assert timedelta(0) <= wait <= throttle.wait_after(tries + 1) <= throttle.LONGEST


def test_guesses_at_once_are_counted_before_they_are_looked_at(server, monkeypatch):
    server.account("aidana")
    enrol(server)
    seen = []

    def fits(self, password, kept):
        seen.append(password)
        if len(seen) < 20:  # while this one is looked at, the next comes
            with pytest.raises(Refused):
                sign_in(server, password="wrong password")
        return False

    monkeypatch.setattr(Passwords, "fits", fits)
    with pytest.raises(Refused):
        sign_in(server, password="wrong password")

    assert len(seen) == throttle.FREE


def test_no_secret_is_kept(server):
    server.account("aidana")
    code = server.code("aidana")
    enrolled = enrol(server, code=code)

    with server.service.store.reading() as session:
        rows = [
            vars(row)
            for table in (Account, Code, Device)
            for row in session.scalars(select(table))
        ]

    text = str(rows)
    assert "$argon2id$" in text
    assert not any(
        secret in text for secret in (PASSWORD, enrolled.token, code, code.replace("-", ""))
    )


def test_closing_an_account_ends_its_laptops_and_codes_and_reopening_starts_anew(server):
    server.account("aidana")
    enrolled, code = enrol(server), server.code("aidana")
    with server.service.store.writing.begin() as session:
        admin.revoke(session, "aidana")

    with pytest.raises(SignInAgain):
        works(server, enrolled)
    with pytest.raises(Refused):
        enrol(server, code=code)
    with (
        pytest.raises(UserError, match="no open account"),
        server.service.store.writing() as session,
    ):
        accounts.make_code(session, "aidana", server.service.now())

    with server.service.store.writing.begin() as session:
        admin.reopen(session, "aidana")
    assert works(server, enrol(server, password="another password"))


def test_the_real_cost_is_what_the_design_says():
    assert Passwords().hash("құпия сөз").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
