"""What is said of a newer version: by the command as in the window."""

from typing import TYPE_CHECKING

from sync.language import tr

if TYPE_CHECKING:
    from desktop.updates.asking import Looked

MEGABYTE = 1e6
FEW = 9.95e6  # bytes, below which thousands of them are told


def offer_words(looked: "Looked") -> list[str]:
    """Which version there is, and how much has to come of it."""
    there = tr(
        "There is a newer version: {version} ({n} MB). Yours is {now}.",
        version=looked.offered,
        n=megabytes(looked.whole),
        now=looked.current,
    )
    if looked.size == looked.whole:
        return [there]
    if looked.size >= FEW:
        return [there, tr("Only what changed comes: {n} MB.", n=megabytes(looked.size))]
    return [there, tr("Only what changed comes: {n} KB.", n=max(1, round(looked.size / 1000)))]


def instead_words(size: int) -> str:
    """The whole package comes, or came, where only what changed had been said."""
    return tr(
        "What changed could not be used on this computer, so the whole package is taken: {n} MB.",
        n=megabytes(size),
    )


def megabytes(size: int) -> int:
    """As packages are told."""
    return max(1, round(size / MEGABYTE))
