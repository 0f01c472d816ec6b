"""python -m ui [FILE] [--profile DIR] [--lang kk|ru|en]: the program. python -m ui demo: the main job.
python -m ui custodians [--lang …]: the work with the region's key, at a computer that is nobody's.

The installed program is this module, frozen: `dala` is the window, `dala COMMAND …` is
`python -m desktop COMMAND …`. It carries no server, hence no demo.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from sync.language import speak, tr
from ui.display import can_draw

COMMANDS = (  # of desktop.cli, which a plain start does not import
    "enrol",
    "network",
    "record",
    "list",
    "show",
    "attach",
    "sync",
    "attention",
    "late",
    "settle",
    "review",
    "erase",
    "held",
    "people",
    "password",
    "key",
    "recovery",
    "recover",
    "region-ask",
    "region-use",
    "region-key",
    "report",
    "officer",
    "inventory",
    "check",
    "backup",
    "restore",
    "consent",
    "deadline",
    "calendar",
    "seed",
    "training",
    "overdue",
    "paper",
    "slip",
    "audit",
    "diagnostics",
    "search",
    "duplicates",
    "export",
    "figures",
    "import",
    "carry",
    "census",
    "form",
    "xpath",
    "rate",
    "ratings",
    "quality",
    "wave",
    "update",
)
CUSTODIANS = "custodians"
PRINTING = ("--ask-printers", "--print-pages")
OF_THIS_PROGRAM = ("--xlsform-worker", "--draw-pages", *PRINTING, "--self-test", "update")


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if _frozen():
        _hand_over(words)
    if words[:1] == ["--xlsform-worker"]:  # how a frozen program starts this process of its own
        from desktop.surveys.compiler import main as compile_form

        return compile_form(words[1:])
    if words[:1] == ["--draw-pages"]:  # likewise, for a command that writes PDF
        from ui.pdf_process import main as draw

        return draw()
    if words and words[0] in PRINTING:  # likewise, for the window: printers may not answer
        from ui.printers import ASK
        from ui.printers import main as serve_printing

        return serve_printing([] if words[0] == ASK else words)
    if words[:1] == ["--self-test"]:
        from ui.self_test import main as self_test

        return self_test()
    if _frozen() and words and words[0] in COMMANDS:
        from desktop.cli import main as run_command

        return run_command(words)
    if words[:1] == ["demo"] and not _frozen():
        from ui.demo.__main__ import main as demo

        return demo(words[1:])
    if words[:1] == [CUSTODIANS]:
        return _run_custodians(_custodian_arguments(words[1:]))
    try:
        asked = _arguments(words)
    except SystemExit:  # words that are none, or help: no window was to come
        _came_up()
        raise
    return _run_window(asked)


def _run_window(asked: argparse.Namespace) -> int:
    settings = _settings(asked.profile)
    language = asked.lang or str(settings["language"])
    if not _can_speak(language):
        return 1

    from ui.app import catch_bugs, make_app, show_crash
    from ui.program import Program

    app = make_app(language=language, scheme=str(settings["scheme"]), size=str(settings["size"]))
    catch_bugs(app)
    program = Program(asked.profile, settings, speaks=asked.lang or "", join=asked.join)
    program.jobs.crashed.connect(lambda error: show_crash(app, error))
    program.start()
    _came_up()
    return app.exec()


def _hand_over(words: list[str]) -> None:
    """Become a newer version that was installed, see desktop.updates.launching."""
    if words[:1] in ([one] for one in OF_THIS_PROGRAM):
        return  # of this very program; and «update» must work where a newer one does not
    from desktop.updates.launching import hand_over
    from desktop.updates.versions import this_users_programs

    programs = this_users_programs()
    if programs.current.exists():
        plain = not words or words[0] not in (*COMMANDS, CUSTODIANS)
        hand_over(programs, words, window=plain and can_draw())


def _came_up() -> None:
    """A version that was installed beside this program's package works: it is not given up."""
    if _frozen():
        from desktop.updates import launching, versions

        launching.came_up(versions.this_users_programs())


def _run_custodians(asked: argparse.Namespace) -> int:
    """Their page alone: no profile is looked for, held or made."""
    settings = _settings(None)
    language = asked.lang or str(settings["language"])
    if not _can_speak(language):
        return 1

    from ui.app import catch_bugs, make_app, show_crash
    from ui.custodians import Custodians
    from ui.frame import Frame
    from ui.jobs import Jobs
    from ui.translation import use_language

    app = make_app(language=language, scheme=str(settings["scheme"]), size=str(settings["size"]))
    catch_bugs(app)
    frame, jobs = Frame(), Jobs()
    jobs.crashed.connect(lambda error: show_crash(app, error))
    work = Custodians(jobs, frame, leaves=False)
    work.language_chosen.connect(use_language)
    frame.closing.connect(work.leave)
    frame.closing.connect(jobs.close)
    frame.show()
    work.begin()
    return app.exec()


def _can_speak(language: str) -> bool:
    """Use this language from now on. Where there is no screen, that is said in it."""
    speak(language)
    if can_draw():
        return True
    command = f"{_name('python -m desktop')} --help"
    words = tr("There is no screen to draw on. Commands work without one: {help}", help=command)
    sys.stderr.write(f"{words}\n")
    return False


def _custodian_arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=f"{_name('python -m ui')} {CUSTODIANS}", description="The region's key"
    )
    _add_language(parser)
    return parser.parse_args(words)


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=("kk", "ru", "en"), help="the language of the window")


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=_name("python -m ui"), description="Dala")
    if _frozen():
        parser.epilog = f"dala COMMAND --help: without a window. COMMAND: {', '.join(COMMANDS)}"
    parser.add_argument(
        "join",
        nargs="?",
        type=_join_file,
        metavar="FILE",
        help="*.dala-join, which binds a new laptop",
    )
    parser.add_argument("--profile", type=Path, help="the folder of your work on this laptop")
    _add_language(parser)
    return parser.parse_args(words)


def _join_file(word: str) -> Path:
    """By its name alone: any other word may be a command that was mistyped."""
    if not word.casefold().endswith(".dala-join"):
        raise argparse.ArgumentTypeError(f"no join file: {word}")
    return Path(word)


def _frozen() -> bool:
    """Whether this is the installed program, which PyInstaller made."""
    return bool(getattr(sys, "frozen", False))


def _name(otherwise: str) -> str:
    """How this program was called."""
    return "dala" if _frozen() else otherwise


def _settings(folder: Path | None) -> dict[str, Any]:
    from desktop.settings import load_settings

    if folder is None:
        from desktop.folder import data_folder
        from desktop.this_computer import last_folder

        folder = last_folder(data_folder())
    return dict(load_settings(folder / "settings.json"))


if __name__ == "__main__":
    sys.exit(main())
