"""Population counts as the text of a record, and back.

    sex|age_group
    615600000|female|18_29=5120
    615600000|female|=31240

The first line names the questions. A count is of a district, or of the whole region where that is
empty, and of a group of each question, empty for all of them.
"""

import re

from desktop.surveys.ratings.population import Groups, Population

LINE = re.compile(r"([^=]*)=(\d{1,9})", re.ASCII)
FORBIDDEN = re.compile(r"[|=\r\n]")  # in a name or a value


def written(population: Population) -> str:
    """The text."""
    counts = (
        f"{'|'.join((district, *groups))}={count:.0f}"
        for (district, groups), count in population.counts.items()
    )
    return "\n".join(["|".join(population.questions), *counts])


def read(text: str) -> Population:
    """The counts; what makes no sense in the text is left out."""
    first, *lines = text.split("\n")
    questions = tuple(first.split("|")) if first else ()
    counts: dict[tuple[str, Groups], float] = {}
    for line in lines:
        found = LINE.fullmatch(line)
        district, *groups = found[1].split("|") if found else ("",)
        if found and len(groups) == len(questions):
            counts[district, tuple(groups)] = float(found[2])
    return Population(questions, counts)
