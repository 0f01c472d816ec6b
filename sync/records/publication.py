"""The log of publications: what was planned and came out, and the claims in it that were checked.

It is about publications and claims, never about the private lives of those who wrote them.
"""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from sync.language import mark
from sync.records.base import Part, Reviewed, field
from sync.records.held import Held


class Publication(Reviewed):
    __tablename__ = kind = "publication"
    label = mark("Publication")
    held = Held("media", "publication")
    another = mark("New publication")
    none_yet = mark("No publications yet. Write down what came out or is planned.")
    untitled = mark("Publication without a title")
    named_by, told_by, dated_by = "title", "outlet_type", "day"
    begins: ClassVar = {"state": "published"}

    title: Mapped[str | None] = field(
        mark("Title"), under=mark("What came out"), required=True, stays=True
    )
    outlet: Mapped[str | None] = field(mark("Outlet"), required=True, stays=True)
    outlet_type: Mapped[str | None] = field(
        mark("Kind of outlet"), beside=True, required=True, choices="outlet_type"
    )
    day: Mapped[date | None] = field(mark("Date"), required=True, index=True)
    state: Mapped[str | None] = field(
        mark("State"), beside=True, required=True, choices="publication_state", live=True
    )
    address: Mapped[str | None] = field(mark("Link or page"), listed=False)
    language: Mapped[str | None] = field(
        mark("Language"), choices="publication_language", listed=False
    )
    script: Mapped[str | None] = field(mark("Script"), beside=True, choices="script", listed=False)

    own: Mapped[bool | None] = field(mark("Our own"), under=mark("About what"), listed=False)
    category: Mapped[str | None] = field(
        mark("Topic"), beside=True, required=True, choices="issue_category", index=True
    )
    tone: Mapped[str | None] = field(mark("Tone"), beside=True, choices="tone")
    village: Mapped[str | None] = field(mark("Village"), place=True)
    result: Mapped[str | None] = field(mark("What came of it"), long=True, listed=False, live=True)


class Claim(Part):
    """Something that a publication says, and whether it is so."""

    __tablename__ = kind = "claim"
    label = mark("Claim")
    held = Held("media", "record")
    parents = ("publication",)
    heading, another = mark("Claims"), mark("Add a claim")
    none_yet = mark("No claims were checked.")
    begins: ClassVar = {"verdict": "unchecked"}

    text: Mapped[str | None] = field(mark("Claim"), required=True, long=True)
    verdict: Mapped[str | None] = field(
        mark("Verdict"), required=True, choices="claim_verdict", live=True
    )
    evidence: Mapped[str | None] = field(mark("Evidence"), long=True, listed=False, live=True)
    asked_on: Mapped[date | None] = field(mark("Refutation asked for on"), live=True)
    refuted_on: Mapped[date | None] = field(
        mark("Refutation published on"), beside=True, live=True
    )
