"""A record's values are checked all at once where they are right, and one by one for the words."""

from hypothesis import given
from hypothesis import strategies as st

from sync import vocabulary
from sync.records import KINDS
from sync.records.base import fields
from sync.records.values import Wrong, _one_by_one, _split_one_by_one, parse, split

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**64), 2**64),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["2026-11-05", "05.11.2026", "1800-01-01", "14:30", "14:30:00", "7", "1.5"]),
    st.just("х" * 2_001),
    st.lists(st.text(max_size=3) | st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
)
RIGHT = {
    "str": st.text(st.characters(codec="utf-8"), max_size=20),
    "date": st.dates().map(str),
    "time": st.times().map(lambda one: one.isoformat("seconds")),
    "int": st.integers(0, 100),
    "float": st.floats(0, 100),
    "bool": st.booleans(),
    "list": st.lists(st.text(max_size=3), max_size=3),
    "dict": st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
}


def values_of(record):
    """Mostly right values of some of its fields, now and then odd ones or strange names."""
    each = {}
    for field in fields(record):
        right = RIGHT[field.type.__name__]
        if field.choices:
            one = st.sampled_from([choice.key for choice in vocabulary.choices(field.choices)])
            right = st.lists(one, max_size=3) if field.type is list else one
        each[field.name] = st.one_of(right, right, right, st.none(), ODD)
    some = st.fixed_dictionaries({}, optional=each)
    return st.tuples(st.just(record), some) | st.tuples(
        st.just(record), some.map(lambda values: {**values, "brand_new": 1})
    )


anything = st.sampled_from(list(KINDS.values())).flatmap(values_of)


def outcome(check, record, values):
    try:
        return repr(check(record, values))
    except Wrong as wrong:
        return {name: str(problem) for name, problem in wrong.problems.items()}


@given(anything)
def test_the_quick_check_says_what_the_patient_one_says(sent):
    record, values = sent

    assert outcome(parse, record, values) == outcome(_one_by_one, record, values)


@given(anything)
def test_news_are_told_apart_alike_by_both(news):
    record, values = news

    assert repr(split(record, values)) == repr(_split_one_by_one(record, values))
