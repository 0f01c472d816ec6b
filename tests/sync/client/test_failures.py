"""Each way in which a server is not reached has its own words, and says that nothing is lost."""

import pytest

from sync.client import failures
from sync.errors import Offline, Refused, SignInAgain, TooOld


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (407, failures.PROXY_PASSWORD),
        (502, failures.BEHIND),
        (503, failures.BEHIND),
        (504, failures.BEHIND),
        (200, failures.STRANGER),
        (302, failures.STRANGER),
        (403, failures.STRANGER),
        (511, failures.STRANGER),
    ],
)
def test_what_stands_before_the_server_is_not_the_server(status, words):
    assert failures.elsewhere(status).text == words


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SignInAgain),
        (408, Offline),
        (426, TooOld),
        (500, Offline),
        (503, Offline),
        (403, Refused),
        (422, Refused),
    ],
)
def test_the_servers_own_problems_are_told_apart(status, error):
    assert type(failures.problem(status, b'{"detail": "why"}')) is error


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"{}"])
def test_a_refusal_without_a_reason_is_one_too(content):
    assert "refused" in failures.problem(400, content).words("en")


def test_every_sentence_says_what_is_safe():
    sentences = [
        text for name, text in vars(failures).items() if name.isupper() and " " in str(text)
    ]

    assert len(sentences) >= 9
    assert all("safe" in text for text in sentences if isinstance(text, str))
