"""The commands about records and the exchange, as a script gives them."""

import json
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import update

from desktop import keys
from desktop import store as stores
from desktop.folder import Profile
from sync.change import Change
from sync.client.rows import write
from sync.server.tables import Account, Device
from tests.profiles import ISSUE, PASSWORD, VISIT
from tests.servers import SAIRAM, SOZAQ


def test_enrolling_says_who_one_is(mine):
    assert (mine.person["role"], mine.person["district"]) == ("activist", SOZAQ)


def test_a_record_is_made_changed_and_shown(mine):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    changed = mine("record", "visit", "--id", id, stdin='{"people": 5}')
    shown = mine("show", id)

    assert changed == {"id": id, "changed": True}
    assert (shown["id"], shown["people"], shown["visited_on"]) == (id, 5, "2026-11-05")
    assert set(shown["parts"]) == {"comment", "attachment"}


def test_an_edit_that_changes_nothing_says_so(mine):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    assert mine("record", "visit", "--id", id, stdin='{"people": 4}')["changed"] is False


def test_a_part_belongs_to_its_record(mine):
    meeting = mine("record", "meeting", stdin='{"title": "Су", "village": "615647100"}')["id"]
    mine("record", "question", "--parent", meeting, stdin='{"text": "Қашан?"}')

    assert [one["text"] for one in mine("show", meeting)["parts"]["question"]] == ["Қашан?"]


def test_records_are_listed_by_their_fields(mine):
    few = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    mine("record", "visit", stdin=json.dumps(VISIT | {"people": 40}))

    listed = mine("list", "visit", "--where", "people=4", "--where", "visited_on=2026-11-05")

    assert [row["id"] for row in listed] == [few]
    assert len(mine("list", "visit", "--where", "review=draft")) == 2


def test_a_date_is_searched_for_as_people_write_it(mine):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    assert [row["id"] for row in mine("list", "visit", "--where", "visited_on=05.11.2026")] == [id]


@pytest.mark.parametrize(
    "where", [f"people={10**22}", "wings=2", "people=many", "metadata=1", "visited_on=soon"]
)
def test_a_field_or_value_that_is_none_is_refused(mine, run, where):
    code, out, err = run("list", "visit", "--where", where, "--profile", mine.folder)

    assert (code, out) == (1, "")
    assert where.partition("=")[0] in err


def test_the_way_of_an_issue_by_commands(commander, tmp_path):
    mine, coordinator = commander(), commander("coordinator")
    Image.new("RGB", (2000, 1000)).save(tmp_path / "photo.png")

    id = mine("record", "issue", stdin=json.dumps(ISSUE))["id"]
    attached = mine("attach", id, tmp_path / "photo.png", "--caption", "Құбыр")
    mine("review", id, "send")
    sent = mine("sync")
    coordinator("sync")
    coordinator("review", id, "return", "--comment", "essence=Қай көше?")
    coordinator("sync")
    mine("sync")
    back = mine("show", id)

    assert (sent["sent"], sent["waiting"]) == (3, 0)
    assert (sent["photos"]["sent"], sent["photos"]["done"], sent["photos"]["of"]) == (1, 1, 1)
    assert sent["bytes"]["up"] > 0
    assert (back["review"], back["number"] is not None) == ("returned", True)
    comments = [(one["about"], one["text"]) for one in back["parts"]["comment"]]
    assert comments == [("essence", "Қай көше?")]
    assert back["parts"]["attachment"][0]["sha256"] == attached["sha256"]


@pytest.fixture
def refused(commander):
    """An issue that was approved while its author changed it; its id, and the author's commands."""
    mine, coordinator = commander(), commander("coordinator")
    id = mine("record", "issue", stdin=json.dumps(ISSUE))["id"]
    mine("review", id, "send")
    mine("sync")
    coordinator("sync")
    coordinator("review", id, "approve")
    coordinator("sync")
    mine("record", "issue", "--id", id, stdin='{"essence": "Су мүлдем жоқ"}')
    return id, mine, coordinator


def test_the_exchange_tells_refusals_in_words(refused, run):
    _, mine, _ = refused

    _, out, _ = run("sync", "--profile", mine.folder)

    assert "1 edit was refused." in out
    assert "“attention”" in out


def test_a_refused_edit_is_listed_with_the_reason(refused, run):
    id, mine, _ = refused
    mine("sync")

    [held] = mine("attention")
    _, out, _ = run("attention", "--profile", mine.folder)

    assert (held["record"], held["fields"]) == (id, {"essence": "Су мүлдем жоқ"})
    assert "closed" in held["reason"] or "жабық" in held["reason"]
    assert out.startswith(f"{held['id']} · issue · ")


