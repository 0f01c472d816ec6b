"""Killed in the middle of an exchange, the program loses nothing, and the server gets it once."""

import os
from contextlib import contextmanager
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from desktop.folder import choose_profile
from sync.client.tokens import keep
from sync.enrolment import Tokens
from sync.records.notes import Attachment
from sync.records.visit import Visit
from sync.server.store import Store
from sync.server.tables import Blob, Entry, Kept
from tests import exchanging, saving
from tests.dying import NEVER
from tests.processes import processes
from tests.servers import regional
from tests.sync.server.test_kill_exchange import Sender, running
from tests.terms import end_terms

SEED = 20261125
SOAK = bool(os.environ.get("DALA_SOAK"))
SEEDS = range(SEED, SEED + (5 if SOAK else 1))  # each begins with an empty file
KILLS = 100 if SOAK else 12
TOKEN_GUARDS = ("next_tokens_not_written_down",)
LATEST = 110  # things that an exchange does before it is killed at the latest


class Played:
    """A laptop that is killed, a colleague who is not, and their server."""

    def __init__(self, folder):
        self.folder = folder
        self.database = f"sqlite:///{folder / 'server.db'}"
        self.profile = choose_profile(folder / "profile")
        saving.make(self.profile)
        with regional(self.database, folder) as server:
            lines = [server.laptop("aidana"), server.laptop("ben")]
        self.person = lines[0].person
        with self.desk("") as desk, desk.store.begin() as session:
            keep(session, Tokens(lines[0].transport._token))
        self.colleague = Sender(lines[1].person, lines[1].transport._token)
        self.acknowledged, self.deaths = set(), 0

    def live(self, url, life, dies_at, mutant=""):
        """One life of the laptop: it saves, exchanges, and dies → what is wrong then."""
        self.colleague.edit("visit", uuid4(), people=life)
        assert self.colleague.send(url)
        ours, theirs = processes.Pipe(duplex=False)
        said = (self.profile.folder, theirs, (url, self.person), life)
        said += (dies_at, mutant)
        process = processes.Process(target=exchanging.exchange_and_die, args=said)
        process.start()
        theirs.close()
        process.join()
        code = process.exitcode
        self.deaths += code == -9
        process.close()
        try:
            while True:
                self.acknowledged.add(UUID(bytes=ours.recv_bytes()))
        except EOFError:
            ours.close()
        with self.desk(url) as desk:
            wrong = exchanging.losses(desk, self.acknowledged) + self.unkept(desk)
        return wrong if code in (0, -9) else [f"it ended by itself: {code}", *wrong]

    @contextmanager
    def desk(self, url):
        """The laptop's desk, as the next start finds it."""
        desk = exchanging.desk(self.profile, url, self.person)
        yield desk
        desk.store.close()
        desk.server._http.close()

    def unkept(self, desk):
        """Edits that were answered, and that the server does not stand by."""
        known = self.entries()
        return [
            f"answered {became}, and {known.get(change)} is kept"
            for change, became in exchanging.told(desk).items()
            if became is not None and known.get(change) != became
        ]

    def entries(self):
        store = Store(self.database)
        with store.reading() as session:
            rows = session.execute(select(Entry.change, Entry.revision)).all()
        store.close()
        return dict(map(tuple, rows))

    def end(self, url):
        """What is wrong when it has exchanged in peace."""
        with self.desk(url) as desk:
            exchanging.exchange_in_peace(desk)
            told = exchanging.told(desk)
            wrong = exchanging.losses(desk, self.acknowledged) + self.unkept(desk)
            assert self.colleague.send(url)
            store = Store(self.database)
            with store.reading() as session:
                kept = {row.id: row for row in session.scalars(select(Kept))}
                blobs = set(session.scalars(select(Blob.sha256)))
            store.close()
            with desk.store() as session:
                here = set(session.scalars(select(Visit.id)))
                here |= set(session.scalars(select(Attachment.id)))
        wrong += [f"waits: {change}" for change, became in told.items() if became is None]
        wrong += [f"not sent: {record}" for record in self.acknowledged - kept.keys()]
        wrong += [f"not taken: {record}" for record in kept.keys() - here]
        wrong += [f"not alike: {one}" for one in kept.keys() ^ self.colleague.records().keys()]
        sums = {row.sha256 for row in kept.values() if row.sha256}
        return wrong + [f"no photo: {sum}" for sum in sums - blobs]


@pytest.fixture
def played(tmp_path):
    made = Played(tmp_path)
    yield made
    made.colleague.store.kw["bind"].dispose()


@pytest.mark.slow
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_or_doubled_by_a_laptop_that_is_killed_in_an_exchange(played, seed):
    chance = Random(seed)
    with running(played.folder, played.database, NEVER) as url:
        for life in range(KILLS):
            end_terms(played.database)
            assert played.live(url, life, chance.randint(1, LATEST)) == [], (
                f"seed {seed}, life {life}"
            )

        assert played.end(url) == []
    assert played.deaths > KILLS / 2


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("mutant", "symptom"),
    [
        ("outbox_emptied_before_the_answer", "never sent"),
        ("cursor_before_the_page", "not taken"),
        ("next_tokens_not_written_down", "ended by itself"),
    ],
)
def test_a_laptop_without_its_guard_is_caught(played, mutant, symptom):
    found = []
    with running(played.folder, played.database, NEVER) as url:
        for life in range(0, 40, 1 if SOAK else 3):  # killed before photos are exchanged
            if mutant in TOKEN_GUARDS:
                end_terms(played.database)
            if found := played.live(url, life, 1 + 2 * life, mutant):
                break
        if mutant not in TOKEN_GUARDS:
            with exchanging.unguarded(mutant):
                found += played.end(url)

    assert any(symptom in one for one in found), found
