"""A publication at a glance: its claims with their verdicts, and what became of each refutation."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.records import Row
from desktop.session import Desk
from sync.language import mark, spoken, tr, trn
from sync.vocabulary import choices, label
from ui.dates import plain_day
from ui.jobs import Jobs
from ui.models.seen import Seen
from ui.widgets.badges import Badge
from ui.widgets.fact_sheet import clear
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import ElidedLabel

VERDICTS = {
    "true": ("success", "check"),
    "partly": ("warning", "dash"),
    "false": ("danger", "reject"),
    "unchecked": ("neutral", "question"),
}
TOLD = ("text", "verdict", "asked_on", "refuted_on")
MOST = 4  # claims that are told one by one


class PublicationGlance(Glance):
    """The false ones come first: they are what has to be answered."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(mark("Claims and refutations"), "media")
        self._told: object = None  # what is on the card: it is made anew only where that changes
        self.lines: list[str] = []  # what is said of each refutation
        self.counted = PlainLabel(role="hint", wrap=True)
        self.more = PlainLabel(role="hint")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        for part in (self.counted, self._rows, self.more):
            self.add(part)

    def tell(self, seen: Seen) -> None:
        """Without a claim there is nothing to tell."""
        claims = [row for row in seen.parts.get("claim", []) if row.get("text")]
        self.setVisible(bool(claims))
        told = ([[row.get(name) for name in TOLD] for row in claims], spoken())
        if told != self._told:
            self._told = told
            self._build(claims)

    def _build(self, claims: list[Row]) -> None:
        clear(self._rows)
        self.lines = []
        numbers = Counter(row.get("verdict") or "unchecked" for row in claims)
        told = [f"{one.words()}: {numbers[one.key]}" for one in choices("claim_verdict")]
        shown = [
            words
            for words, one in zip(told, choices("claim_verdict"), strict=True)
            if numbers[one.key]
        ]
        self.counted.setText(" · ".join(shown))
        self.counted.setVisible(len(claims) > 1)
        for row in sorted(claims, key=_order)[:MOST]:
            self._rows.addWidget(self._line(row))
        left = len(claims) - MOST
        self.more.setVisible(left > 0)
        self.more.setText(trn("and {n} more", "and {n} more", max(left, 0)))

    def _line(self, row: Row) -> QWidget:
        verdict = row.get("verdict") or "unchecked"
        badge = Badge(
            label("claim_verdict", verdict), *VERDICTS.get(verdict, VERDICTS["unchecked"])
        )
        said = _refutation(row)
        self.lines.append(said)
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(" ".join((row["text"] or "").split())))
        if said:
            words.addWidget(PlainLabel(said, "hint", wrap=True))
        line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return whole


def _order(row: Row) -> int:
    keys = ("false", "partly", "unchecked", "true")
    verdict = row.get("verdict") or "unchecked"
    return keys.index(verdict) if verdict in keys else len(keys)


def _refutation(row: Row) -> str:
    """Whether it was asked for, and came; nothing where there is nothing to refute."""
    asked, refuted = row.get("asked_on"), row.get("refuted_on")
    if refuted:
        came = tr("Refutation published on {day}", day=plain_day(refuted))
        since = tr("asked for on {day}", day=plain_day(asked)) if asked else ""
        return " · ".join(filter(None, (came, since)))
    if asked:
        since, yet = (
            tr("Refutation asked for on {day}", day=plain_day(asked)),
            tr("not published yet"),
        )
        return f"{since} · {yet}"
    return tr("No refutation was asked for.") if row.get("verdict") in ("false", "partly") else ""
