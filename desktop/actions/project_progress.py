"""How far a village project is: its money and its work, two figures that are never mixed."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.actions.records import Row

FAR = 15  # points by which money is ahead of work so that somebody should ask why; our own figure


@dataclass(frozen=True)
class ProjectProgress:
    """Of one project. A share is None where there is nothing to take it of."""

    contract: int | None  # tenge
    paid: int  # tenge, all payments
    work: int | None  # % of the work, as it was seen or reported

    @property
    def paid_share(self) -> int | None:
        """% of the contract's sum, whole and rounded down, so that 100 means all of it."""
        return self.paid * 100 // self.contract if self.contract else None

    @property
    def money_is_ahead(self) -> bool:
        """Whether far more was paid than was built."""
        share = self.paid_share
        return share is not None and self.work is not None and share - self.work >= FAR

    @property
    def overpaid(self) -> bool:
        """Whether more was paid than the contract says."""
        return self.contract is not None and self.paid > self.contract


def progress_of(project: Row, payments: Iterable[Row]) -> ProjectProgress:
    """From the project's row and those of its payments."""
    paid = sum(row["sum"] or 0 for row in payments if not row.get("removed"))
    return ProjectProgress(project["contract_sum"], paid, project["physical"])
