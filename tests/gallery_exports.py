"""Pictures of the question before a list leaves as a file."""

from collections.abc import Iterator


def exports(app) -> Iterator[tuple[str, object]]:
    """(name, picture): as it opens, with personal data asked for, and of everything on its way."""
    from desktop.actions.exporting import WHOLE, filter_words
    from desktop.actions.listing import Wish
    from sync.language import tr, trn
    from sync.records.base import field_map
    from sync.records.issue import Issue
    from tests.gallery import grabbed
    from ui.dialogs.export import ExportDialog

    names = [one.words() for one in field_map(Issue).values() if one.private]
    shown = tr("The list as you see it: {filter}.", filter=filter_words(Wish("sent", "су")))
    for name, personal in (("export", False), ("export-personal", True)):
        dialog = ExportDialog(tr(Issue.label), shown, names)
        dialog.personal.setChecked(personal)
        yield name, grabbed(app, dialog)
    from ui.exports import EVERYTHING, WHAT_GOES, WITH_PEOPLE

    words = f"{trn('{n} record', '{n} records', 23_120)}. {tr(WHAT_GOES)}"
    dialog = ExportDialog(
        tr(WHOLE), words, [tr(WITH_PEOPLE)], heading=tr(EVERYTHING), files="ZIP (*.zip)"
    )
    dialog.personal.setChecked(True)
    dialog.show_progress(8_500, 23_120)
    yield "export-everything", grabbed(app, dialog)
