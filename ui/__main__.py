"""python -m ui [--profile DIR] [--lang kk|ru|en]: the program. python -m ui demo: the main job."""

import argparse
import sys
from pathlib import Path
from typing import Any


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["--xlsform-worker"]:  # how a frozen program starts this process of its own
        from desktop.surveys.compiler import main as compile_form

        return compile_form(words[1:])
    if words[:1] == ["--self-test"]:
        from ui.self_test import main as self_test

        return self_test()
    if words[:1] == ["demo"]:
        from ui.demo.__main__ import main as demo

        return demo(words[1:])
    asked = _arguments(words)
    settings = _settings(asked.profile)
    language = asked.lang or str(settings["language"])

    from ui.app import catch_bugs, make_app, show_crash
    from ui.program import Program

    app = make_app(language=language, scheme=str(settings["scheme"]))
    catch_bugs(app)
    program = Program(asked.profile, settings)
    program.jobs.crashed.connect(lambda error: show_crash(app, error))
    program.start()
    return app.exec()


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui", description="Dala")
    parser.add_argument("--profile", type=Path, help="the folder of your work on this laptop")
    parser.add_argument("--lang", choices=("kk", "ru", "en"), help="the language of the window")
    return parser.parse_args(words)


def _settings(folder: Path | None) -> dict[str, Any]:
    from desktop.settings import load_settings

    if folder is None:
        from platformdirs import user_data_path

        folder = user_data_path("Dala", appauthor=False, roaming=False)
    return dict(load_settings(folder / "settings.json"))


if __name__ == "__main__":
    sys.exit(main())
