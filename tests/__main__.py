"""`python -m tests`: every check, the cheapest first; stops at the first that fails.

Of those that run side by side each comes to its end: a failure does not hide another one.

Further arguments go to pytest: `python -m tests -k outbox`.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
# typed code outside the four packages
OWN = "-p deploy -m tests.__main__ -m tests.postgres -m tests.compiled"
ROOM = 8 * 2**30  # bytes that are free where files of tests are kept in memory
QUESTIONABLE = 300  # lines of a module; over 500 fails a test
CHECKS = (
    "ruff format --check --quiet .",
    "ruff check --quiet .",
    "lint-imports",
    "mypy --no-error-summary",
    f"mypy --no-error-summary {OWN}",
    "pytest",
)
# Two processors, and tests wait much: these run beside the others, each row one after another.
# The simulation's mutants take as long again: three are among the tests, all are in `make soak`.
APART = ("tests/ui", "tests/desktop")
BESIDE = (
    ("python -m tests.simulate --seeds 2000", "pytest tests/ui"),
    ("pytest tests/desktop",),
)


def main(arguments: list[str]) -> None:
    """Run the checks; exit with the code of the first that fails."""
    with TemporaryDirectory(prefix="dala-tests-", dir=_in_memory()) as home:
        for check in CHECKS[:-1]:
            run(check, [], surroundings(Path(home)))
        if arguments:
            run(CHECKS[-1], arguments, surroundings(Path(home)))
        else:
            with ExitStack() as rows:
                for checks in BESIDE:
                    rows.enter_context(beside(checks, surroundings(Path(home))))
                rest = [f"--ignore={folder}" for folder in APART]
                run(CHECKS[-1], rest, surroundings(Path(home)))
    for folder in ("resources", "sync", "desktop", "ui", "deploy", "tests"):
        for module in sorted((ROOT / folder).rglob("*.py")):
            if (lines := len(module.read_text(encoding="utf-8").splitlines())) > QUESTIONABLE:
                print(f"a question: {module.relative_to(ROOT)} has {lines} lines")
    print("every check passed")


def run(check: str, arguments: list[str], environment: dict[str, str]) -> None:
    """Run one check in the repository and print its time."""
    began = time.monotonic()
    print(f"--- {' '.join((check, *arguments))}", flush=True)
    # The script itself, beside this Python: PATH may name another one, or none.
    program, *words = check.split()
    command = [str(Path(sys.executable).parent / program), *words, *arguments]
    quiet = program == "lint-imports"  # its report is long; it is shown when a contract is broken
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
    )  # fmt: skip
    if quiet and done.returncode:
        print(done.stdout)
    verdict = f"failed ({done.returncode})" if done.returncode else "passed"
    print(f"    {verdict} in {time.monotonic() - began:.1f} s", flush=True)
    if done.returncode:
        sys.exit(done.returncode)


@contextmanager
def beside(checks: tuple[str, ...], environment: dict[str, str]) -> Iterator[None]:
    """Run these one after another meanwhile; exit with 1 where one fails. They are heard last."""
    began = time.monotonic()
    programs = Path(sys.executable).parent
    each = (f'echo "--- {one}"; "{programs}"/{one} || failed=1' for one in checks)
    script = "; ".join(("failed=0", *each, "exit $failed"))
    with subprocess.Popen(
        ["sh", "-c", script], cwd=ROOT, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:  # fmt: skip
        ended = None
        try:
            yield
        except SystemExit as failure:  # of a check beside these
            ended = failure
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
        said, _ = process.communicate()
    print(said, end="")
    verdict = f"failed ({process.returncode})" if process.returncode else "passed"
    print(f"    {verdict}: {'; '.join(checks)}, in {time.monotonic() - began:.1f} s", flush=True)
    if ended or process.returncode:
        raise ended or SystemExit(1)


def _in_memory() -> Path | None:
    """Where files of tests go, if there is room: a disk takes ten times as long to make a database."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    found = os.statvfs(memory)
    roomy = found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC
    return memory if roomy else None


def surroundings(home: Path) -> dict[str, str]:
    """The environment of the checks: alike on every machine, and nobody's own folders in reach."""
    runtime, temporary = home / "runtime", home / "tmp"
    runtime.mkdir(mode=0o700, exist_ok=True)
    home.chmod(0o711)  # PostgreSQL runs as somebody else, in a folder below
    temporary.mkdir(exist_ok=True)
    # with the last one each start would compile anew
    ours = ("XDG_", "DALA_", "PYTHONDONTWRITEBYTECODE")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **inherited,
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",  # Qt warns where the system's letters are not UTF-8
        "QT_QPA_PLATFORM": inherited.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
