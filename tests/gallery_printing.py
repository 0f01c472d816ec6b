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
    yield from _previews(app)


def _previews(app) -> Iterator[tuple[str, object]]:
    """A paper of several pages from its second one, one that finds no printer, and one that is printed."""
    from desktop.exports.pages import Grid, Line, Look, Pages, Signatures
    from sync.language import spoken, tr
    from tests.gallery import grabbed
    from ui.dialogs.preview import PreviewDialog
    from ui.pdf_pages import LaidPages
    from ui.previewing import NO_PRINTER
    from ui.printers import Known

    rows = tuple((str(at), "Құбырды аяқтау, жауаптысы – Б. Үсенов") for at in range(1, 70))
    blocks = (
        Line("ХАТТАМА № 12", Look.TITLE, middle=True),
        Line("Су құбыры мен мектеп жолы", label="Күн тәртібі:"),
        Grid(("№", "Шешім"), rows),
        Signatures((("Төраға", "Ә. Төлегенов"),)),
    )
    pages = Pages("Хаттама", spoken(), blocks, "Айгүл Бейсенова · 05.11.2026", "")
    for name, problem in (("preview", ""), ("preview-no-printer", tr(NO_PRINTER))):
        dialog = PreviewDialog("Хаттама 12 05.11.2026", LaidPages(pages))
        dialog.show()
        dialog.view.go(1)
        if problem:
            dialog.show_problem(problem)
        yield name, grabbed(app, dialog)
    dialog = PreviewDialog("Хаттама 12 05.11.2026", LaidPages(pages))
    dialog.show()
    dialog.show_printers(Known(["HP LaserJet M15", "Әкімдік, 2-қабат"], "Әкімдік, 2-қабат"))
    dialog.printing.pages.set_value("2-9")
    dialog.printing.print_button.click()
    yield "preview-printers", grabbed(app, dialog)
