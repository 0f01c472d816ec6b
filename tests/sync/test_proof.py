"""Both ends prove what they say by a key that neither ever sent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.proof import ASKED, LENGTH, TOLD, line_key
from sync.sealing import Keys, new_seed
from sync.server.problems import Problem
from sync.server.proofs import Asked, Proven, require

LAPTOP, SERVER = Keys(bytes(range(32))), Keys(bytes(range(1, 33)))
LINE = line_key(LAPTOP.seed, SERVER.public.sealing)
plain = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


def asked(**other):
    request = Asked("POST", "/v1/sync?a=1", {name: f"its {name}" for name in ASKED}, b"{}")
    request = replace(request, **other)
    proof = LINE.of_request("0f", request.method, request.target, request.headers, request.body)
    return replace(request, headers={**request.headers, "Dala-Nonce": f"0f.{proof}"})


def refused(request):
    with pytest.raises(Problem) as caught:
        require(request, LINE)
    return caught.value.status


def test_both_ends_make_the_same_key_and_nobody_else_does():
    assert line_key(SERVER.seed, LAPTOP.public.sealing) == LINE
    assert line_key(new_seed(), SERVER.public.sealing) != LINE
    assert "secret" not in repr(LINE)


def test_a_request_as_it_was_said_is_taken_and_its_answer_proven():
    request = asked()

    proven = require(request, LINE)

    assert proven == Proven(LINE, request.proof)
    reply = proven.reply(200, {}, b"[]")
    assert reply == LINE.of_reply(request.proof, 200, {}, b"[]")
    assert len(reply) == LENGTH * 4 // 3 + 1


@given(plain, plain, st.binary(max_size=40), st.sampled_from(ASKED), plain)
def test_whatever_is_other_than_it_was_said_is_refused(method, target, body, name, value):
    said = asked()
    for other in (
        {"method": method},
        {"target": target},
        {"body": body},
        {"headers": {**said.headers, name: value}},
        {"headers": {**said.headers, "Dala-Nonce": f"{value}.{said.proof}"}},
    ):
        heard = replace(said, **other)
        if heard != said:
            assert refused(heard) == 401


@given(st.integers(100, 599), st.sampled_from(TOLD), plain, st.binary(max_size=40), plain)
def test_an_answer_is_proven_with_all_that_a_laptop_goes_by(status, name, value, body, request):
    true = LINE.of_reply("the request's", 200, {}, b"{}")

    assert LINE.of_reply(request, 200, {}, b"{}") != true
    assert (LINE.of_reply("the request's", status, {}, b"{}") != true) == (status != 200)
    assert (LINE.of_reply("the request's", 200, {name: value}, b"{}") != true) == bool(value)
    assert (LINE.of_reply("the request's", 200, {}, body) != true) == (body != b"{}")


def test_a_proof_of_a_request_is_none_of_an_answer():
    assert LINE.of_request("", "", "", {}, b"") != LINE.of_reply("", 0, {}, b"")


def test_who_gives_no_proof_where_one_is_due_is_refused_and_where_none_is_due_is_told():
    bare = replace(asked(), headers={"Dala-Nonce": "0f"})

    assert refused(bare) == 401
    assert refused(replace(bare, headers={})) == 401
    assert require(bare, None) is None
    with pytest.raises(Problem) as caught:
        require(asked(), None)
    assert caught.value.status == 428
