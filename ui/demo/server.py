"""The regional server as a process of its own, for the demo: an embedded file, a local port."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from sync.errors import UserError
from sync.language import mark

COMMAND = (sys.executable, "-m", "sync.server")


class DemoServer:
    """Starts, stops and starts again at the same address: that is the network of the demo."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {**os.environ, "DALA_DATA": str(folder), "DALA_PORT": str(port)}
        self._environment.pop("DALA_DATABASE", None)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Return when it listens. Raises UserError with what it said where it does not."""
        with (self._folder / "server.log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own words
                [*COMMAND, "--prepare"],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert process.stdout is not None
        if not process.stdout.readline():
            process.stdout.close()
            process.wait()
            said = Path(log.name).read_text(encoding="utf-8").strip().splitlines()
            raise UserError(
                mark("The demo's server did not start: {said}"), said=" ".join(said[-1:])
            )
        self._process = process

    def stop(self) -> None:
        """Stop it, as if the network were gone."""
        if self._process is None:
            return
        self._process.terminate()
        self._process.wait(20)
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None

    def enrolment_code(self, person: dict[str, str]) -> str:
        """Add an account {id, name, role, district, language}; return a code for its laptop."""
        self._admin(
            *("add-account", person["id"], "--name", person["name"], "--role", person["role"]),
            *("--district", person["district"], "--language", person["language"]),
        )
        return str(self._admin("enrol-code", person["id"])["code"])

    def _admin(self, *words: str) -> Any:
        done = subprocess.run(  # noqa: S603
            [*COMMAND, "admin", *words, "--json"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise UserError(mark("The demo could not go on: {said}"), said=done.stderr.strip())
        return json.loads(done.stdout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
