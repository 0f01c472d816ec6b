"""What uv.lock names, in the words of other tools."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def export(form: str, *, whole: bool = False) -> str:
    """The lock as `cyclonedx1.5` or `requirements.txt`, with hashes; `whole`: tools of ours, too.

    Needs no network. Raises subprocess.CalledProcessError where the lock cannot be read.
    """
    uv = shutil.which("uv") or str(ROOT / ".venv/bin/uv")  # as deploy/setup.sh finds it
    words = [uv, "export", "--quiet", "--offline", "--frozen", "--format", form]
    words += ["--all-groups", "--all-extras"] if whole else ["--no-dev"]
    done = subprocess.run(  # noqa: S603  # our own words only
        words, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout
