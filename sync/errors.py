"""What a person is told when something cannot be done. All else that goes wrong is a bug.

UserError            shown as it is: what happened, what is safe, what to do
  Offline            the server was not reached, or what answered was not the server
  SignInAgain        the server no longer takes this laptop's token
  TooOld             the server speaks a newer protocol
  Refused            a rule forbids it; the work stays on the laptop
  Stopped            the person stopped an exchange
"""

from sync.language import mark, tr

STOPPED = mark("Stopped. What was not sent waits on this laptop and goes with the next sync.")


class UserError(Exception):
    """A sentence for the person, translated when it is shown.

    `text` is an English template marked for translation with `mark()`; `values` fill its braces.
    """

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text, self.values = text, values

    def words(self, language: str | None = None) -> str:
        """The sentence in this language, or in the one the program speaks now."""
        return tr(self.text, language, **self.values)

    def __str__(self) -> str:
        return self.words()


class Offline(UserError):
    """The server was not reached. Nothing is lost: edits wait in the outbox."""


class SignInAgain(UserError):
    """The server no longer takes this laptop's token."""


class TooOld(UserError):
    """The server speaks a newer protocol than this program."""


class Refused(UserError):
    """A rule forbids it. `at` names the input it is about, where the server says so: `code`."""

    at = ""


class Stopped(UserError):
    """The person stopped an exchange. What was answered is settled; the rest waits."""

    def __init__(self) -> None:
        super().__init__(STOPPED)
