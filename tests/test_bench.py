"""The measurements run and count right. How long anything takes is no test's business."""

import json
import os

import pytest

from sync.change import encode
from sync.client.line import Again
from tests.bad_line import Weather
from tests.bench import __main__ as bench
from tests.bench import (
    answer,
    dictionary,
    exchange,
    growth,
    importing,
    interview,
    line,
    long_list,
    preview,
    rating,
    reception,
    register,
    report,
    rows,
    save,
    search,
    slow,
    stall,
    start,
)
from tests.bench.grounds import sqlite_ground
from tests.bench.material import Writer
from tests.bench.ratios import Figure, in_turns

longer = pytest.mark.skipif(
    "DALA_SOAK" not in os.environ, reason="a program of its own, for seconds: part of `make soak`"
)


def test_floor_and_ours_take_turns_and_the_first_pair_is_not_counted():
    order = []
    times = {"floor": iter([9.0, 1.0, 2.0]), "ours": iter([9.0, 3.0, 6.0])}

    def take(name):
        order.append(name)
        return next(times[name])

    counted = in_turns(lambda: take("floor"), lambda: take("ours"), 2)

    assert order == ["floor", "ours"] * 3
    assert counted == ([1.0, 2.0], [3.0, 6.0])


def test_a_figure_is_a_ratio_of_medians_and_one_of_the_least():
    told = Figure("x", "nothing", floor=[1.0, 2.0, 9.0], ours=[6.0, 3.0, 5.0]).as_json()

    assert told["ratio"] == {"min": 3.0, "median": 2.5}


def test_the_records_are_the_same_every_time_and_as_large_as_is_said():
    changes = Writer(seed=3).changes(200)
    sizes = [len(encode(change)) for change in changes]

    assert changes == Writer(seed=3).changes(200)
    assert {change.kind for change in changes} == {"issue", "visit", "meeting"}
    assert 1_300 < sum(sizes) / len(sizes) < 1_700


@pytest.mark.slow
def test_saves_are_measured():
    figure = save.measure(runs=2, there=3)

    assert len(figure.ours) == len(figure.floor) == 2


@longer
def test_rows_that_nothing_else_measures_are_measured():
    told = {figure.name: figure.facts for figure in rows.measure(runs=2, records=200)}

    assert len(told) == 7
    assert told["start after a kill"]["false prompts"] == 0
    assert told["a photo of 12 MP"]["bytes"] <= 300_000


@longer
def test_ten_questions_are_answered_by_keys_in_less_than_a_minute():
    ten, *large = interview.measure(presses=8, nodes=200)

    assert len(ten.questions) == 11  # and saving
    assert ten.keys < 45
    assert sum(one.person for one in ten.questions) < 60
    assert ten.as_json()["questions"]["village"]["keys"] == 5
    assert [len(one.late) for one in large] == [8, 8, 7]


@longer
def test_a_visitor_takes_fewer_keys_in_the_line_than_in_the_whole_form():
    line_, essence, whole = (one.as_json() for one in reception.measure(visitors=2, there=20))

    assert line_["keys_besides_the_essence"] <= 11
    assert essence["keys_besides_the_essence"] == 2
    assert whole["keys_besides_the_essence"] > 4 * line_["keys_besides_the_essence"]


@pytest.mark.slow
def test_a_rating_is_measured_of_the_rows_that_the_floor_reads():
    figure = rating.measure(runs=1, answers=50)

    assert figure.facts["answers"] == 50
    assert len(figure.ours) == len(figure.floor) == 1


@pytest.mark.slow
def test_an_exchange_is_measured_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr(exchange, "grounds", lambda: [sqlite_ground])

    [found] = exchange.measure(runs=1, records=40)

    told = found.as_json()
    assert found.up.facts["records sent"] == found.down.facts["records taken"] == 40
    assert len(found.up.floor) == len(found.up.ours) == len(found.down.ours) == 1
    assert (told["changed"]["records"], told["changed"]["requests"]) == (20, 1)
    assert told["nothing"]["requests"] == 1
    assert told["nothing"]["bytes"] > 0
    assert set(told["up"]) >= {"seconds", "floor_seconds", "ratio", "bytes", "bytes_ratio"}


def test_what_was_measured_of_one_database_stands_together():
    told = [
        {"name": "SQLite", "up": 1},
        {"name": "PostgreSQL", "up": 2},
        {"name": "SQLite", "x": 3},
    ]

    assert bench.by_database(told) == {"sqlite": {"up": 1, "x": 3}, "postgresql": {"up": 2}}


