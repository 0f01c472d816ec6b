"""The way of a record past the coordinator, as data: from where to where, by which right."""

from sync.errors import Refused
from sync.language import mark
from sync.policy import Action
from sync.records.states import ReviewState
from sync.vocabulary import Term

# every transition that exists; undoing a decision is one too
TRANSITIONS: dict[tuple[ReviewState, ReviewState], Action] = {
    (ReviewState.DRAFT, ReviewState.SENT): Action.SEND,
    (ReviewState.RETURNED, ReviewState.SENT): Action.SEND,
    (ReviewState.SENT, ReviewState.DRAFT): Action.SEND,
    (ReviewState.SENT, ReviewState.APPROVED): Action.DECIDE,
    (ReviewState.SENT, ReviewState.RETURNED): Action.DECIDE,
    (ReviewState.SENT, ReviewState.REJECTED): Action.DECIDE,
    (ReviewState.SENT, ReviewState.DUPLICATE): Action.DECIDE,
    (ReviewState.APPROVED, ReviewState.SENT): Action.DECIDE,
    (ReviewState.APPROVED, ReviewState.RETURNED): Action.DECIDE,
    (ReviewState.REJECTED, ReviewState.SENT): Action.DECIDE,
    (ReviewState.DUPLICATE, ReviewState.SENT): Action.DECIDE,
}
LOCKED = frozenset({ReviewState.APPROVED, ReviewState.REJECTED, ReviewState.DUPLICATE})


def move(before: ReviewState, after: ReviewState) -> Action:
    """The right that it takes to move a record from `before` to `after`; Refused where no way is.

    To leave it where it is takes none beyond that to edit it.
    """
    if before == after:
        return Action.EDIT
    if (before, after) not in TRANSITIONS:
        raise Refused(
            mark("This record stands at “{state}” meanwhile, so that step is not possible."),
            state=Term("review_state", before),
        )
    return TRANSITIONS[before, after]
