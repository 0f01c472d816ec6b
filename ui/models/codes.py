"""The digits that choose: one for up to nine choices, two for more, as on a paper form."""

ONE_DIGIT = 9


def codes(count: int) -> list[str]:
    """1 … 9, or 01 … count."""
    width = 1 if count <= ONE_DIGIT else len(str(count))
    return [str(number).zfill(width) for number in range(1, count + 1)]


class Typed:
    """Digits typed so far towards a code."""

    def __init__(self) -> None:
        self.digits = ""

    def add(self, digit: int, count: int) -> int | None:
        """One more digit for a question with `count` choices: the number chosen, once it is whole.

        A digit that begins no code starts over.
        """
        known = codes(count)
        typed = self.digits + str(digit)
        if not any(code.startswith(typed) for code in known):
            typed = str(digit) if any(code.startswith(str(digit)) for code in known) else ""
        self.digits = "" if typed in known else typed
        return known.index(typed) + 1 if typed in known else None

    def clear(self) -> None:
        """Forget them: another question, or another key."""
        self.digits = ""
