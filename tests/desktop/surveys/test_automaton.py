"""Patterns read in one pass: the same answers as Python's matcher, in time that does not explode."""

import re
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.surveys.xpath.automaton import BEGIN, END, automaton_of

SIGNS = st.sampled_from(
    [
        *"ab.|()*+?^$",
        "[ab]",
        "[^a]",
        "{2}",
        "{1,3}",
        "{,2}",
        "{2,}",
        r"\w",
        r"\s",
        r"\.",
        "(?:",
        "ә",
    ]
)


@given(
    st.lists(SIGNS, max_size=10).map("".join), st.lists(st.text("ab ә.", max_size=9), max_size=4)
)
@settings(max_examples=500)
def test_it_finds_what_pythons_matcher_finds(pattern: str, texts: list[str]) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    automaton = automaton_of(pattern)
    for text in texts if automaton is not None else ():
        assert automaton.search(text) == (compiled.search(text) is not None)


@pytest.mark.parametrize(
    ("pattern", "endless"),
    [
        ("(a+)+", True),
        ("(a*)*", True),
        ("(a|aa)*b", True),
        ("(a|a)*", True),
        ("(a|b|ab)*c", True),
        (r"(\w+ ?)+$", True),
        ("(x+x+)+y", True),
        ("(a+b)+", False),
        ("((a|b)+c)+", False),
        ("a*a*a*b", False),
        ("(.*a){5}", False),
        (r"^([0-9]+,)*[0-9]+$", False),
        (r"^[\w.+-]+@([\w-]+\.)+[a-z]{2,}$", False),
        (r"^[a-z0-9.]+@([a-z0-9-]+\.)+[a-z]{2,}$", False),
    ],
)
def test_what_can_be_read_in_ever_more_ways_is_endless(pattern: str, endless: bool) -> None:
    automaton = automaton_of(pattern)

    assert automaton is not None
    assert automaton.endless is endless


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)b", r"(a)\1", r"\bа", "a++", "(a{1,99}){9}", "$$", "(?i)a", "(" * 50 + ")" * 50, "^^a"],
)
def test_what_is_not_regular_or_too_large_has_no_automaton(pattern: str) -> None:
    assert automaton_of(pattern) is None


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+b", "(a?){90}b", "a*a*a*a*a*b"])
def test_a_long_text_is_read_once(pattern: str) -> None:
    automaton, began = automaton_of(pattern), thread_time()

    assert automaton is not None
    assert not automaton.search("a" * 30_000)
    assert automaton.search("a" * 30_000 + "b")
    assert thread_time() - began < 1


def test_what_stands_for_the_ends_is_no_character() -> None:
    automaton = automaton_of("a[^b]c")

    assert automaton is not None
    assert not automaton.search("a")
    assert not automaton_of(".").search("")
    assert not automaton_of("[^a]").search("")
    assert BEGIN != END
