"""The papers and commands of the repository agree with each other and with the code."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from sync import VERSION

ROOT = Path(__file__).parent.parent
PAGE = 60  # lines of a decision


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize(
    "name", ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/decisions"]
)
def test_the_customary_papers_are_there(name):
    assert (ROOT / name).exists()


def test_the_licence_lets_everyone_use_it():
    project = tomllib.loads(text("pyproject.toml"))["project"]

    assert text("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 The Dala authors\n")
    assert project["license"] == "MIT"


def test_there_is_one_version():
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == VERSION
    assert f"## {VERSION}" in text("CHANGELOG.md")


def test_every_decision_fits_on_one_page():
    sizes = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "docs/decisions").glob("*.md")
    }

    assert {name: size for name, size in sizes.items() if size > PAGE} == {}


def test_decisions_are_numbered_once_each():
    numbers = [path.name[:5] for path in (ROOT / "docs/decisions").glob("*.md")]

    assert all(re.fullmatch(r"\d{4}-", number) for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_every_test_that_the_table_of_threats_names_is_there():
    named = set(re.findall(r"`(tests/[^`]+\.py)`", text("docs/security.md")))

    assert len(named) > 20
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_make_alone_lists_every_command():
    shown = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert set(re.findall(r"make ([\w-]+)", shown)) >= commands()


def test_every_module_that_make_starts_exists():
    started = re.findall(r"\$\(PYTHON\) -m (\S+)", text("Makefile"))

    missing = [
        module
        for module in started
        if not (ROOT / module.replace(".", "/")).with_suffix(".py").exists()
        and not (ROOT / module.replace(".", "/") / "__main__.py").exists()
    ]
    assert missing == []


@pytest.mark.parametrize("paper", ["README.md", ".ci/run", ".github/workflows/test.yml"])
def test_commands_named_in_papers_exist(paper):
    named = set(re.findall(r"make (?:--\S+ )?([a-z]+)", text(paper)))

    assert "test" in named
    assert named <= commands() | {"sure", "it", "the"}


@pytest.mark.parametrize("script", [".ci/run", "deploy/setup.sh"])
def test_scripts_can_be_started_and_read(script):
    shell = text(script).splitlines()[0].split()[-1].rpartition("/")[2]

    assert os.access(ROOT / script, os.X_OK)
    subprocess.run([shell, "-n", ROOT / script], check=True)


def test_system_libraries_have_three_columns():
    rows = [
        line.split()
        for line in text("deploy/system-libraries.txt").splitlines()
        if line and not line.startswith("#")
    ]

    assert all(len(row) == 3 and ".so." in row[0] for row in rows)
    assert {row[2] for row in rows} == {"always", "window"}
