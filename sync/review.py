"""The way of a record past the coordinator, as data: who may move it from where to where."""

from sync.errors import Refused
from sync.language import mark
from sync.records.states import ReviewState
from sync.vocabulary import Term

WORKERS = frozenset({"activist", "leader", "coordinator"})
REVIEWERS = frozenset({"leader", "coordinator"})
ERASERS = frozenset({"leader", "coordinator"})  # of a person's data; it cannot be undone

# every transition that exists; undoing a decision is one too
TRANSITIONS: dict[tuple[ReviewState, ReviewState], frozenset[str]] = {
    (ReviewState.DRAFT, ReviewState.SENT): WORKERS,
    (ReviewState.RETURNED, ReviewState.SENT): WORKERS,
    (ReviewState.SENT, ReviewState.DRAFT): WORKERS,
    (ReviewState.SENT, ReviewState.APPROVED): REVIEWERS,
    (ReviewState.SENT, ReviewState.RETURNED): REVIEWERS,
    (ReviewState.SENT, ReviewState.REJECTED): REVIEWERS,
    (ReviewState.SENT, ReviewState.DUPLICATE): REVIEWERS,
    (ReviewState.APPROVED, ReviewState.SENT): REVIEWERS,
    (ReviewState.APPROVED, ReviewState.RETURNED): REVIEWERS,
    (ReviewState.REJECTED, ReviewState.SENT): REVIEWERS,
    (ReviewState.DUPLICATE, ReviewState.SENT): REVIEWERS,
}
LOCKED = frozenset({ReviewState.APPROVED, ReviewState.REJECTED, ReviewState.DUPLICATE})


def check_move(before: ReviewState, after: ReviewState, role: str) -> None:
    """Raise Refused unless this role may move a record from `before` to `after`."""
    if before == after:
        return
    allowed = TRANSITIONS.get((before, after))
    if allowed is None:
        raise Refused(
            mark("This record stands at “{state}” meanwhile, so that step is not possible."),
            state=Term("review_state", before),
        )
    if role not in allowed:
        raise Refused(mark("Only a leader or a coordinator may decide about a record."))
