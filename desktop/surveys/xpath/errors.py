"""What is wrong with an expression, and where."""

from sync.errors import UserError


class XPathError(UserError):
    """An expression cannot be read or evaluated. `position` counts characters from 0."""

    def __init__(self, text: str, position: int = 0, **values: object) -> None:
        super().__init__(text, position=position + 1, **values)
        self.position = position
