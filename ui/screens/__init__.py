"""The screens of the window as data: one row each, in the order of the sidebar.

A row's `make` is called when the screen is opened first, and imports it only then, so that the
window is painted before the heavy parts are loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.language import mark
from sync.policy import ROLES, Action, Place, reach, roles_that

if TYPE_CHECKING:
    from desktop.session import Desk
    from ui.jobs import Jobs

WORKERS = roles_that(Action.RECORD)
EVERYONE = frozenset(ROLES)
OF_THE_REGION = frozenset(  # who writes what the whole region shares: forms, waves, officials
    role for role in ROLES if Place.REGION in reach(role, Action.RECORD)
)


@dataclass(frozen=True)
class Screen:
    """One entry of the sidebar. `kinds` of records are opened on this screen.

    Without `make` it is the screen that follows from their declarations.
    """

    key: str
    icon: str
    label: str  # English, marked
    make: Callable[["Desk", "Jobs"], QWidget] | None = None
    roles: frozenset[str] = WORKERS
    kinds: tuple[str, ...] = ()
    also: str = ""  # what else it is called, marked: it is found by these words too

    def build(self, desk: "Desk", jobs: "Jobs") -> QWidget:
        """The screen itself; what it needs is imported here."""
        if self.make is not None:
            return self.make(desk, jobs)
        from ui.screens.any_kind import AnyKindScreen
        from ui.screens.kinds_together import KindsTogether

        if len(self.kinds) > 1:
            return KindsTogether(desk, jobs, self.kinds)
        return AnyKindScreen(desk, jobs, self.kinds[0])


def _today(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.today import TodayScreen

    return TodayScreen(desk, jobs)


def _overdue(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.overdue import OverdueScreen

    return OverdueScreen(desk, jobs)


def _duplicates(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.duplicates import DuplicatesScreen

    return DuplicatesScreen(desk, jobs)


def _meetings(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.meetings import MeetingsScreen

    return MeetingsScreen(desk, jobs)


def _issues(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.issues import IssuesScreen

    return IssuesScreen(desk, jobs)


def _reception(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.reception import ReceptionScreen

    return ReceptionScreen(desk, jobs)


def _filled_forms(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.filled_forms import FilledFormsScreen

    return FilledFormsScreen(desk, jobs)


def _surveys(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.surveys import SurveysScreen

    return SurveysScreen(desk, jobs)


def _ratings(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.ratings import RatingsScreen

    return RatingsScreen(desk, jobs)


def _quality(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.quality import QualityScreen

    return QualityScreen(desk, jobs)


def _review(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.review import ReviewScreen

    return ReviewScreen(desk, jobs)


def _reports(desk: "Desk", jobs: "Jobs") -> QWidget:
    from desktop.actions.officer import is_officer

    if is_officer(desk):
        from ui.screens.officer import OfficerScreen

        return OfficerScreen(desk, jobs)
    from ui.screens.reports import ReportsScreen

    return ReportsScreen(desk, jobs)


def _figures(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.figures import FiguresScreen

    return FiguresScreen(desk, jobs)


def _map(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.map import MapScreen

    return MapScreen(desk, jobs)


def _directory(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.directory import DirectoryScreen

    return DirectoryScreen(desk, jobs)


def _sync(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.sync_state import SyncScreen

    return SyncScreen(desk, jobs)


def _who_looked(desk: "Desk", jobs: "Jobs") -> QWidget:
    from ui.screens.who_looked import WhoLookedScreen

    return WhoLookedScreen(desk, jobs)


SCREENS = (
    Screen("today", "today", mark("Today"), _today),
    Screen("meetings", "meetings", mark("Meetings"), _meetings, kinds=("meeting",)),
    Screen("issues", "issues", mark("Issues"), _issues, kinds=("issue",)),
    Screen("visits", "visits", mark("Visits"), kinds=("visit",)),
    Screen("reception", "reception", mark("Reception"), _reception, kinds=("reception",)),
    Screen("projects", "projects", mark("Projects"), kinds=("project", "inspection")),
    Screen(
        "relocation",
        "relocation",
        mark("Relocation"),
        kinds=("relocation_case", "relocation_quota"),
    ),
    Screen("integrity", "integrity", mark("Integrity plan"), kinds=("finding", "work_plan")),
    Screen("media", "media", mark("Media"), kinds=("publication",)),
    Screen("group", "group", mark("Group"), kinds=("member", "week_plan")),
    Screen(
        "filled_forms", "document", mark("Filled-in forms"), _filled_forms, kinds=("filled_form",)
    ),
    Screen("surveys", "surveys", mark("Surveys"), _surveys),
    Screen(
        "ratings", "ratings", mark("Ratings"), _ratings, roles_that(Action.RECORD, Action.RATE)
    ),
    Screen(
        "quality",
        "people",
        mark("Quality of interviews"),
        _quality,
        roles_that(Action.CHECK, Action.OPEN_CARDS),
    ),
    Screen("review", "review", mark("Review"), _review, roles_that(Action.DECIDE)),
    Screen("duplicates", "duplicate", mark("Told twice"), _duplicates, roles_that(Action.DECIDE)),
    Screen(
        "overdue",
        "clock",
        mark("Overdue"),
        _overdue,
        roles_that(Action.DECIDE),
        also=mark("Terms"),
    ),
    Screen("figures", "figures", mark("Reports"), _figures),
    Screen("map", "map", mark("Map"), _map),
    Screen("directory", "directory", mark("Forms and directory"), _directory, OF_THE_REGION),
    Screen("reports", "sealed", mark("Sealed reports"), _reports, roles_that(Action.REPORT)),
    Screen("sync", "sync", mark("Sync"), _sync, EVERYONE),
    Screen("who_looked", "eye", mark("Who looked"), _who_looked, roles_that(Action.READ_AUDIT)),
)


def screens_for(role: str) -> tuple[Screen, ...]:
    """The screens that a person of this role is given."""
    return tuple(screen for screen in SCREENS if role in screen.roles)


def screen_of(kind: str) -> Screen | None:
    """The screen that records of this kind are opened on; None for parts and unknown kinds."""
    return next((screen for screen in SCREENS if kind in screen.kinds), None)


def picture_of(kind: str) -> str:
    """The icon beside a record of this kind: that of its screen."""
    screen = screen_of(kind)
    return screen.icon if screen else "document"
