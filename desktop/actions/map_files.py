"""The map leaves the program as a picture: with its title, its days, what its signs mean, and who took it.

Noted like every export (decision 35). Numbers of few people in one village stay inside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from desktop.actions.figure_files import ending_of, footer, leave
from desktop.actions.on_map import Counted, for_outside
from desktop.exports.training import INVENTED, TRAINING
from desktop.session import Desk
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark, tr

FORMATS = ("png", "pdf")


@dataclass(frozen=True)
class Sheet:
    """What is to be drawn: the numbers as they may leave, and the words around them."""

    counted: Counted
    form: str  # png, pdf
    footer: str
    notes: tuple[str, ...]


def export(desk: Desk, counted: Counted, path: Path, draw: Callable[[Sheet], bytes]) -> Exported:
    """Write the map to a .png or .pdf file by `draw`; what was noted of it.

    Raises UserError where something is missing, or cannot be written: then nothing was.
    """
    form = ending_of(path)
    if form not in FORMATS:
        raise UserError(mark("The name of the file must end in .png or .pdf."))
    told = for_outside(counted)

    def write(file: IO[bytes], id: str, at: datetime) -> int:
        below, notes = (
            footer(desk, id, at),
            [tr("What is counted: the records that had reached this laptop.")],
        )
        if told.hidden:
            notes.append(tr("Of one village, numbers of few people are not told."))
        if desk.training:
            below = f"{tr(TRAINING)} · {below}"
            notes.insert(0, tr(INVENTED))
        file.write(draw(Sheet(told, form, below, tuple(notes))))
        return sum(map(len, told.villages.values()))

    return leave(desk, path, f"map_{counted.wish.layer}", write)
