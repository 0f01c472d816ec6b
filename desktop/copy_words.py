"""What the window and the commands say of copies, and of what was found and put right."""

from collections.abc import Iterator

from desktop.repair import Repair
from sync.language import tr, trn


def repair_words(done: Repair) -> Iterator[str]:
    """Sentences about a check: what is wrong, what was had back, what to do."""
    if done.file:
        yield tr(
            "The file with your work is damaged. Restore the newest copy, or start the program "
            "again: what was recorded since comes back from the journal, and what is here is put "
            "aside, not deleted."
        )
        return
    if done.sound:
        yield trn(
            "All is sound: the file, and {n} photo or file.",
            "All is sound: the file, and {n} photos and files.",
            done.photos,
        )
        return
    yield tr("The file is sound.")
    if n := done.from_copies:
        yield trn(
            "{n} photo was damaged or missing, and is back from a copy.",
            "{n} photos were damaged or missing, and are back from a copy.",
            n,
        )
    if n := done.from_server:
        yield trn(
            "{n} photo is damaged or missing. The next sync brings it.",
            "{n} photos are damaged or missing. The next sync brings them.",
            n,
        )
    if n := done.lost:
        yield trn(
            "{n} photo is damaged or missing, and no copy has it, nor the server. Attach it again "
            "if you still have it.",
            "{n} photos are damaged or missing, and no copy has them, nor the server. Attach them "
            "again if you still have them.",
            n,
        )


def told_apart(done: Repair) -> tuple[str, str]:
    """The same sentences: what is right by now, and what is not."""
    lines = list(repair_words(done))
    first = 0 if done.file else len(lines) - bool(done.lost)
    return "\n".join(lines[:first]), "\n".join(lines[first:])
