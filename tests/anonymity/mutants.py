"""The program with one guard of anonymity removed. The attackers must do better than promised then,
or what is seen of it must show it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import select, update

import sync.answers
from desktop.actions import answers
from desktop.surveys import crowds
from sync.answers import FEWEST
from sync.client import transport
from sync.client.tables import WaitingAnswer
from sync.server import wire
from tests.anonymity import field as played
from tests.anonymity.field import MIDNIGHT

Mutant = Callable[[], Any]  # a context in which the guard is gone
MUTANTS: dict[str, Mutant] = {}


def mutant(make: Mutant) -> Mutant:
    """Register the function by its name."""
    MUTANTS[make.__name__] = make
    return make


@contextmanager
def without(name: str) -> Iterator[None]:
    """The program without this guard; with "" as it is."""
    if not name:
        yield
        return
    with MUTANTS[name]():
        yield


@mutant
def five_of_any_sort() -> Any:
    """Answers go together when there are five, whoever the five are."""

    def any_crowd(waiting: Sequence[Any], *, ended: bool, chance: Any, **_: Any) -> Any:
        enough = ended or len(waiting) >= FEWEST
        return [chance.sample(waiting, len(waiting))] if waiting and enough else []

    return patch.object(answers, "crowds", any_crowd)


@mutant
def no_hold() -> Any:
    """One of a sort is a crowd."""
    return patch.object(crowds, "FEWEST", 1)


@mutant
def nothing_given_up() -> Any:
    """At the end all go as they are, also those who are few of their sort."""
    plain = crowds._gathered

    def gathered(waiting: Sequence[Any], levels: Sequence[Any]) -> list[list[Any]]:
        if levels[-1]:  # the wave runs
            return plain(waiting, levels)
        return [[one.answer for one in cell] for cell in crowds._alike(waiting, levels[1])]

    return patch.object(crowds, "_gathered", gathered)


@mutant
def left_over_alone() -> Any:
    """Who is left over joins nobody."""
    plain = crowds._gathered

    def gathered(waiting: Sequence[Any], levels: Sequence[Any]) -> list[list[Any]]:
        left: list[Any] = []

        def nearest(found: Any, few: list[Any], _: Any) -> tuple[int, Any]:
            left[:] = few
            few.clear()
            return 0, found[0][0]

        with patch.object(crowds, "_nearest", nearest):
            found = plain(waiting, levels)
        return [*found, [one.answer for one in left]] if left else found

    return patch.object(crowds, "_gathered", gathered)


@mutant
def household_kept() -> Any:
    """How many live in the house is nothing that neighbours know."""
    return _all(
        patch.object(crowds, "KNOWN", frozenset()), patch.object(crowds, "PERSON", "nobody")
    )


@mutant
def years_kept() -> Any:
    """An age leaves as it was said, though crowds are made by the groups of the plan."""
    plain = crowds._in_groups

    def in_groups(answer: Any, design: Any) -> Any:
        return plain(answer, design)._replace(answer=answer)

    return patch.object(crowds, "_in_groups", in_groups)


@mutant
def day_kept() -> Any:
    """Each answer says its day."""

    def day(_starts_on: Any, on: Any) -> Any:
        return on

    return patch.object(sync.answers, "day_of", day)


@mutant
def hour_kept() -> Any:
    """The form notes when the interview began, and both ends let it."""

    def noting(interview: Any, values: dict[str, str]) -> None:
        values["/data/start"] = (MIDNIGHT + timedelta(minutes=interview.minute)).isoformat()

    return _all(
        patch.object(played, "noting", noting),
        patch.object(sync.answers, "_is_trace", lambda *_: False),
    )


@mutant
def author_kept() -> Any:
    """Each answer says who asked."""

    def noting(interview: Any, values: dict[str, str]) -> None:
        values["/data/noted"] = interview.interviewer

    return patch.object(played, "noting", noting)


@mutant
def village_kept() -> Any:
    """Each answer says its village, however small that is."""
    return _all(
        patch.object(played, "placed", lambda interview: interview.village),
        patch.object(sync.answers, "place_of", lambda code, _: code),
    )


@mutant
def ordered_ids() -> Any:
    """Ids begin with the time, as those of records do."""
    asked = _Asked()

    def numbered(desk: Any, new: UUID) -> None:
        id = UUID(int=len(asked.order) << 96 | (new.int & (1 << 96) - 1), version=4)
        with desk.store.begin() as session:
            row = session.get_one(WaitingAnswer, new)
            body = row.body.replace(str(new).encode(), str(id).encode())
            one = WaitingAnswer.id == new
            session.execute(update(WaitingAnswer).where(one).values(id=id, body=body))

    asked.then = numbered
    return patch.object(answers, "finish", asked.finish)


@mutant
def no_shuffle() -> Any:
    """An upload has its answers in the order in which they were asked."""
    asked = _Asked()
    plain = answers._uploads

    def uploads(*said: Any) -> Any:
        found = plain(*said)
        return [
            (name, sorted(batch, key=lambda one: asked.order.index(one.id)))
            for name, batch in found
        ]

    return _all(
        patch.object(answers, "finish", asked.finish), patch.object(answers, "_uploads", uploads)
    )


@mutant
def another_lot() -> Any:
    """After a reply that was lost, crowds are made anew, with whoever was asked since."""
    plain = answers._gather

    def gather(desk: Any, *said: Any) -> None:
        with desk.store.begin() as session:
            session.execute(update(WaitingAnswer).values(upload=None))
        plain(desk, *said)

    return patch.object(answers, "_gather", gather)


@mutant
def not_filled_up() -> Any:
    """An upload is as long as what is in it."""
    return patch.object(transport, "ROOM", 1)


@mutant
def logged() -> Any:
    """Uploads of answers have a line in the log as all else."""
    return patch.object(wire, "UNLOGGED", ())


@dataclass
class _Asked:
    """Notes in which order interviews were finished, which nothing in the program does."""

    order: list[UUID] = field(default_factory=list)
    then: Callable[[Any, UUID], None] = lambda _desk, _new: None
    plain: Any = answers.finish

    def finish(self, desk: Any, *said: Any) -> None:
        before = self._waiting(desk)
        self.plain(desk, *said)
        (new,) = self._waiting(desk) - before
        self.order.append(new)
        self.then(desk, new)

    def _waiting(self, desk: Any) -> set[UUID]:
        with desk.store() as session:
            return set(session.scalars(select(WaitingAnswer.id)))


@contextmanager
def _all(*patches: Any) -> Iterator[None]:
    with ExitStack() as entered:
        for one in patches:
            entered.enter_context(one)
        yield
