"""`python -m deploy.audit`: whether a weakness is known of what uv.lock names. Asks a service.

0: asked about every package, none is known. 1: some are known. 2: not audited: the service was not
reached, or it did not answer about all. What was not audited never passes.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deploy.lock_file import export

AUDITED, KNOWN, NOT_AUDITED = 0, 1, 2
PATIENCE = 300  # seconds for all packages
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"),
    *("--progress-spinner", "off", "--format", "json", "--requirement"),
)

Ask = Callable[[str], str]


class NotAudited(Exception):
    """Why nothing can be said."""


def ask(requirements: str) -> str:
    """What pip-audit answers to these. Raises NotAudited where it does not."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(requirements, encoding="utf-8")
        try:
            done = subprocess.run(  # noqa: S603  # our own words only
                [*COMMAND, file], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NotAudited(str(error)) from error
    if done.returncode not in (0, 1):  # 1: it found something, or it failed; its answer tells
        raise NotAudited(done.stderr.strip()[-500:])
    if not done.stdout.strip():
        raise NotAudited(done.stderr.strip()[-500:] or "no answer")
    return done.stdout


def verdict(expected: set[str], answer: str) -> list[str]:
    """Known weaknesses, a line each. `expected`: names that it must have been asked about.

    Raises NotAudited where the answer is none, or leaves one out.
    """
    try:
        said: list[dict[str, Any]] = json.loads(answer)["dependencies"]
        skipped = [one["name"] for one in said if "skip_reason" in one]
        found = [
            f"{one['name']} {one['version']}: {weakness['id']}, fixed in "
            f"{', '.join(weakness['fix_versions']) or 'no version'}"
            for one in said
            if "skip_reason" not in one
            for weakness in one["vulns"]
        ]
        asked = {canonical(one["name"]) for one in said}
    except (ValueError, KeyError, TypeError) as error:
        raise NotAudited("the answer cannot be read") from error
    if found:
        return found
    if left := sorted({*skipped, *(expected - asked)}):
        raise NotAudited(f"nothing was said of {', '.join(left)}")
    return []


def names(requirements: str) -> set[str]:
    """The packages in a file of requirements, without those of other systems."""
    lines = (line for line in requirements.splitlines() if line[:1].isalnum())
    return {canonical(line.split("==")[0]) for line in lines if " ; " not in line}


def canonical(name: str) -> str:
    """As packages are compared (PEP 503, less the dots, which none of ours has)."""
    return name.strip().lower().replace("_", "-")


def main(asking: Ask = ask) -> int:
    """Ask, say how it went, and return the exit code."""
    requirements = export("requirements.txt", whole=True)
    expected = names(requirements)
    try:
        found = verdict(expected, asking(requirements))
    except NotAudited as error:
        sys.stderr.write(f"not audited: {error}\n")
        return NOT_AUDITED
    sys.stdout.writelines(f"{line}\n" for line in found)
    if found:
        return KNOWN
    sys.stdout.write(f"audited: {len(expected)} packages at least, no weakness is known\n")
    return AUDITED


if __name__ == "__main__":
    sys.exit(main())
