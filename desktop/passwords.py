"""What a command must not be told as an argument: from the environment, else typed and not shown."""

import os
import sys
from getpass import getpass

from sync.errors import UserError
from sync.language import mark, tr

PASSWORD, NEW_PASSWORD, CODE = "DALA_PASSWORD", "DALA_NEW_PASSWORD", "DALA_RECOVERY_CODE"
SHEET, REPORT = "DALA_SHEET_", "DALA_REPORT_CODE"


def ask_password() -> str:
    """The password. Raises UserError where there is neither the variable nor a terminal, or where
    the variable is no text.

    The variable is taken out of the environment, so that no process started later inherits it.
    """
    return _ask(PASSWORD, tr("Password: "))


def ask_new_password() -> str:
    """The one that is to open the file from now on. Typed, it is asked for twice. Raises UserError."""
    typed = NEW_PASSWORD not in os.environ
    password = _ask(NEW_PASSWORD, tr("New password: "))
    if typed and getpass(tr("The same once more: ")) != password:
        raise UserError(mark("The two were not the same. Nothing was changed; please try again."))
    return password


def ask_code() -> str:
    """The recovery code, as it was typed. Raises UserError."""
    return _ask(CODE, tr("Recovery code: "))


def ask_sheet(number: int) -> str:
    """A custodian's sheet, as it was typed; DALA_SHEET_1 and so on in scripts. Raises UserError."""
    return _ask(f"{SHEET}{number}", tr("Sheet of custodian {number}: ", number=number))


def ask_report_code() -> str:
    """The code of a sealed report, as it was typed. Raises UserError."""
    return _ask(REPORT, tr("Code of the report: "))


def _ask(variable: str, prompt: str) -> str:
    given = os.environ.pop(variable, None)
    if given is not None:
        return _text(given, variable)
    if not sys.stderr.isatty():
        raise UserError(
            mark("Something secret is needed: start this in a terminal, or set {variable}."),
            variable=variable,
        )
    return getpass(prompt)


def _text(given: str, variable: str) -> str:
    try:
        given.encode()
    except UnicodeEncodeError as error:  # bytes that are no UTF-8 come as halves of characters
        raise UserError(
            mark("{variable} is not text in UTF-8. Set it again in a terminal that uses UTF-8."),
            variable=variable,
        ) from error
    return given