def test_a_refused_edit_is_retried_when_the_record_is_open_again(refused, run):
    id, mine, coordinator = refused
    mine("sync")
    held = mine("attention")[0]["id"]
    code, _, err = run("attention", "retry", held, "--profile", mine.folder)
    assert (code, "closed for changes" in err) == (1, True)
    coordinator("review", id, "return", "--comment", "essence=Қай көше?")
    coordinator("sync")
    mine("sync")

    assert mine("attention", "retry", held) == {"id": id, "changed": True}
    assert mine("sync")["refused"] == 0
    assert mine("attention") == []
    coordinator("sync")
    assert coordinator("show", id)["essence"] == "Су мүлдем жоқ"


def test_a_refused_edit_is_let_go(refused, run):
    id, mine, _ = refused
    mine("sync")
    held = mine("attention")[0]["id"]

    assert mine("attention", "discard", held) == {"id": id, "changed": False}
    assert mine("attention") == []
    assert run("attention", "discard", held, "--profile", mine.folder)[0] == 1


@pytest.fixture
def conflict(commander):
    """An issue whose essence was changed on two laptops at once."""
    mine, leader = commander(), commander("leader")
    id = mine("record", "issue", stdin=json.dumps(ISSUE))["id"]
    mine("sync")
    leader("sync")
    leader("record", "issue", "--id", id, stdin='{"category": "roads"}')
    leader("sync")
    mine("record", "issue", "--id", id, stdin='{"category": "education"}')
    return id, mine


def test_the_exchange_tells_conflicts_in_words(conflict, run):
    _, mine = conflict

    _, out, _ = run("sync", "--profile", mine.folder)

    assert "1 field has two values." in out


def test_a_conflict_is_ended_by_the_value_that_stands(conflict):
    id, mine = conflict
    mine("sync")
    before = mine("show", id)
    assert set(before["conflicts"]) == {"category"}

    assert mine("settle", id, "category")["category"] == before["category"]
    mine("sync")

    after = mine("show", id)
    assert (after["conflicts"], after["category"]) == ({}, before["category"])


def test_a_conflict_is_ended_by_another_value(conflict, run):
    id, mine = conflict
    mine("sync")
    code, _, err = run("settle", id, "category", "nonsense", "--profile", mine.folder)
    assert (code, "category" in err) == (1, True)

    mine("settle", id, "category", "health")
    mine("sync")

    after = mine("show", id)
    assert (after["conflicts"], after["category"]) == ({}, "health")


def test_where_there_is_no_conflict_none_is_ended(mine, run):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    code, _, err = run("settle", id, "people", 5, "--profile", mine.folder)

    assert (code, "no two values at “people”" in err) == (1, True)


def test_a_laptop_with_a_lost_token_signs_in_by_itself(mine, server):
    with server.service.store.writing.begin() as session:
        lost = update(Device).where(Device.account == mine.person["id"])
        session.execute(lost.values(token="as it was in the backup", refresh=None, family=None))

    assert mine("sync")["waiting"] == 0


def test_a_closed_laptop_says_so_and_a_new_code_opens_it_again(commander, run, server):
    mine = commander()
    login = mine.person["id"]
    mine("record", "visit", stdin=json.dumps(VISIT))
    with server.service.store.writing.begin() as session:
        closed = update(Device).where(Device.account == login)
        session.execute(closed.values(revoked=server.service.now()))

    code, out, err = run("sync", "--profile", mine.folder)
    assert (code, out) == (1, "")
    assert "This laptop was closed" in err
    mine("enrol", "--server", "https://server.test", "--code", server.code(login))

    assert mine("sync")["sent"] == 1


def test_what_a_rule_forbids_is_refused_with_the_reason(mine, run):
    id = mine("record", "issue", stdin="{}")["id"]

    code, out, err = run("review", id, "send", "--profile", mine.folder)

    assert (code, out) == (1, "")
    assert "please fill in: Essence" in err


def test_each_wrong_field_is_named(mine, run):
    values = {"people": "many", "visited_on": "soon"}

    code, _, err = run("record", "visit", "--profile", mine.folder, stdin=json.dumps(values))

    assert code == 1
    assert "people: Write a whole number." in err
    assert "visited_on: Write the date" in err


def test_a_number_that_no_database_keeps_is_refused(mine, run):
    stdin = '{"present": 99999999999999999999999}'

    code, _, err = run("record", "meeting", "--profile", mine.folder, stdin=stdin)

    assert (code, "present: This holds a character or a number" in err) == (1, True)


