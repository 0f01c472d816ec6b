"""Pictures of what is held about a person."""

from collections.abc import Iterator


def held(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): before anything was looked for, and found."""
    from desktop.actions import records
    from desktop.actions.holdings import held_about
    from desktop.holdings.paper import found_words
    from tests.gallery_reports import grabbed
    from tests.profiles import ISSUE
    from ui.dialogs.held import HeldDialog

    yield "held-empty", grabbed(app, HeldDialog())
    hers = {"applicant": "Гүлсім Ахметова", "phone": "8 701 123 45 67"}
    hers |= {"consent_way": "signed", "consent_on": "2026-11-05"}
    essence = "Су құбыры екінші аптадан бері жұмыс істемейді"
    records.save(desk, "issue", ISSUE | hers | {"essence": essence})
    records.save(
        desk, "issue", ISSUE | {"essence": "Көше шамы жанбайды\nГүлсім Ахметованың үйі жанында"}
    )
    found = held_about(desk, "Гүлсім Ахметова")
    dialog = HeldDialog()
    dialog.whom.set_value("Гүлсім Ахметова")
    mine = frozenset(one.id for one in found.holdings if one.about)
    dialog.show_found(found, found_words(found), mine)
    dialog.cards[found.holdings[0].id].tick.setChecked(True)
    yield "held", grabbed(app, dialog)
