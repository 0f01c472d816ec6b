"""What the program is made of is told, asked about, and holds no secret of ours."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from deploy import audit
from deploy.audit import AUDITED, KNOWN, NOT_AUDITED, NotAudited, names, verdict
from deploy.lock_file import ROOT, export
from deploy.sbom import sbom, write
from deploy.secret_scan import kept_files, scan, secrets_in


def test_every_file_that_the_lock_names_has_its_hash():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    files = [
        file
        for package in lock["package"]
        for file in (*package.get("wheels", ()), *filter(None, [package.get("sdist")]))
    ]

    assert len(files) > 100
    assert [file["url"] for file in files if not file.get("hash", "").startswith("sha256:")] == []


def test_what_reads_the_lock_is_installed_by_its_hash():
    setup = (ROOT / "deploy" / "setup.sh").read_text(encoding="utf-8")
    asked = [line for line in setup.splitlines() if "pip install" in line]
    pinned = (ROOT / "deploy" / "uv.txt").read_text(encoding="utf-8")

    assert len(asked) == 1
    assert "--require-hashes --requirement deploy/uv.txt" in setup
    assert re.search(r"^uv==[0-9.]+ \\$", pinned, re.MULTILINE)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", pinned)) > 10


def test_the_bill_of_materials_names_all_that_the_program_takes_with_hashes(tmp_path):
    told = sbom()
    parts = {one["name"]: one for one in told["components"]}

    assert told["bomFormat"] == "CycloneDX"
    assert {"pyside6-essentials", "sqlalchemy", "cryptography", "keyring"} <= parts.keys()
    assert not {"pytest", "ruff"} & parts.keys()  # nobody is given these
    for one in parts.values():
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        hashes = [each for file in one["externalReferences"] for each in file.get("hashes", ())]
        assert {each["alg"] for each in hashes} == {"SHA-256"}
    one, other = write(tmp_path / "a" / "one.json"), write(tmp_path / "other.json")
    assert one.read_bytes() == other.read_bytes()


EXPECTED = {"alembic", "certifi"}


def answer(**more):
    said = {name: {"name": name, "version": "1", "vulns": []} for name in EXPECTED} | more
    return json.dumps({"dependencies": list(said.values())})


WEAK = {"name": "Certifi", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}


def test_an_answer_about_all_without_a_weakness_passes():
    assert verdict(EXPECTED, answer()) == []


def test_a_weakness_is_told_with_what_mends_it():
    assert verdict(EXPECTED, answer(certifi=WEAK)) == ["Certifi 1: PYSEC-1, fixed in 2"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "<html>Sign in to the network</html>",
        "[]",
        "{}",
        '{"dependencies": [{"name": "alembic"}]}',
        '{"dependencies": []}',
        answer(certifi={"name": "certifi", "skip_reason": "not on PyPI"}),
        json.dumps({"dependencies": [{"name": "alembic", "version": "1", "vulns": []}]}),
    ],
)
def test_what_says_nothing_of_one_package_is_no_audit(said):
    with pytest.raises(NotAudited):
        verdict(EXPECTED, said)


def asking(said):
    """Somebody who says this about whatever is asked."""

    def ask(requirements):
        if isinstance(said, Exception):
            raise said
        made = {name: {"name": name, "version": "1", "vulns": []} for name in names(requirements)}
        return json.dumps({"dependencies": [*made.values(), *said]})

    return ask


def test_the_exit_code_says_passed_weak_or_not_audited_and_never_passed_for_nothing(capsys):
    assert audit.main(asking([])) == AUDITED
    assert "audited: " in capsys.readouterr().out
    assert audit.main(asking([WEAK])) == KNOWN
    assert "PYSEC-1" in capsys.readouterr().out
    assert audit.main(asking(NotAudited("the service cannot be reached"))) == NOT_AUDITED
    out, err = capsys.readouterr()
    assert (out, err) == ("", "not audited: the service cannot be reached\n")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("raise SystemExit(3)", None),
        ("", "no answer"),
        ("import sys; sys.stderr.write('no route to pypi.org'); sys.exit(1)", "no route"),
        ("import time; time.sleep(60)", "timed out"),
    ],
)
def test_a_tool_that_fails_says_nothing_or_hangs_is_no_audit(monkeypatch, script, why):
    """A service that is down looks so to the tool, and the tool so to us."""
    monkeypatch.setattr(audit, "COMMAND", (sys.executable, "-c", script))
    if why == "timed out":  # the others have all the time that their start takes
        monkeypatch.setattr(audit, "PATIENCE", 0.2)

    with pytest.raises(NotAudited, match=why):
        audit.ask("certifi==1\n")


def test_a_tool_that_is_not_there_is_no_audit(monkeypatch, tmp_path):
    monkeypatch.setattr(audit, "COMMAND", (str(tmp_path / "nothing"),))

    with pytest.raises(NotAudited):
        audit.ask("certifi==1\n")


def test_all_packages_of_the_lock_are_asked_about():
    asked = names(export("requirements.txt", whole=True))

    assert {"sqlalchemy", "pyside6-essentials", "fastapi", "pytest"} <= asked


PLANTED = {
    "private key": "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEA" * 4,
    "AWS key": "AKIA" + "Q3EGW7JX5TVNLDO2",
    "GitHub token": "ghp_" + "a8Kd02LsPqW7zXcVbN5mT1rY4uE9oI3hGfJk",
    "Slack token": "xoxb-" + "2847561903-kdJ38sLqPz0aXw",
    "JSON Web Token": "eyJ" + "hbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N",
    "password in an address": "postgresql://dala:" + "h8Kq2pLx9" + "@db.example/dala",
    "value of a secret": "api_key = '" + "q9Xv2LmZ81bTtR4wKc7dPfGh" + "'",
}  # fmt: skip


@pytest.mark.parametrize("sort", PLANTED)
def test_a_planted_secret_is_found_where_it_stands(tmp_path, sort):
    file = tmp_path / "settings.py"
    file.write_text(f"# one\n\n{PLANTED[sort]}\n", encoding="utf-8")

    assert scan([file]) == [f"{file}:3: {sort}"]


@pytest.mark.parametrize(
    "text",
    [
        'password = "құпия сөз 1"',
        'PASSWORD = "password of somebody"',
        "token: str = field(repr=False)",
        'secret = "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
        "postgresql+psycopg://dala:PASSWORD@localhost/dala",
        "http://127.0.0.1:8040/v1/sync",
        "-----BEGIN CERTIFICATE-----",
    ],
)
def test_what_only_speaks_of_secrets_is_none(text):
    assert list(secrets_in(text)) == []


def test_the_repository_holds_no_secret():
    try:
        files = kept_files()
    except (OSError, subprocess.CalledProcessError):  # an archive of the sources, without git
        files = [path for path in Path(ROOT).rglob("*") if ".venv" not in path.parts]

    assert len(files) > 300
    assert scan(files) == []
