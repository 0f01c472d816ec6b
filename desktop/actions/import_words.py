"""What became of a table, in words: for the screen and for commands."""

from desktop.actions.import_undone import Undone
from desktop.actions.importing import Checked, Imported
from sync.language import tr, trn
from sync.records import KINDS


def count_words(found: Checked) -> list[str]:
    """«120 rows are new · 3 are there already · …»"""
    said = [trn("{n} row is new", "{n} rows are new", len(found.new))]
    if found.there:
        said.append(trn("{n} is there already", "{n} are there already", len(found.there)))
    if found.alike:
        said.append(
            trn("{n} is like a record that is there", "{n} are like records that are there",
                len(found.alike))
        )  # fmt: skip
    if found.wrong:
        said.append(trn("{n} is not right", "{n} are not right", len(found.wrong)))
    return said


def import_words(one: Imported) -> str:
    """One line about an import."""
    parts = [str(one.id), f"{one.at.astimezone():%d.%m.%Y %H:%M}", tr(KINDS[one.kind].label)]
    parts += [one.file, trn("{n} record", "{n} records", one.rows)]
    if one.undone:
        parts.append(tr("taken back"))
    return " · ".join(parts)


def undone_words(done: Undone) -> str:
    """What became of an import that was taken back."""
    words = trn("{n} draft was taken away.", "{n} drafts were taken away.", done.removed)
    if done.stay:
        words += " " + trn(
            "{n} stays: it was changed or sent since.",
            "{n} stay: they were changed or sent since.",
            done.stay,
        )
    return words
