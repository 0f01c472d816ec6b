"""Other engines of the standard, each in a process of its own: a form and answers in, its state out.

They are only for comparing, and never needed: `@getodk/xforms-engine` (npm, with node), and JavaRosa
out of the ODK Validate that pyxform carries (with a JDK).
"""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ENGINES = Path(__file__).parent / "engines"
PATIENCE = 300  # seconds for what is fetched or compiled

Answers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Seen:
    """A node as an engine has it. JavaRosa tells no validity of required answers apart."""

    value: str
    relevant: bool
    required: bool
    readonly: bool
    valid: bool


class Missing(Exception):
    """An engine is not there: nothing can be compared with it."""


class Engine:
    """A process that answers each line with a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, line: str) -> str:
        """Send a line, wait for one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        if not (answer := self._process.stdout.readline()):
            raise AssertionError("the engine died")
        return answer

    def run(self, xform: str, answers: Answers) -> dict[str, Seen]:
        """The state of a form after answers, by path. Raises ValueError where it fails."""
        raise NotImplementedError


class WebForms(Engine):
    """ODK Web Forms' engine."""

    def run(self, xform: str, answers: Answers) -> dict[str, Seen]:
        steps = [["answer", path, value] for path, value in answers]
        found = json.loads(self.ask(json.dumps({"xform": xform, "steps": steps})))
        if "error" in found:
            raise ValueError(found["error"])
        return {path: Seen(**one) for path, one in found.items() if "/meta" not in path}


class JavaRosa(Engine):
    """The engine of ODK Collect and of ODK Validate."""

    def run(self, xform: str, answers: Answers) -> dict[str, Seen]:
        parts = [xform, *(part for answer in answers for part in answer)]
        line = " ".join(base64.b64encode(part.encode()).decode() for part in parts)
        text = base64.b64decode(self.ask(line)).decode()
        rows = [row.split("\x1f") for row in text.split("\x1e") if row]
        if rows[0][0] == "error":
            raise ValueError(rows[0][1])
        return {
            path: Seen(value, "R" in flags, "Q" in flags, "O" in flags, "V" in flags)
            for path, value, flags in rows
            if "/meta" not in path
        }


@contextmanager
def web_forms(folder: Path) -> Iterator[WebForms]:
    """Its packages are installed from the lock into this folder. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("there is no node")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ENGINES / name, folder)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    _made(command, folder, "npm could not install the engine")
    with _running([node, str(ENGINES / "web_forms.mjs")], folder) as process:
        yield WebForms(process)


@contextmanager
def javarosa(folder: Path) -> Iterator[JavaRosa]:
    """Its runner is compiled into this folder. Raises Missing."""
    java, javac = shutil.which("java"), shutil.which("javac")
    pyxform = find_spec("pyxform")
    if java is None or javac is None or pyxform is None or pyxform.origin is None:
        raise Missing("there is no JDK")
    jar = Path(pyxform.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    command = [javac, "-cp", str(jar), "-d", str(folder), str(ENGINES / "JavaRosa.java")]
    _made(command, folder, "the runner could not be compiled")
    with _running([java, "-cp", f"{jar}:{folder}", "JavaRosa"], folder) as process:
        yield JavaRosa(process)


def _made(command: Sequence[str], folder: Path, otherwise: str) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as wrong:
        raise Missing(otherwise) from wrong
    if done.returncode:
        raise Missing(f"{otherwise}: {done.stderr.decode(errors='replace')[-300:]}")


@contextmanager
def _running(command: Sequence[str], folder: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()
