"""Which records have a paper: asked by every page, so it stands apart from what makes papers."""

from sync.records import KINDS
from sync.records.base import Part
from sync.records.filled_form import FilledForm


def has_paper(kind: str) -> bool:
    """Whether a record of this kind is printed: one of a district, and no filled-in form yet."""
    record = KINDS[kind]
    apart = issubclass(record, Part) or record is FilledForm
    return not (apart or record.regional or record.handed_out)