@longer
def test_growth_is_measured_by_time_and_memory(monkeypatch):
    monkeypatch.setattr(growth, "grounds", lambda: [sqlite_ground])

    (found,) = growth.measure((10, 20))

    told = found.as_json()["growth"]
    assert [told[way]["20"]["sent"] for way in ("up", "down")] == [20, 0]
    assert told["down"]["20"]["taken"] == 20
    assert all(one["peak_mb"] > one["idle_mb"] > 10 for one in told["down"].values())
    assert "20 records" in found.as_text()


@longer
def test_a_dictionary_saves_most_on_small_requests():
    same, other = dictionary.measure(records=100)

    small, large = same.bytes["100 in batches of 10"], same.bytes["100 in batches of 1,000"]
    assert small[32] / small[0] < large[32] / large[0] < 1.1
    assert same.as_json()["bytes"].keys() == other.as_json()["bytes"].keys()
    assert "none" in same.as_text()


@pytest.mark.slow
def test_a_start_is_measured_until_the_window_is_of_use():
    painted, used = start.measure(runs=1)

    assert painted.ours[0] <= used.ours[0]
    assert painted.floor[0] <= used.floor[0]


@pytest.mark.slow
def test_a_program_that_shows_no_window_is_an_error_that_says_why():
    with pytest.raises(RuntimeError, match="No module named"):
        start.measure(runs=1, program="tests.bench.no_such_program")


def test_figures_are_printed_for_programs_too(monkeypatch, capsys):
    figure = Figure("save", "nothing", [1.0], [2.0], {"bytes": 3})
    monkeypatch.setitem(bench.FIGURES, "save", lambda said: [figure])

    bench.main(["save", "--json"])

    assert json.loads(capsys.readouterr().out) == [figure.as_json()]


@longer
def test_others_are_measured_beside_slow_lines_that_go_on(monkeypatch):
    monkeypatch.setattr(slow, "EXCHANGES", 10)
    (figure,) = slow.measure(runs=1, lines=5)

    assert figure.facts["slow lines at the end"] == 5
    assert figure.ratio > 0


def test_a_slow_line_is_measured_and_a_cut_is_seen(monkeypatch):
    monkeypatch.setattr(line, "SLOW", Weather(rtt=0.01))
    monkeypatch.setattr(Again, "LONGEST", 0.0)

    up, kept, _, edited, new, cut = line.measure(records=40)

    assert (up.requests, up.connections, up.bytes_again) == (1, 1, 0)
    assert (kept.requests, kept.connections) == (1, 0)
    assert (edited.requests, edited.connections) == (1, 0)
    assert (new.requests, new.connections) == (1, 1)
    assert new.bytes_up + new.bytes_down <= 600
    assert cut.connections == 2
    assert 0 < cut.bytes_again < up.bytes_up


@longer
def test_a_stall_is_measured_beside_a_bare_window():
    looking, working = stall.measure(records=40)

    assert (looking.acts, looking.records) == (0, 40)
    assert all((looking.floor, looking.late, working.floor, working.late))
    assert {"ours", "floor", "at_rest", "over_50_ms"} <= working.as_json().keys()
    assert "while 40 records arrive" in working.as_text()


def test_an_answer_is_measured_in_a_long_form_and_in_one_that_repeats():
    long, repeats = answer.measure(runs=5, nodes=200)

    assert (long.facts["nodes"], repeats.facts["nodes"]) == (202, 204)
    assert long.facts["nodes looked at anew, median"] < 20
    assert repeats.facts["nodes looked at anew, median"] < 20
    assert long.ours
    assert long.floor


def test_reading_and_opening_a_form_are_measured():
    read, opened = importing.measure(runs=1, questions=20)

    assert opened.facts["nodes"] > 20
    assert all((read.ours, read.floor, opened.ours, opened.floor, read.facts))


def test_a_register_comes_whole_and_its_parts_are_told():
    figure = register.measure(runs=1, rows=20)

    assert figure.facts["rows"] == 20
    assert 0 < figure.facts["of ours, looking through"] < 1
    assert len(figure.ours) == len(figure.floor) == 1


@longer
def test_a_long_list_a_search_and_a_report_are_measured():
    opened, scrolled, ordered = long_list.measure(runs=3, there=300)
    figures = [*search.measure(runs=1, there=200), report.measure(runs=1, there=300)]
    figures.append(preview.measure(runs=1))

    assert opened.facts["issues"] == scrolled.issues == 300
    assert ordered.facts["issues"] >= 300
    assert len(scrolled.ours) == len(scrolled.floor) == len(scrolled.lines) == 3
    assert all(figure.ours and figure.floor for figure in figures)
