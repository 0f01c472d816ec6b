"""States that the code itself decides by. Their names for people are in resources/vocabularies."""

from enum import StrEnum


class ReviewState(StrEnum):
    """Where a record stands with the coordinator; vocabulary review_state."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
