"""Pictures of the question before a record, or the register of the reception, is printed."""

from collections.abc import Iterator


def printing(app) -> Iterator[tuple[str, object]]:
    """(name, picture): a record, its people's data asked for, and the register with its days."""
    from datetime import date

    from desktop.actions.papers import REGISTER
    from sync.language import tr
    from sync.records.base import field_map
    from sync.records.reception import Reception
    from tests.gallery import grabbed
    from ui.dialogs.paper import PaperDialog

    names = [one.words() for one in field_map(Reception).values() if one.private]
    yield "print", grabbed(app, PaperDialog("Ауыл ішіндегі су құбыры", ()))
    period = date(2026, 11, 1), date(2026, 11, 30)
    dialog = PaperDialog(tr(REGISTER), names[:5], period=period)
    dialog.personal.setChecked(True)
    yield "print-register", grabbed(app, dialog)
