"""What laptops told of a made-up wave, on a server and on a coordinator's laptop."""

import random
from uuid import UUID

import msgspec

from sync.client.tables import TakenSigns
from sync.quality import SIZE, Row
from sync.server.tables import KeptSigns
from tests.faked.counted import told
from tests.faked.waves import FIRST

DISTRICTS = ("615600000", "615200000")  # Созақ, Сайрам
EACH = 10  # laptops of a district


def rows(seed: int = FIRST, districts=DISTRICTS, each: int = EACH) -> list[Row]:
    """Interviewers of a made-up wave, its fakers among them, as laptops of these districts."""
    wave = told(seed)
    fakers = sorted({wave.wave.data.interviewers[row] for row in wave.wave.fakes})
    honest = [name for name in wave.signs if name not in fakers]
    names = [*fakers, *honest][: each * len(districts)]
    chance = random.Random(seed)
    ids = [UUID(int=chance.getrandbits(128), version=4) for _ in names]
    return [
        Row(id, districts[place % len(districts)], wave.signs[name])
        for place, (id, name) in enumerate(zip(ids, names, strict=True))
    ]


def keep(server, wave: UUID, told_of: list[Row]) -> None:
    """On the server, as if laptops had told them."""
    with server.looking() as session, session.begin():
        for row in told_of:
            body = msgspec.json.encode(row.signs).ljust(SIZE)
            seals = msgspec.msgpack.encode([])
            session.add(
                KeptSigns(
                    id=row.pseudonym, wave=wave, district=row.district, body=body, seals=seals
                )
            )


def take(desk, wave: UUID, told_of: list[Row]) -> None:
    """On a laptop, as if the server had given them."""
    with desk.store.begin() as session:
        session.merge(TakenSigns(wave=wave, body=msgspec.json.encode(told_of)))
