"""The password of a command: from DALA_PASSWORD in scripts, else typed and not shown."""

import os
import sys
from getpass import getpass

from sync.errors import UserError
from sync.language import mark, tr

VARIABLE = "DALA_PASSWORD"


def ask_password() -> str:
    """The password. Raises UserError where there is neither the variable nor a terminal, or where
    the variable is no text.

    The variable is taken out of the environment, so that no process started later inherits it.
    """
    given = os.environ.pop(VARIABLE, None)
    if given is not None:
        return _text(given)
    if not sys.stderr.isatty():
        raise UserError(
            mark("The password is needed: start this in a terminal, or set DALA_PASSWORD.")
        )
    return getpass(tr("Password: "))


def _text(given: str) -> str:
    try:
        given.encode()
    except UnicodeEncodeError as error:  # bytes that are no UTF-8 come as halves of characters
        raise UserError(
            mark("DALA_PASSWORD is not text in UTF-8. Set it again in a terminal that uses UTF-8.")
        ) from error
    return given
