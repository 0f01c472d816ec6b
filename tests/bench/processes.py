"""The processes that are measured: this Python, this work tree, nobody's own folders."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60.0  # seconds that an end may take


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a measured process, with its home in `home`."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DALA_", "XDG_", "PYTHON"))
    }
    own = {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    return inherited | own | more


@contextmanager
def listening(module: str, *words: str, home: Path, **environment: str) -> Iterator[str]:
    """Run `python -m module` as long as the block lasts; the URL that its first line says.

    Raises RuntimeError with what it said when it did not start.
    """
    with (home / "log").open("a+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=home,
            env=surroundings(home, **environment),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            if not said:
                process.wait(LONGEST)
                raise RuntimeError((home / "log").read_text(encoding="utf-8"))
            yield str(json.loads(said)["url"])
        finally:
            process.terminate()
            process.wait(LONGEST)
            process.stdout.close()
