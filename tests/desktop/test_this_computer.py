"""Who has a file on this computer: found without a password, and told apart by what they gave."""

import json
import shutil
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import this_computer
from desktop.folder import PEOPLE, choose_profile, is_enrolled
from desktop.key_file import write_key_file
from desktop.lock import only_here
from desktop.this_computer import (
    LONGEST,
    Owner,
    free_folders,
    introduce,
    last_folder,
    name_of,
    owners,
    seen,
)
from tests.desktop.test_lock import another_process

SAIRAM = "515400000"


def person(folder, name="", district=SAIRAM):
    """A profile as it lies after an enrolment, as far as nobody opens it."""
    profile = choose_profile(folder)
    profile.store.write_bytes(b"noise")
    write_key_file(profile.keys, folder.name, [])
    if name:
        introduce(profile, name, district)
    return profile


def others(data, *names):
    return [person(data / PEOPLE / f"p{at}", name) for at, name in enumerate(names)]


def test_nobody_is_here_at_first(tmp_path):
    assert owners(tmp_path / "none") == []
    assert last_folder(tmp_path / "none") == tmp_path / "none"


def test_one_who_was_enrolled_by_an_older_program_is_found_where_they_were(tmp_path):
    profile = person(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())

    assert owners(tmp_path) == [Owner(tmp_path)]
    assert sorted(path.name for path in profile.folder.iterdir()) == before


def test_the_first_one_comes_first_then_the_others_by_name(tmp_path):
    person(tmp_path, "Ярослав")
    others(tmp_path, "Нұрлан", "Айдана")

    assert [one.name for one in owners(tmp_path)] == ["Ярослав", "Айдана", "Нұрлан"]
    assert {one.district for one in owners(tmp_path)} == {SAIRAM}


def test_only_what_the_person_gave_stands_outside_the_encrypted_file(tmp_path):
    profile = person(tmp_path, "Айдана")

    assert json.loads(profile.person.read_text(encoding="utf-8")) == {
        "name": "Айдана",
        "district": SAIRAM,
    }


def test_whoever_gave_no_name_is_here_all_the_same(tmp_path):
    person(tmp_path)
    others(tmp_path, "Нұрлан")

    assert [one.name for one in owners(tmp_path)] == ["", "Нұрлан"]


def test_a_folder_in_which_nobody_was_enrolled_is_nobodys(tmp_path):
    person(tmp_path)
    (tmp_path / PEOPLE / "begun").mkdir(parents=True)

    assert [one.folder for one in owners(tmp_path)] == [tmp_path]
    assert next(free_folders(tmp_path)) == tmp_path / PEOPLE / "begun"


@pytest.mark.parametrize("damage", ["missing", "noise", "newer"])
def test_a_folder_whose_keys_are_damaged_is_shown_as_that(tmp_path, damage):
    person(tmp_path, "Айдана")
    [other] = others(tmp_path, "Нұрлан")
    if damage == "missing":
        other.keys.unlink()
    else:
        other.keys.write_bytes(b"\xff" if damage == "noise" else b'{"version": 99}')

    assert [(one.name, one.broken) for one in owners(tmp_path)] == [
        ("Айдана", False),
        ("Нұрлан", True),
    ]


def test_a_folder_that_cannot_be_read_is_shown_as_that(tmp_path, monkeypatch):
    person(tmp_path, "Айдана")
    [other] = others(tmp_path, "Нұрлан")

    def denied(profile):
        if profile == other:
            raise PermissionError(13, "Permission denied")
        return is_enrolled(profile)

    monkeypatch.setattr(this_computer, "is_enrolled", denied)

    assert [one.broken for one in owners(tmp_path)] == [False, True]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b'{"name": 7}', b'{"name": "a", "district": null}']
)
def test_a_damaged_name_costs_the_name_alone(tmp_path, content):
    profile = person(tmp_path, "Айдана")
    profile.person.write_bytes(content)

    assert owners(tmp_path) == [Owner(tmp_path)]


@given(st.text(max_size=90))
def test_any_name_fits_on_one_line_of_a_button(name):
    tidy = this_computer._tidy(name)

    assert len(tidy) <= LONGEST
    assert tidy == " ".join(tidy.split())
    assert tidy.isprintable()
    assert this_computer._tidy(tidy) == tidy


def test_a_name_that_somebody_wrote_into_the_file_by_hand_fits_too(tmp_path):
    profile = person(tmp_path)
    profile.person.write_text(json.dumps({"name": "Ай\u202eдана\n" + "а" * 99}))

    assert len(name_of(profile)) == LONGEST
    assert name_of(profile).startswith("Ай дана а")


def test_who_was_here_last_is_known_also_when_that_was_the_first_one(tmp_path):
    first = person(tmp_path, "Айдана")
    second, third = others(tmp_path, "Нұрлан", "Сара")

    for one in (third, first, second):
        seen(one, SAIRAM)
        assert last_folder(tmp_path) == one.folder


@pytest.mark.parametrize("content", [b"", b"\xff", b"../..", b"gone", b"p0/.."])
def test_where_that_cannot_be_told_it_is_the_first_one(tmp_path, content):
    person(tmp_path)
    others(tmp_path, "Нұрлан")
    (tmp_path / PEOPLE / "last").write_bytes(content)

    assert last_folder(tmp_path) == tmp_path


def test_one_alone_leaves_no_trace_of_having_been_here(tmp_path):
    profile = person(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())

    seen(profile, SAIRAM)

    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_district_follows_the_person_and_is_kept_of_nobody_else(tmp_path):
    named, nameless = person(tmp_path, "Айдана"), others(tmp_path, "")[0]

    seen(named, "other"), seen(nameless, "other")

    assert [one.district for one in owners(tmp_path)] == ["other", ""]


def test_a_disk_that_takes_no_name_hinders_nobody(tmp_path):
    profile = person(tmp_path, "Айдана")
    others(tmp_path, "Нұрлан")
    shutil.rmtree(tmp_path / PEOPLE / "p0")
    (tmp_path / PEOPLE / "last").mkdir()

    seen(profile, SAIRAM)

    assert last_folder(tmp_path) == tmp_path


def test_somebody_new_gets_the_first_folder_or_one_of_their_own(tmp_path):
    first, second = islice(free_folders(tmp_path), 2)
    assert first == tmp_path
    assert second.parent == tmp_path / PEOPLE
    person(tmp_path)
    person(second)

    third, fourth = islice(free_folders(tmp_path), 2)

    assert not {third, fourth} & {first, second}
    assert third != fourth


def test_two_programs_work_at_once_for_two_people_and_a_third_is_told(tmp_path):
    first, [second] = person(tmp_path), others(tmp_path, "Нұрлан")

    with another_process(first.lock), only_here(second.lock):
        assert len(owners(tmp_path)) == 2
