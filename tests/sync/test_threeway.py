"""Two people's edits of one text or one set: both are there, or it is left to people."""

from hypothesis import given
from hypothesis import strategies as st

from sync.threeway import MOST, SENTENCE, merge_sets, merge_texts

SENTENCES = ["Су жоқ. ", "Жол жаман. ", "Мектеп ескі.\n", "Шешім қабылданды! ", "Жарық өшеді… "]
texts = st.lists(st.sampled_from(SENTENCES), max_size=8).map("".join)
sets = st.lists(st.integers(0, 6), unique=True)


@given(st.text(max_size=60), st.text(max_size=60))
def test_where_one_changed_nothing_the_others_text_stands(was, now):
    assert merge_texts(was, was, now) == now
    assert merge_texts(was, now, was) == now


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_who_say_the_same_are_of_one_mind(was, now):
    assert merge_texts(was, now, now) == now


@given(texts, texts, texts)
def test_it_does_not_matter_who_came_first(was, one, other):
    assert merge_texts(was, one, other) == merge_texts(was, other, one)


@given(texts, texts, texts)
def test_every_sentence_of_the_result_was_written_by_somebody(was, one, other):
    merged = merge_texts(was, one, other)

    if merged is not None:
        written = {part for text in (was, one, other) for part in SENTENCE.findall(text)}
        assert written.issuperset(SENTENCE.findall(merged))


@given(st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8, unique=True))
def test_edits_apart_from_each_other_are_both_there(sentences):
    was = "".join(sentences)
    one = "".join(["Басында. ", *sentences[1:]])
    other = "".join([*sentences[:-1], "Соңында."])

    assert merge_texts(was, one, other) == "".join(["Басында. ", *sentences[1:-1], "Соңында."])


def test_edits_of_one_sentence_are_left_to_people():
    assert merge_texts("Су жоқ. Жол жаман.", "Су бар. Жол жаман.", "Су аз. Жол жаман.") is None


def test_edits_of_neighbouring_sentences_are_left_to_people():
    assert merge_texts("Бір. Екі. Үш.", "Біріншіден. Екі. Үш.", "Бір. Екіншіден. Үш.") is None


def test_two_additions_at_one_place_are_left_to_people():
    assert merge_texts("Бір.\n", "Бір.\nЕкі.\n", "Бір.\nҮш.\n") is None


def test_a_text_too_long_to_compare_is_left_to_people():
    was = "А.\n" * (MOST + 1)

    assert merge_texts(was, was + "Б.", was) is None


@given(sets, sets, sets)
def test_additions_and_removals_of_both_count(was, one, other):
    merged = merge_sets(was, one, other)

    assert len(merged) == len(set(merged))
    expected = (set(one) | (set(other) - set(was))) - (set(was) - set(other))
    assert set(merged) == expected
    assert set(merged) == set(merge_sets(was, other, one))


@given(sets, sets)
def test_the_order_that_stands_is_kept(was, one):
    assert merge_sets(was, one, was) == one
