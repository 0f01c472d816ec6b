"""One form while it is being filled in: begun, kept as it stands, saved in its record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from desktop.actions import drafts, filled_forms
from desktop.actions.attachments import attachments, put_photo
from desktop.actions.edits import Edit
from desktop.actions.filled_forms import HOLDERS
from desktop.actions.records import Row, put, show
from desktop.photos import Photo
from desktop.session import Desk
from desktop.surveys import filled, filled_words
from desktop.surveys.form import Form
from sync.change import Change
from sync.client.tables import Draft, answers_key
from sync.errors import UserError
from sync.language import mark
from sync.records.base import Values
from sync.records.consented import ENDED
from sync.records.filled_form import FilledForm
from sync.records.values import Wrong

KIND = FilledForm.kind
UNASKED = mark(
    "These answers are about people, and it is not said by whose consent they are kept. Say that in "
    "the record, then go on with the questions. What was answered is kept."
)
BESIDE = ("at", "language", "counts")  # what of a draft is kept beside its answers
Answers = Mapping[str, str]  # by path


@dataclass(frozen=True)
class Filling:
    """What is needed to go on with a record's questions. `seen` is what it said when they began."""

    row: Row
    form: Form
    given: Mapping[str, str]  # {name of a hidden node: value}
    base: int
    seen: Mapping[str, Answers]  # by field
    answers: Answers
    draft: Mapping[str, Any] = field(default_factory=dict)  # where it was cut off

    @property
    def id(self) -> UUID:
        """The record's id."""
        found: UUID = self.row["id"]
        return found


def begin(desk: Desk, id: UUID) -> Filling:
    """For the store's thread. Raises UserError where record or form have not come yet."""
    row = show(desk, id, KIND)
    form = filled_forms.read_form(desk, row["form"])
    stands = {name: row[name] or {} for name in HOLDERS}
    draft: Values = drafts.recall(desk, answers_key(KIND, id)) or {}
    answers = draft if draft else stands
    return Filling(
        row=row,
        form=form,
        given=filled_forms.given(row, desk.pack),
        base=draft["base"] if draft else row["revision"],
        seen=draft.get("was") or stands,
        answers={path: value for name in HOLDERS for path, value in answers[name].items()},
        draft={name: draft[name] for name in BESIDE if name in draft},
    )


def keep(desk: Desk, begun: Filling, answers: Answers, more: Values) -> None:
    """Keep the answers as they stand, so that a crash loses none. What tells of people lies apart:
    it goes when consent ends.
    """
    apart: dict[str, dict[str, str]] = {name: {} for name in HOLDERS}
    for path, value in answers.items():
        apart[filled.field_at(begun.form, path).partition(":")[0]][path] = value
    body = {
        "id": str(begun.id),
        "base": begun.base,
        "was": begun.seen,
        **more,
        **apart,
    }
    drafts.keep(desk, answers_key(KIND, begun.id), body)


def drop(desk: Desk, id: UUID) -> None:
    """Forget what was answered and not saved; the record stays as it was."""
    drafts.drop(desk, answers_key(KIND, id))


def leave(desk: Desk, id: UUID) -> list[Change]:
    """Save what was answered so far. Raises UserError where it cannot be: then it is still kept."""
    begun = begin(desk, id)
    if not begun.draft:
        return []
    row = begun.row
    answers = filled.begun(begun.form, begun.answers, begun.given, row["filled_on"]).to_answers()
    return save(desk, begun, answers)


def save(desk: Desk, begun: Filling, answers: Answers) -> list[Change]:
    """Save all answers of concern, and forget the draft, in one transaction.

    Raises UserError where they cannot be saved; then nothing is lost.
    """
    seen = {path: value for name in HOLDERS for path, value in begun.seen[name].items()}
    changed = filled.said_anew(seen, answers)
    if changed:
        changed = {**filled.taken_away(begun.form, answers), **changed}
    taken, gone = _photos(desk, begun, seen, answers)
    with desk.store.begin() as session:
        session.execute(delete(Draft).where(Draft.key == answers_key(KIND, begun.id)))
        stands = session.get_one(FilledForm, begun.id)
        was = {
            name: filled.seen_before(changed, begun.seen[name], getattr(stands, name) or {})
            for name in HOLDERS
        }
        edit = Edit(KIND, {"answers": changed}, begun.id, base=begun.base, was=was)
        try:
            change = put(desk, session, edit) if changed else None
        except Wrong as wrong:
            if wrong.problems.keys() & {FilledForm.consent_field, ENDED}:
                raise UserError(UNASKED) from wrong
            raise
        made = [
            change,
            *(put_photo(desk, session, begun.id, photo, words) for photo, words in taken),
            *(put(desk, session, Edit("attachment", {"removed": True}, id)) for id in gone),
        ]
    return [one for one in made if one is not None]


def _photos(
    desk: Desk, begun: Filling, seen: Answers, answers: Answers
) -> tuple[list[tuple[Photo, str]], list[UUID]]:
    """Photos that were answered and are not among the record's files yet, each with the words of its
    question; and the files of those that are no answer any more."""
    named = {row["sha256"]: row["id"] for row in attachments(desk, begun.id)}
    now, before = filled_words.photos(begun.form, answers), filled_words.photos(begun.form, seen)
    taken = [
        (desk.photos.added(sha256, f"{sha256[:8]}.jpg"), words)
        for sha256, words in now.items()
        if sha256 not in named and desk.photos.has(sha256)
    ]
    return taken, [named[one] for one in before.keys() - now.keys() if one in named]
