"""A server and laptops, whole and real: as desks, and as commands."""

import io
import json
import shutil
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from desktop import keys, network
from desktop import profile as profiles
from desktop.cli import main
from desktop.new_key import lay_new_key, turn
from desktop.profile import close_desk, open_desk
from desktop.surveys import xlsform
from desktop.surveys.compiler import compile_workbook
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import HandClock, regional


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture
def own_server(tmp_path):
    """A server that only this test works with, and whose clock it moves."""
    folder = tmp_path / "server"
    folder.mkdir()
    with regional(f"sqlite:///{folder}/server.db", folder, clock=HandClock()) as made:
        yield made


@pytest.fixture
def laptop(server, tmp_path):
    """Enrol somebody new; their desk."""
    desks = []

    def enrolled():
        login = f"u{uuid4().hex[:10]}"
        profile = new_profile(tmp_path / login, server, login)
        desks.append(open_desk(profile, PASSWORD, http=line(server)))
        return desks[-1]

    yield enrolled
    for desk in desks:
        close_desk(desk)


@pytest.fixture
def run(server, monkeypatch, capsys):
    """Run one command as a script would: (exit code, stdout, stderr)."""
    monkeypatch.setattr(network, "open_http", lambda *_: line(server))
    monkeypatch.setattr(keys, "SAFE", CHEAP)
    for costly in (profiles.enrol, keys.make_recovery_code, lay_new_key, turn):
        monkeypatch.setitem(costly.__kwdefaults__, "cost", CHEAP)

    def command(*words, stdin="", password=PASSWORD):
        monkeypatch.setenv("DALA_PASSWORD", password)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main(["--lang", "en", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    with keystore(MemoryKeyring()):
        yield command


@pytest.fixture
def commander(run, server, tmp_path):
    """Enrol somebody; a function that runs their commands and returns the JSON document."""

    def enrolled(role="activist"):
        login = f"u{uuid4().hex[:10]}"
        server.account(login, role)
        folder = tmp_path / login
        code = server.code(login)

        def command(*words, stdin=""):
            code, out, err = run(*words, "--profile", folder, "--json", stdin=stdin)
            assert code == 0, err
            return json.loads(out)

        command.folder = folder
        command.person = command("enrol", "--server", "https://server.test", "--code", code)
        return command

    return enrolled


@pytest.fixture
def mine(commander):
    return commander()


@pytest.fixture
def compiled_here(monkeypatch):
    """Forms are read by this process, where it is not asked who reads them: its start takes longer."""

    def run(command, _patience, _tell):
        source, target = map(Path, command[-2:])
        target.write_text(json.dumps(compile_workbook(source.read_bytes(), source), default=str))

    monkeypatch.setattr(xlsform, "_run", run)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where a module's `template` has its profile, in `place`, and the same once more beside it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def begin(template, home):
    """Everything as it was before a run: the profile that a module's `template` has in `place`."""

    def put_back():
        shutil.rmtree(home / "place")
        shutil.copytree(home / "template", home / "place")
        return template

    put_back()
    return put_back