@pytest.mark.parametrize("stdin", ['{"removed": "abc"}', '{"review": 7}'])
def test_what_the_program_keeps_of_a_record_has_its_type_too(mine, run, stdin):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    code, _, _ = run("record", "visit", "--id", id, "--profile", mine.folder, stdin=stdin)

    assert code == 1


def test_a_mistyped_id_makes_no_new_record(mine, run):
    words = ("record", "visit", "--id", uuid4(), "--profile", mine.folder)

    code, _, err = run(*words, stdin=json.dumps(VISIT))

    assert (code, "not on this laptop" in err) == (1, True)
    assert mine("list", "visit") == []


def test_the_id_of_another_kind_makes_no_twin(mine, run):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    code, _, err = run("record", "issue", "--id", id, "--profile", mine.folder, stdin="{}")

    assert (code, "another kind" in err) == (1, True)


@pytest.mark.parametrize("stdin", ["", "[1]", "{", '"text"'])
def test_values_that_are_no_object_are_refused(mine, run, stdin):
    code, _, err = run("record", "visit", "--profile", mine.folder, stdin=stdin)

    assert code == 1
    assert "one JSON object" in err


def test_a_file_that_is_none_is_refused(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    code, _, err = run("attach", id, tmp_path / "nowhere.jpg", "--profile", mine.folder)

    assert (code, "cannot be read" in err) == (1, True)


def test_a_record_that_is_not_here_is_refused(mine, run):
    code, _, err = run("show", uuid4(), "--profile", mine.folder)

    assert (code, "not on this laptop" in err) == (1, True)


def test_a_record_of_an_unknown_kind_is_shown(mine):
    profile = Profile(mine.folder)
    key = keys.unwrap(profile.keys, PASSWORD)
    store = stores.open_store(profile.store, key, profile.copies)
    made = Change(kind="well", record=uuid4(), district=SOZAQ, fields={"depth": 40}, revision=7)
    with store.begin() as session:
        write(session, [made])
    store.close()

    shown = mine("show", made.record)

    assert (shown["kind"], shown["fields"]) == ("well", {"depth": 40})


def test_a_record_is_erased_for_good(commander):
    lea = commander("leader")
    id = lea("record", "visit", stdin=json.dumps(VISIT))["id"]

    assert lea("erase", id, "--reason", "by_mistake") == {"id": id, "erased": "by_mistake"}

    assert lea("list", "visit") == []


def test_what_is_held_about_a_person_is_told_written_and_erased_where_it_was_named(
    commander, tmp_path
):
    lea, hers = commander("leader"), {"applicant": "Гүлсім Ахметова", "consent_way": "signed"}
    hers |= {"consent_on": "2026-11-05"}
    first, second = (lea("record", "issue", stdin=json.dumps(ISSUE | hers))["id"] for _ in "ab")
    paper = tmp_path / "her.json"

    assert lea("held", "", "--phone", "87770000000")["records"] == []
    told = lea("held", "гулсим")
    assert {one["id"] for one in told["records"]} == {first, second}
    gone = lea("held", "гулсим", "--record", first, "--paper", str(paper), "--erase", "request")

    assert gone["erased"] == [first]
    assert [one["id"] for one in json.loads(paper.read_text("utf-8"))["records"]] == [first]
    assert [one["id"] for one in lea("held", "гулсим")["records"]] == [second]


def test_edits_of_people_who_left_are_listed_taken_and_dropped(commander, server):
    mine, lea = commander(), commander("leader")
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    mine("sync")
    with server.service.store.writing.begin() as session:
        session.get_one(Account, mine.person["id"]).district = SAIRAM
    mine("record", "visit", "--id", id, stdin='{"people": 5}')
    mine("record", "visit", "--id", id, stdin='{"households": 2}')
    assert mine("sync")["refused"] == 1

    [late] = lea("late")
    assert (late["record"], late["by"]) == (id, mine.person["id"])
    assert lea("late", "take", late["id"]) == {"id": late["id"], "taken": True}
    lea("sync")

    assert (lea("show", id)["people"], lea("late")) == (5, [])


def test_where_much_would_go_the_command_says_so_and_takes_it_when_told(commander):
    mine, coordinator = commander(), commander("coordinator")
    ids = [mine("record", "visit", stdin=json.dumps(VISIT))["id"] for _ in range(12)]
    mine("sync")
    coordinator("sync")
    for id in ids:
        coordinator("record", "visit", "--id", id, stdin='{"removed": true}')
    coordinator("sync")

    [held] = mine("sync")["held"]
    assert (held["district"], held["going"]) == (SOZAQ, 12)
    assert {row["id"] for row in mine("list", "visit")} >= set(ids)

    assert mine("sync", "--take-removals")["held"] == []
    assert not {row["id"] for row in mine("list", "visit")} & set(ids)
