"""All reports, in the order in which they are offered."""

from desktop.figures.casework import ISSUES, RECEPTION, RELOCATION
from desktop.figures.control import MEASURES, MEDIA, PROJECTS
from desktop.figures.declared import Report
from desktop.figures.field_work import ACTIVITY, COVERAGE, MEETINGS
from sync.errors import UserError
from sync.language import mark

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        ACTIVITY,
        COVERAGE,
        MEETINGS,
        ISSUES,
        RECEPTION,
        PROJECTS,
        RELOCATION,
        MEASURES,
        MEDIA,
    )
}


def report_of(name: str) -> Report:
    """By its name. Raises UserError for one that is none."""
    if name not in REPORTS:
        raise UserError(mark("There is no report “{name}”."), name=name)
    return REPORTS[name]
