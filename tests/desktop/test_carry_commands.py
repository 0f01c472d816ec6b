"""Letters on a stick, as a script would do it: three laptops and a server."""

import json

from tests.profiles import VISIT


def test_a_letter_travels_by_another_laptop_and_its_reply_comes_back(commander, run, tmp_path):
    aidana, berik = commander(), commander()
    aidana("sync")
    made = aidana("record", "visit", stdin=json.dumps(VISIT))
    letter, reply = tmp_path / "letter.dala", tmp_path / "letter-reply.dala"

    out = aidana("carry", "out", letter)
    [delivered] = berik("carry", "deliver", letter)
    taken = aidana("carry", "in", reply)
    berik("sync")

    assert (out["changes"], out["left"]) == (1, 0)
    assert delivered == {
        "letter": str(letter),
        "reply": str(reply),
        "again": False,
        "problem": None,
    }
    assert (taken["sent"], taken["waiting"], taken["late"]) == (1, 0, False)
    assert berik("show", made["id"])["people"] == VISIT["people"]
    assert aidana("sync")["sent"] == 0


def test_delivering_twice_and_taking_the_reply_twice_is_said_and_harmless(commander, tmp_path):
    aidana, berik = commander(), commander()
    aidana("sync")
    made = aidana("record", "visit", stdin=json.dumps(VISIT))
    letter, reply = tmp_path / "letter.dala", tmp_path / "letter-reply.dala"
    aidana("carry", "out", letter)

    berik("carry", "deliver", letter)
    [again] = berik("carry", "deliver", letter)
    first, second = aidana("carry", "in", reply), aidana("carry", "in", reply)

    assert again["again"]
    assert first["sent"] == 1
    assert second["waiting"] == 0
    berik("sync")
    assert [row["id"] for row in berik("list", "visit")].count(made["id"]) == 1


def test_a_laptop_that_has_never_synced_writes_letters_too(commander, tmp_path):
    aidana, berik = commander(), commander()
    aidana("record", "visit", stdin=json.dumps(VISIT))
    letter, reply = tmp_path / "letter.dala", tmp_path / "letter-reply.dala"
    aidana("carry", "out", letter)

    berik("carry", "deliver", letter)

    assert aidana("carry", "in", reply)["sent"] == 1


def test_a_letter_that_cannot_be_written_has_words_and_leaves_nothing(commander, run, tmp_path):
    aidana = commander()
    letter = tmp_path / "no stick" / "letter.dala"

    code, out, err = run("carry", "out", letter, "--profile", aidana.folder)

    assert (code, out) == (1, "")
    assert "could not be written" in err
    assert list(tmp_path.rglob("*.dala*")) == []


def test_one_file_that_is_no_letter_does_not_stop_the_others(commander, run, tmp_path):
    aidana = commander()
    aidana("sync")
    letter, other = tmp_path / "letter.dala", tmp_path / "other.txt"
    aidana("carry", "out", letter)
    other.write_text("Сәлем")

    code, out, _ = run("carry", "deliver", other, letter, "--profile", aidana.folder)

    assert code == 1
    assert "no carry file" in out
    assert "“letter.dala” was delivered" in out


def test_a_room_says_where_it_is_and_ends_when_its_time_is_over(commander, run):
    aidana = commander()

    code, out, _ = run(
        *("carry", "open", "--host", "127.0.0.1", "--minutes", "0", "--json"),
        *("--profile", aidana.folder),
    )

    said, met = map(json.loads, out.splitlines())
    assert code == 0
    assert said["address"].startswith("127.0.0.1:")
    assert (len(said["code"]), met) == (11, [])


def test_where_no_room_is_there_are_words(commander, run):
    aidana = commander()

    code, _, err = run("carry", "join", "127.0.0.1:9", "ABC", "--profile", aidana.folder)

    assert code == 1
    assert "Nobody answers at 127.0.0.1:9" in err
