"""`python -m desktop`: the program by commands, see desktop/cli.py."""

import sys


def _start(arguments: list[str]) -> int:
    if arguments[:1] == ["--xlsform-worker"]:  # how a frozen program starts this process of its
        from desktop.surveys.compiler import main as compile_form

        return compile_form(arguments[1:])
    from desktop.cli import main

    return main(arguments)


if __name__ == "__main__":
    raise SystemExit(_start(sys.argv[1:]))
