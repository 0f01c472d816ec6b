"""What was asked and decided at a meeting, as lines: the last first."""

from desktop.actions.records import Row
from sync.language import tr
from sync.records.meeting import Decision, Question
from sync.vocabulary import label
from ui.dates import plain_day
from ui.models.record_page import Page
from ui.widgets.list_pane import ListRow


def written_down(page: Page) -> list[ListRow]:
    """The questions and decisions of the meeting on the page."""
    rows = [row for kind in (Question.kind, Decision.kind) for row in page.parts.get(kind, [])]
    rows.sort(key=lambda row: row["created"], reverse=True)
    return [_question(row) if row["kind"] == Question.kind else _decision(row) for row in rows]


def _question(row: Row) -> ListRow:
    how = label("question_answer", row["answered"]) if row["answered"] else tr("No answer yet")
    tone, sign = ("success", "check") if row["answered"] else ("neutral", "clock")
    below = " · ".join(filter(None, (row["asked_by"], row["answered_by"])))
    return ListRow(row["id"], row["text"] or "", below, "", how, tone, sign, "question")


def _decision(row: Row) -> ListRow:
    due = plain_day(row["due_on"]) if row["due_on"] else tr("no term")
    by = row["responsible"] or ""
    return ListRow(row["id"], row["text"] or "", by, "", due, "info", "clock", "decision")
