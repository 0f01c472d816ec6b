"""What was typed, made ready to be kept and checked in words."""

from desktop import forms
from sync.records.meeting import Meeting


def test_a_character_that_nobody_sees_is_left_out_of_what_was_typed():
    assert forms.tidy({"title": "\0 Ауыз су\0 \0"}) == {"title": "Ауыз су"}


def test_a_text_of_nothing_but_such_characters_is_empty():
    assert forms.tidy({"title": "\0\0"}) == {"title": None}


def test_a_number_that_cannot_be_kept_is_told_at_its_field():
    problems = forms.check(Meeting, {"present": 99999999999999999999999})

    assert "cannot be kept" in problems["present"].words("en")
