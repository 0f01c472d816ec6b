"""The program with one guard removed. A simulation that catches none of these proves nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm.attributes import set_committed_value

from sync.change import Change
from sync.client import (
    asking,
    carried,
    check,
    engine,
    erasure,
    outbox,
    restored,
    scope,
    scrub,
    standing,
    transport,
)
from sync.client import rows as client_rows
from sync.client.tables import Cursor
from sync.server import devices, exchange, ledger, lives, news, numbers, rows
from sync.server import erasure as server_erasure
from sync.server.tables import Stream
from tests.simulate import name_mutants, token_mutants
from tests.simulate.run import forget_mornings

Mutant = Callable[[], Any]  # a context in which the guard is gone
MUTANTS: dict[str, Mutant] = {
    make.__name__: make for make in (*token_mutants.ALL, *name_mutants.ALL)
}


def mutant(make: Callable[[], Any]) -> Callable[[], Any]:
    """Register the function by its name."""
    MUTANTS[make.__name__] = make
    return make


@contextmanager
def without(name: str) -> Iterator[None]:
    """The code with this guard removed; with "" the code as it is."""
    if not name:
        yield
        return
    forget_mornings()
    try:
        with MUTANTS[name]():
            yield
    finally:
        forget_mornings()


@mutant
def no_change_id() -> Any:
    """The server does not look whether it knows a change."""
    return patch.object(rows, "first_answers", lambda *_: {})


@mutant
def no_row_lock() -> Any:
    """The server reads the counter as it was before the last request was committed."""
    seen: dict[str, int] = {}
    plain = ledger.lock

    def stale(session: Any, district: str) -> int:
        before = seen.get(district, 0)
        seen[district] = plain(session, district)
        return before

    return patch.object(ledger, "lock", stale)


@mutant
def base_ignored() -> Any:
    """The later arrival wins, whatever its author had seen."""
    plain = ledger.merge

    def merge(standing: Any, change: Change, revision: int) -> Any:
        return plain(standing, msgspec.structs.replace(change, base=revision), revision)

    return patch.object(ledger, "merge", merge)


@mutant
def order_by_clocks() -> Any:
    """The later clock wins."""
    plain = ledger.merge

    def merge(standing: Any, change: Change, revision: int) -> Any:
        wins = standing.at is None or change.at >= standing.at
        base = revision if wins else 0
        said = change.fields if wins else {}
        return plain(standing, msgspec.structs.replace(change, base=base, fields=said), revision)

    return patch.object(ledger, "merge", merge)


@mutant
def outbox_emptied_before_the_answer() -> Any:
    """What is sent is taken out at once."""
    plain = engine._ask

    def ask(store: Any, *more: Any) -> Any:
        request = plain(store, *more)
        with store.begin() as session:
            ids = [change.id for change in request.changes]
            session.execute(delete(outbox.Pending).where(outbox.Pending.change.in_(ids)))
        return request

    return patch.object(engine, "_ask", ask)


@mutant
def cursor_before_the_page() -> Any:
    """How far was read is committed before what was read."""
    plain = engine.take

    def take(session: Any, request: Any, reply: Any) -> None:
        for stream, revision in reply.cursors.items():
            session.merge(Cursor(stream=stream, revision=revision))
        session.flush()
        for word in ("COMMIT", "BEGIN"):
            session.connection().exec_driver_sql(word)
        plain(session, request, reply)

    return _unmended(patch.object(engine, "take", take))


@mutant
def reply_before_the_commit() -> Any:
    """The server forgets to write its counter down: what it answers is not what it keeps."""
    plain = exchange.answer

    def answer(session: Any, request: Any, *more: Any) -> Any:
        reply = plain(session, request, *more)
        if len(reply.accepted) > 1:
            session.rollback()
        return reply

    return patch.object(exchange, "answer", answer)


@mutant
def own_edits_not_on_top() -> Any:
    """News overwrite what was typed meanwhile and still waits."""
    return patch.object(outbox, "waiting_of", lambda *_: [])


@mutant
def refused_edits_dropped() -> Any:
    """What was refused is not kept for its person."""

    def drop(session: Any, change: Change, _reason: str) -> None:
        session.execute(delete(outbox.Pending).where(outbox.Pending.change == change.id))

    return patch.object(outbox, "hold", drop)


@mutant
def refused_record_left_as_it_is() -> Any:
    """A refusal brings no record as it stands."""
    return patch.object(news, "current", lambda *_: [])


@mutant
def nonce_unchecked() -> Any:
    """Whatever answers is believed: neither the nonce nor the proof is looked at."""

    class Believing(transport.HttpTransport):
        def _answered(self, call: asking.Call) -> bytes:
            known = patch.object(asking, "uuid4", _Known)
            with known, patch.object(asking, "same", lambda *_: True):
                return super()._answered(call)

    return patch("tests.simulate.laptop.HttpTransport", Believing)


class _Known:
    """Stands for every nonce."""

    class hex(str):  # noqa: N801  # UUID's own name
        def __ne__(self, other: object) -> bool:
            return False

        def __eq__(self, other: object) -> bool:
            return True

        def __getitem__(self, _: object) -> "_Known.hex":
            return self

        __hash__ = str.__hash__

    hex = hex("known")  # type: ignore[assignment,misc]


@mutant
def answered_edits_forgotten() -> Any:
    """Nothing is kept to be told again to a server that was restored."""
    return patch.object(outbox, "KEPT", timedelta(days=-1))


@mutant
def epoch_ignored() -> Any:
    """A server that was restored goes on as if nothing had been."""
    plain = exchange.answer

    def answer(session: Any, request: Any, *more: Any) -> Any:
        return plain(session, msgspec.structs.replace(request, epoch=""), *more)

    return patch.object(exchange, "answer", answer)


@mutant
def letters_of_another_life_taken() -> Any:
    """A letter to a server that was restored since is taken, whatever was lost of what it tells."""
    return patch.object(exchange, "_is_all_here", lambda *_: True)


@mutant
@contextmanager
def restore_unnoticed() -> Iterator[None]:
    """Nobody looks whether a laptop knows more than the server."""
    with (
        patch.object(devices, "follow", lambda *_: None),
        patch.object(lives, "runs_ahead", lambda *_: False),
    ):
        yield


@mutant
def no_witness() -> Any:
    """What only others have of a record that a restored server lost is not told again."""
    return patch.object(restored, "bear_witness", lambda _: 0)


@mutant
def sent_edits_folded() -> Any:
    """What is typed later is put into an edit that may have arrived already."""
    return patch.object(outbox, "offered", lambda _: 0)


@mutant
def lost_districts_kept() -> Any:
    """Records stay on a laptop whose person may no longer read them."""
    return patch.object(scope, "leave", lambda _: None)


@mutant
def removal_wins_silently() -> Any:
    """An edit of a record that was removed meanwhile is never seen again."""
    return patch("sync.merge._came_too_late", lambda *_: False)


@mutant
def ledger_keeps_what_was_erased() -> Any:
    """The history is not emptied with the record."""
    return patch.object(server_erasure, "_empty_ledger", lambda *_: None)


@mutant
def outbox_keeps_what_was_erased() -> Any:
    """Edits that wait, or are kept for a restored server, outlive the record."""
    return patch.object(scrub, "_drop_pending", lambda *_, **__: None)


@mutant
def erasure_takes_other_edits_along() -> Any:
    """With a record that is erased all edits go, of whatever record: those that wait and those kept."""
    plain = scrub._drop_pending

    def drop(session: Any, _gone: Any, *, told: bool) -> None:
        plain(session, set(session.scalars(select(outbox.Pending.record))), told=told)

    return patch.object(scrub, "_drop_pending", drop)


@mutant
def late_edits_of_the_erased_taken() -> Any:
    """Whoever has not heard of the erasure writes the record anew."""
    return _unmended(patch.object(ledger, "is_erased", lambda _: False))


@mutant
def old_server_brings_it_back() -> Any:
    """What a restored server still has takes the place of the stone."""
    return patch.object(erasure, "_known", lambda *_: set())


@mutant
@contextmanager
def erasure_not_told_again() -> Iterator[None]:
    """A restored server does not learn what was erased since its backup: neither from whoever heard of
    it nor from whoever erased it."""

    def forget(session: Any, record: Any, _stone: Any) -> None:
        taken = outbox.Pending.record == record, outbox.Pending.revision.is_not(None)
        session.execute(delete(outbox.Pending).where(*taken))

    heard = patch.object(erasure, "witnesses", lambda *_: ())
    with heard, patch.object(erasure, "_keep_sealed", forget):
        yield


@mutant
def news_without_what_is_new() -> Any:
    """Of a record that a laptop does not have, only what changed last is sent."""
    plain = news._partly

    def partly(row: Any, cursor: int) -> tuple[Change, int]:
        change, size = plain(row, cursor)
        said = msgspec.json.decode(row.fields)
        last = {n: v for n, v in said.items() if row.touched.get(n, (0,))[0] > cursor}
        return msgspec.structs.replace(change, fields=last), size

    return patch.object(news, "_partly", partly)


@mutant
def counter_not_written() -> Any:
    """Numbers are handed out, and the counter stays."""
    return patch.object(
        ledger, "update", lambda table: _Nothing() if table is Stream else update(table)
    )


@mutant
def late_reply_taken_as_it_is() -> Any:
    """A reply that came by stick is taken, whatever the laptop has learnt since."""
    return patch.object(carried, "is_late", lambda *_: False)


@mutant
def letters_not_told_apart() -> Any:
    """A laptop takes the reply to a letter that a copy of it wrote."""
    return _unmended(patch.object(carried, "was_written_here", lambda *_: True))


@contextmanager
def _unmended(guard: Any) -> Iterator[None]:
    """Without this guard, and without what would mend what it breaks: the self-check, and laptops
    that tell an erasure again where its record lives."""
    blind = patch.object(check.Check, "_compare", lambda *_: None)
    with guard, blind, patch.object(erasure, "forgotten", lambda *_: False):
        yield


class _Nothing:
    """An update of no row."""

    def where(self, *_: Any) -> "_Nothing":
        return self

    def values(self, **_: Any) -> Any:
        return update(Stream).where(Stream.district == "").values(revision=0)


@mutant
def tallies_not_compared() -> Any:
    """The laptop believes that it holds what the server holds."""
    return patch.object(check.Check, "_compare", lambda *_: None)


@mutant
@contextmanager
def news_written_on_a_bare_row() -> Iterator[None]:
    """What changed of a record is written although its words are not here, and it has that number."""
    plain = client_rows.among

    def stands(*said: Any) -> Iterator[Any]:
        for id, revision, _bare in plain(*said):
            yield id, revision, False

    with patch.object(client_rows, "among", stands):
        yield


@mutant
@contextmanager
def bare_row_bears_witness() -> Iterator[None]:
    """A restored server is told a record without its words."""
    plain = standing.as_it_stands

    def as_it_stands(row: Any, by: str) -> Any:
        bare = row.bare
        set_committed_value(row, "bare", False)
        try:
            return plain(row, by)
        finally:
            set_committed_value(row, "bare", bare)

    with patch.object(restored, "as_it_stands", as_it_stands):
        yield


@mutant
def numbers_not_told_again() -> Any:
    """A restored server is not told which numbers its records had."""
    return patch.object(engine, "with_numbers", lambda _, request: request)


@mutant
def no_room_after_a_restore() -> Any:
    """A restored server believes that its counters say what was given."""
    return patch.object(numbers, "ROOM", 0)


@mutant
def serials_not_written() -> Any:
    """Numbers are given, and their counter stays."""
    return patch.object(numbers.Serials, "keep", lambda _: None)


@mutant
def numbers_given_to_what_is_refused() -> Any:
    """A change takes a number before anybody looks whether it is accepted."""
    plain = ledger._Acceptance._answer

    def answer(self: Any, change: Change) -> None:
        before = self._revision
        plain(self, change)
        if self._revision == before and change.kind == "issue":
            self._serials.pass_over(
                [f"{change.district[:4]}-2026-{self._serials._known((2026, '')) + 1:05d}"]
            )

    return patch.object(ledger._Acceptance, "_answer", answer)
