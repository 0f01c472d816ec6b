"""One region under a seeded adversary: the laptops' and the server's real code, in one process."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy.exc import OperationalError

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop import profile
from desktop.actions import erasure, records
from desktop.actions.edits import Edit
from desktop.session import Desk
from sync.change import encode
from sync.client import bare, engine, identity, opened, outbox
from sync.client.facts import recall, remember
from sync.client.tables import Cursor
from sync.client.tokens import keep
from sync.enrolment import Tokens
from sync.errors import Refused, SignInAgain, UserError
from sync.server import lives
from sync.server.tables import Device
from sync.server.tokens import TERM
from tests.simulate.laptop import Laptop, bare_here, hidden, named, risen, taken, told_bare, unsent
from tests.simulate.line import Late, Line
from tests.simulate.memory import Died, Memory, dies_at, full_at
from tests.simulate.register import Register
from tests.simulate.server import PASSWORD, PEOPLE, Server
from tests.simulate.valid import Given

MOST_LAPTOPS = len(PEOPLE) + 1  # one may be copied
ROUNDS = 8  # of exchanges, after which everyone must have nothing more to say
PASSWORDS = 3  # that one is asked for in one exchange, at most
SOON = 0.6  # how often a password is typed as soon as it is asked for
UNHEARD = ("drop before", "drop after", "cut", "server error")  # what may befall a sign-in


@dataclass
class Made:
    """An edit that a laptop acknowledged to its person."""

    by: str
    kind: str
    record: UUID
    fields: dict[str, Any]
    parent: UUID | None = None


@dataclass
class World:
    """All that one schedule plays with."""

    chance: Random
    server: Server
    memories: list[Memory]
    laptops: list[Laptop] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    letters: list[tuple[Laptop, bytes]] = field(default_factory=list)  # on sticks, with writers
    replies: list[tuple[Laptop, bytes]] = field(default_factory=list)  # for whom
    heard: dict[str, tuple[dict[str, str], bytes]] = field(default_factory=dict)
    made: dict[UUID, Made] = field(default_factory=dict)
    given_up: set[UUID] = field(default_factory=set)  # edits of what their own author erased
    let_go: set[UUID] = field(default_factory=set)  # of those, what the server had answered
    forgotten: set[UUID] = field(default_factory=set)  # edits that a restored server did not know
    names: dict[UUID, set[str]] = field(
        default_factory=dict
    )  # that were ever written into records
    register: Register = field(default_factory=Register)
    withdrawn: set[UUID] = field(default_factory=set)  # records whose consent was ever ended
    restored: bool = False  # numbers may be lost then
    backup: tuple[bytes, dict[str, Given]] | None = None
    hidden: list[str] = field(default_factory=list)  # what was typed and not shown any more
    locked_out: list[str] = field(
        default_factory=list
    )  # who was asked for a password, and why not
    injected: dict[str, int] = field(default_factory=dict)
    written: int = 0  # sentences, each unlike all others
    trace: Any = field(default_factory=sha256)  # of every byte that crossed a line, in its order

    def __post_init__(self) -> None:
        for person, memory in zip(PEOPLE, self.memories, strict=False):
            memory.put_back()
            self.laptops.append(self._laptop(memory, person.id))

    def _laptop(self, memory: Memory, person: str) -> Laptop:
        line = Line(self.server.answer, self.chance, self.late)
        line.others, line.note = self.heard, self.trace.update
        return Laptop(memory, person, line)

    def enrol_all(self, renewing: Iterable[bool]) -> None:
        """Everybody's laptop is bound; `renewing`: those by a program that knows of terms."""
        for person, laptop, renews in zip(PEOPLE, self.laptops, renewing, strict=True):
            memory, server = laptop.memory, self.desk(laptop).server
            given = server.enrol(self.server.code(person.id), PASSWORD, "laptop", renews=renews)
            with memory.sessions.begin() as session:
                remember(session, "device", "laptop")
                keep(session, Tokens(given.token, given.refresh))
            identity.introduce(memory.sessions, self.desk(laptop).server)

    def count(self, fault: str) -> None:
        """A fault was injected."""
        self.injected[fault] = self.injected.get(fault, 0) + 1

    def desk(self, laptop: Laptop) -> Desk:
        """What this laptop's person works with."""
        return laptop.desk(next(one for one in PEOPLE if one.id == laptop.person))

    def edit(self, laptop: Laptop, *edits: Edit) -> bool:
        """Save edits, and note them if the program said that they are saved."""
        desk = self.desk(laptop)
        try:
            changes = records.save_all(desk, edits)
        except (UserError, OperationalError, Died):
            return False
        finally:
            laptop.memory.fail = lambda _: None
        with laptop.memory.sessions() as session:
            for change in changes:
                about = [one for one in outbox.waiting(session) if one.record == change.record]
                waits = about[-1]  # it may have been put into one that waited already
                laptop.journal.append(encode(waits))
                self.made[waits.id] = Made(
                    laptop.person, change.kind, change.record, dict(waits.fields), change.parent
                )
        return True

    def erase(self, laptop: Laptop, record: UUID, reason: str) -> None:
        """Somebody erases a record; what they had said of it goes, and is given up by them where the
        server does not have it. The erasure itself is an edit that must not be lost."""
        desk = self.desk(laptop)
        waited, told = unsent(laptop), taken(laptop)
        try:
            (change,) = erasure.erase(desk, record, reason)
        except (UserError, OperationalError, Died):
            return
        finally:
            laptop.memory.fail = lambda _: None
        self.count("erased")
        said = {id for id, made in self.made.items() if record in (made.record, made.parent)}
        self.given_up |= (waited - unsent(laptop)) & said
        self.let_go |= (told - taken(laptop)) & said
        self.made[change.id] = Made(
            laptop.person, change.kind, record, dict(change.fields), change.parent
        )

    def sync(self, laptop: Laptop) -> bool:
        """One exchange, whatever befalls it; whether it came to its end."""
        desk = self.desk(laptop)
        before = bare_here(laptop)
        self.speaks(laptop)
        try:
            engine.sync_once(desk.store, desk.server)
            identity.introduce(desk.store, desk.server)
            laptop.in_doubt = self.shares_name(laptop)
        except SignInAgain:
            self.hidden += hidden(laptop)
            self.ask(laptop)
            return False
        except (UserError, OperationalError, Died):
            self.hidden += hidden(laptop)
            return False
        finally:
            laptop.memory.fail = self.server.memory.fail = lambda _: None
            self.hidden += risen(laptop) + told_bare(laptop, before) + self.read_slips(laptop)
            if self.withdrawn:
                self.hidden += named(laptop)
        return True

    def fail(self, memory: Memory, sort: str, number: int) -> None:
        """Something goes wrong at a coming statement of this file."""
        memory.fail = dies_at(number) if sort == "dies" else full_at(number)

    def put_back(self, *, told: bool) -> None:
        """Yesterday's backup takes the place of the server's database.

        Not `told`, it was never stopped, and must find out by itself: the first to speak is a laptop
        that knows more than it. Where there is none, only a comparison of all records could show it.
        """
        assert self.backup is not None
        before, known = self.server.laptops(), self.server.numbers()
        had = self.server.edits()
        for laptop in self.laptops:
            laptop.told |= taken(laptop)
        file, valid = self.backup
        self.server.memory.put_back(file)
        self.server.valid.now = dict(valid)
        self.server.put_rights()
        self.forgotten |= had - self.server.edits()
        now = self.server.laptops()
        for laptop in self.laptops:  # what it was given or took since then is not known any more
            name = UUID(laptop.name)
            laptop.in_doubt |= before.get(name) != now.get(name)
        self.restored = True
        self.late.clear()  # the machine was off meanwhile
        ahead = [] if told else [laptop for laptop in self.laptops if self.knows_more(laptop)]
        if ahead:
            self.register.lose(self.server.lost(known))
            self.sync_in_peace(self.chance.choice(ahead))
        else:
            self.server.start(known)

    def knows_more(self, laptop: Laptop) -> bool:
        """Whether a laptop has read or was answered more than the server remembers of this life.

        What one knows of an earlier life says nothing: numbers were given anew since.
        """
        with laptop.memory.sessions() as session:
            cursors = {row.stream: row.revision for row in session.query(Cursor)}
            answered, life = outbox.answered(session), recall(session, "epoch", str)
        with self.server.memory.sessions() as session:
            if life != lives.current(session):
                return False
            device = session.get(Device, UUID(laptop.name))
            forgot = device is not None and answered > (device.answered or 0)
            return forgot or lives.runs_ahead(session, cursors)

    def copy(self, laptop: Laptop) -> None:
        """Somebody copies a laptop's folder to a second one."""
        memory = self.memories[len(self.laptops)]
        memory.put_back(laptop.memory.copy())
        self.laptops.append(self._laptop(memory, laptop.person))
        self.laptops[-1].copies = [*laptop.copies]
        self.laptops[-1].journal = [*laptop.journal]
        self.laptops[-1].told = {*laptop.told}
        laptop.in_doubt = self.laptops[-1].in_doubt = True

    def shares_name(self, laptop: Laptop) -> bool:
        """Whether a copy of it goes by the same name."""
        if len(self.laptops) == len(PEOPLE):
            return False
        return [one.name for one in self.laptops].count(laptop.name) > 1

    def let_words_go(self, laptop: Laptop, ahead: timedelta = timedelta()) -> None:
        """The laptop looks what is done with; the server's clock is `ahead` of what it is."""
        with suppress(OperationalError, Died):
            if gone := bare.let_go(laptop.memory.sessions, self.server.clock + ahead):
                self.count("words left")
                self.injected["words left"] += gone - 1
        laptop.memory.fail = lambda _: None

    def open_all(self) -> bool:
        """Every bare record is opened on every laptop: nothing may be lacking then. Whether there
        were any."""
        some = [laptop for laptop in self.laptops if bare_here(laptop)]
        for laptop in some:
            for _ in range(ROUNDS):
                with laptop.memory.sessions.begin() as session:
                    wanted = [
                        id
                        for id in opened.bare_records(session)
                        if any(row.revision for row in opened.bare_rows(session, id))
                    ]
                    for one in wanted:
                        opened.want(session, one)
                if not wanted:
                    break
                self.sync_in_peace(laptop)
        return bool(some)

    def end_term(self, term: timedelta = TERM) -> None:
        """The server's clock moves on until no token is good any more.

        No line keeps a copy of a request for so long that it comes after the next renewal.
        """
        self.count("term ended")
        self.server.clock += term
        self.late[:] = [late for late in self.late if late[0] != "/v1/renew"]

    def ask(self, laptop: Laptop, *, badly: bool = True) -> None:
        """The program asks its person for the password, who may have no time or line for it now.

        It must have a reason: a copy of the laptop, or a server that was restored.
        """
        if not laptop.in_doubt and not self.shares_name(laptop):
            self.locked_out.append(f"{laptop.person} is asked for the password for no reason")
        laptop.in_doubt = True
        self.count("password asked")
        if badly:
            laptop.line.fault = self.chance.choice(("", "", "", *UNHEARD))
        if not badly or self.chance.random() < SOON:
            self.sign_in(laptop)
        laptop.line.fault = ""

    def sign_in(self, laptop: Laptop) -> None:
        """As the person does it: by the password, or by a new code where that is not enough."""
        desk = self.desk(laptop)
        try:
            try:
                profile.sign_in_again(desk, PASSWORD)
            except Refused:  # the server is from before this laptop
                self.count("bound again")
                profile.bind_again(desk, self.server.code(laptop.person), PASSWORD)
        except (UserError, OperationalError, Died):
            self.count("sign-in failed")
            return
        laptop.in_doubt = self.shares_name(laptop)

    def peace(self) -> None:
        """No more faults: everyone syncs until nobody has anything to say, after another term."""
        for _, late in self.late:
            with suppress(OSError):
                late()
        self.late.clear()
        self.end_term()
        quiet = 0  # laptops in a row
        for laptop in self.laptops * ROUNDS:
            quiet = 0 if self.sync_in_peace(laptop) else quiet + 1
            if quiet == len(self.laptops):
                return

    def read_slips(self, laptop: Laptop) -> list[str]:
        """Numbers that are others than before."""
        with laptop.memory.sessions() as session:
            return self.register.read(session, laptop.person)

    def speaks(self, laptop: Laptop, *, letter: bool = False) -> None:
        """It is about to tell of its records."""
        with laptop.memory.sessions() as session:
            self.register.hear(session, letter=letter)

    def look_at(self, laptop: Laptop) -> None:
        """After each page."""
        self.hidden += risen(laptop)

    def sync_in_peace(self, laptop: Laptop) -> bool:
        """One exchange; whether there was anything to say.

        After the first one with a restored server the laptop compares, in the next.
        """
        before = self._epoch(laptop)
        for _ in range(PASSWORDS):
            desk, were_bare = self.desk(laptop), bare_here(laptop)
            self.speaks(laptop)
            try:
                done = engine.sync_once(desk.store, desk.server, lambda _: self.look_at(laptop))
            except SignInAgain:
                self.ask(laptop, badly=False)
            else:
                self.hidden += told_bare(laptop, were_bare) + self.read_slips(laptop)
                laptop.in_doubt = self.shares_name(laptop)
                said = done.sent or done.taken or done.refused or done.offered_again
                return bool(said) or self._epoch(laptop) != before
        self.locked_out.append(f"{laptop.person}'s password does not help")
        return False

    @staticmethod
    def _epoch(laptop: Laptop) -> str | None:
        with laptop.memory.sessions() as session:
            return recall(session, "epoch", str)
