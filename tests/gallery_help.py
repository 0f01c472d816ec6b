"""Pictures of the help: its first page, a long one, the keys."""

from collections.abc import Iterator


def helps(app) -> Iterator[tuple[str, object]]:
    """(name, picture) of a few pages."""
    from tests.gallery import grabbed
    from ui.dialogs.help import HelpDialog
    from ui.screens import SCREENS

    for topic in ("first", "keys", "issues", "surveys"):
        help = HelpDialog([screen.key for screen in SCREENS])
        help.show_topic(topic)
        yield f"help-{topic}", grabbed(app, help)
