"""The diary of visits: where, whom, about what, and what came of it."""

from desktop.session import Desk
from ui.jobs import Jobs
from ui.screens.records import RecordsScreen


class VisitsScreen(RecordsScreen):
    """A visit has no parts: the form alone."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(desk, jobs, "visit")
