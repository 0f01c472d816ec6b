"""Answers unlike those that other interviewers get, in one question or over all of them.

Marks and numbers are compared by their mean (Welch 1947), other answers by their distribution
(Pearson's χ²), in each case with the interviews that others held in the same stratum. Of all
questions and interviewers together the share of false discoveries is controlled. Over all
questions an interviewer has the mean of −ln p, as central monitoring of trials has it for hospitals
(Venet et al. 2012): invented answers are a little off everywhere and nowhere far.

Villages differ as well. `rest.py` says what is done about that; where each village has only one
interviewer, no statistic can tell the two apart, and the words of a flag say so.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from desktop.surveys.quality.chance import chi_square_tail
from desktop.surveys.quality.compared import Compared, compare_answers, compare_means
from desktop.surveys.quality.flag import Flag
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.rest import FEWEST, centred, discoveries, inflation, unusual_scores
from sync.errors import UserError
from sync.language import mark

FALSE = 0.01  # of the discoveries: villages have opinions that no middle one tells
LEAST_P = 1e-4  # of one question in the mean of all: none shall decide alone
ANSWERS = "answers"
Test = tuple[str, str, int]  # what is compared, the question, by which measure
KINDS = {
    "dont_know": mark(
        "“Don't know” is {own} % of the answers; with the others {rest} %. Some places are asked"
        " about what they cannot know, and some interviewers help people to an answer: go along once."
    ),
    "refused": mark(
        "“Refused” is {own} % of the answers; with the others {rest} %. Some places trust nobody,"
        " and some interviewers insist: go along once."
    ),
    "other": mark(
        "“Other” is {own} % of the answers; with the others {rest} %. A list may not suit a place,"
        " and not every interviewer writes down what was said: read the rows."
    ),
}


def effects(data: Interviews) -> list[Flag]:
    """Flags for single questions, for missing answers, and for all questions together."""
    found: set[tuple[Test, str]] = set()
    for _ in range(2):  # once more, with those who were found aside
        tested = _tests(data, {interviewer for _, interviewer in found})
        probabilities = {
            (test, interviewer): p
            for test, compared in tested.items()
            for interviewer, p in _probabilities(compared).items()
        }
        found = discoveries(probabilities, FALSE)
    asked = {key: p for key, p in probabilities.items() if key[0][0] == ANSWERS}
    named = {(test[:2], interviewer): test for test, interviewer in sorted(found, reverse=True)}
    flags = [
        _flag(data, test, interviewer, tested[test][interviewer])
        for (_, interviewer), test in sorted(named.items())
    ]
    return [*flags, *_overall(data, asked)]


def _tests(data: Interviews, aside: Collection[str]) -> dict[Test, dict[str, Compared]]:
    """All comparisons, of questions and of how many answers are missing."""
    found = {
        (ANSWERS, item, measure): compared
        for item in data.items
        for measure, compared in enumerate(compare_answers(data, item, aside))
    }
    codes = {"dont_know": data.dont_know, "refused": data.refused, "other": data.other}
    for kind, words in codes.items():
        if words:
            shares = dict(enumerate(_shares(data, words)))
            found[kind, "", 0] = compare_means(data, shares, aside)
    return found


def _shares(data: Interviews, words: frozenset[str]) -> Iterator[float]:
    """Of each interview, how many of its answers are one of these words, in percent."""
    for answers in zip(*data.items.values(), strict=True):
        given = [answer for answer in answers if answer]
        yield 100 * sum(answer in words for answer in given) / len(given) if given else 0.0


def _probabilities(compared: Mapping[str, Compared]) -> dict[str, float]:
    """{interviewer: p}, with regard to how far all are apart; of a few that cannot be told."""
    if len(compared) < FEWEST:
        return {}
    means = {name: one.statistic for name, one in compared.items() if not one.df}
    by = inflation([(one.statistic, one.df) for one in compared.values() if one.df])
    return {
        **{name: chi_square_tail(score**2, 1) for name, score in centred(means).items()},
        **{
            name: chi_square_tail(one.statistic / by, one.df)
            for name, one in compared.items()
            if one.df
        },
    }


def _overall(data: Interviews, probabilities: Mapping[tuple[Test, str], float]) -> Iterator[Flag]:
    parts: dict[str, list[float]] = defaultdict(list)
    for (_, interviewer), p in probabilities.items():
        parts[interviewer].append(-math.log(max(p, LEAST_P)))
    scores = {interviewer: math.fsum(logs) / len(logs) for interviewer, logs in parts.items()}
    for interviewer in sorted(unusual_scores({k: v for k, v in scores.items() if v > 0})):
        text = UserError(
            mark(
                "Over all questions together the answers differ from those that others get in the"
                " same place, more than interviewers differ anyway. A village of its own may be"
                " the reason: have some of these people asked again by somebody else."
            )
        )
        rows = tuple(data.rows_of[interviewer])
        yield Flag("all_questions", interviewer, rows, stands_out=True, text=text)


def _flag(data: Interviews, test: Test, interviewer: str, one: Compared) -> Flag:
    check, item, _ = test
    values = {"own": round(one.own, 1), "rest": round(one.rest, 1)}
    rows = tuple(data.rows_of[interviewer])
    if check != ANSWERS:
        return Flag(
            check, interviewer, rows, stands_out=True, text=UserError(KINDS[check], **values)
        )
    if one.answer:
        text = UserError(
            mark(
                "“{item}”: “{answer}” is {own} % of the answers; with others in the same place"
                " {rest} %. A village of its own may be the reason: ask what is different there."
            ),
            answer=one.answer,
            item=item,
            **values,
        )
    else:
        text = UserError(
            mark(
                "“{item}”: {own} on average; with others in the same place {rest}. A village of"
                " its own may be the reason: ask what is different there."
            ),
            item=item,
            **values,
        )
    rows = tuple(row for row in rows if data.items[item][row])
    return Flag(check, interviewer, rows, stands_out=True, text=text)
