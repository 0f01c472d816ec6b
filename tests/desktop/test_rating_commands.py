"""`ratings WAVE`: as a script would ask for it, on stdout and as a file."""

import json
import zipfile

import pytest

from desktop.surveys.bundled import rating_xform
from tests.servers import SOZAQ


@pytest.fixture
def eset(commander):
    return commander("coordinator")


@pytest.fixture
def refused(eset, run):
    """What a command says that is refused."""

    def refused(*words):
        code, out, err = run(*words, "--profile", eset.folder, "--json")
        assert (code, out) == (1, "")
        return err

    return refused


@pytest.fixture
def wave(eset):
    """Of one official, in which nobody answered yet."""
    record = lambda kind, **values: eset("record", kind, stdin=json.dumps(values))["id"]  # noqa: E731
    form = record("form", name="Рейтинг", version="1", xform=rating_xform())
    official = record("official", post="Созақ ауданының әкімі", body="akimat")
    return record(
        "wave", title="Күз", form=form, starts_on="2026-11-01", ends_on="2026-11-30",
        districts=[SOZAQ], rated=[official],
    )  # fmt: skip


def test_a_wave_without_answers_has_lines_without_numbers(eset, wave):
    told = eset("ratings", wave)

    assert (told["answers"], told["view"]["by"]) == (0, "criteria")
    assert {line["mean"] for line in told["lines"]} == {None}
    assert told["passport"]["lines"]["Where"].startswith("Sozak")
    assert told["passport"]["lacks"]


def test_a_file_is_written_once_and_noted(eset, refused, wave, tmp_path):
    path = tmp_path / "a.docx"
    noted = eset("ratings", wave, "--to", path)

    assert zipfile.is_zipfile(path)
    assert (noted["kind"], noted["format"]) == ("ratings", "docx")
    assert "is there already" in refused("ratings", wave, "--to", path)
    eset("ratings", wave, "--to", path, "--replace")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--district", "611600000"), "Nobody answered"),
        (("--official", "nobody"), "does not rate"),
        (("--criterion", "/data/none", "--by", "officials"), "no criterion"),
        (("--before", "00000000-0000-0000-0000-000000000000"), "no earlier wave"),
        (("--to", "a.csv"), "must end in"),
    ],
)
def test_what_the_wave_does_not_have_is_said_in_words(refused, wave, words, said):
    assert said in refused("ratings", wave, *words)
