"""A text of consent as paragraphs: to be read, and as a page to sign."""

from desktop.holdings.paper import Paragraph, Rank
from sync import consents
from sync.language import mark, tr

LINE = "_" * 36
TO_FILL = (
    mark("Operator"),
    mark("Surname, name, patronymic"),
    mark("Phone (if given)"),
    mark("Date"),
    mark("Signature"),
    mark("Witness, where it is spoken: name and signature"),
)


def to_read(version: str, language: str) -> list[Paragraph]:
    """The words of a version: its title and its parts. Raises FileNotFoundError as they are read."""
    title, *parts = consents.paragraphs(version, language)
    return [Paragraph(title, Rank.TITLE), *map(Paragraph, parts)]


def to_sign(version: str, language: str) -> list[Paragraph]:
    """The same with lines to fill in by hand, and which version it is."""
    lines = [Paragraph(f"\n{tr(words, language)}: {LINE}") for words in TO_FILL]
    return [*to_read(version, language), *lines, Paragraph(version, Rank.WHY)]
