"""Pictures of what is held about a person."""

from collections.abc import Iterator

NAME = "Гүлсім Ахметова"


def held(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): before anything was looked for, found, not erasable, asked, erased."""
    from desktop.actions import records
    from desktop.actions.holdings import held_about
    from desktop.holdings import paper, reach
    from sync.records.issue import Issue
    from tests.gallery import grabbed
    from tests.profiles import ISSUE
    from ui.dialogs.erase import EraseDialog
    from ui.dialogs.held import HeldDialog

    yield "held-empty", grabbed(app, HeldDialog())
    hers = {"applicant": NAME, "phone": "8 701 123 45 67"}
    hers |= {"consent_way": "signed", "consent_on": "2026-11-05"}
    essence = "Су құбыры екінші аптадан бері жұмыс істемейді"
    records.save(desk, "issue", ISSUE | hers | {"essence": essence})
    records.save(desk, "issue", ISSUE | {"essence": f"Көше шамы жанбайды\n{NAME} айтты"})
    [change] = records.save(desk, "issue", ISSUE | hers | {"applicant": "Болат", "phone": ""})
    with desk.store.begin() as session:
        session.get_one(Issue, change.record).conflicts = {"applicant": [{"value": NAME}]}
    found = held_about(desk, NAME, "8 701 123 45 67")
    mine = frozenset(one.id for one in found.holdings if one.about)
    advice = {one.id: reach.advice(desk, one) for one in found.holdings}

    def asked(may=mine, advised=advice):
        dialog = HeldDialog()
        dialog.whom.set_value(NAME)
        dialog.phone.set_value("8 701 123 45 67")
        dialog.show_found(found, paper.found_words(found), may, advised, ("issue",))
        dialog.cards[found.holdings[0].id].tick.setChecked(True)
        return dialog

    yield "held", grabbed(app, asked())
    activist = reach.advice(_as(desk, "activist"), found.holdings[0])
    yield "held-activist", grabbed(app, asked(frozenset(), advice | dict.fromkeys(mine, activist)))
    yield "held-erase", grabbed(app, EraseDialog(NAME, None, reach.going(found, mine)))
    after = asked()
    after.show_rest(reach.still_lies())
    yield "held-erased", grabbed(app, after)


def _as(desk, role):
    """The desk of somebody else with the same file."""
    import dataclasses

    import msgspec

    return dataclasses.replace(
        desk, person=msgspec.structs.replace(desk.person, role=role, district="615600000")
    )
