"""A sealed report as it travels and lies on the server: who can read it is not to be seen.

One report and all that is said about it later are letters in one box. A letter is sealed under a
key of its own, and that key to each of its readers. Why so: docs/decisions/0029-sealed-reports.md.
"""

from uuid import UUID, uuid4

import msgspec

from sync.sealing import OVERHEAD, Keys, PublicKeys

BOX = 16  # bytes: the address of a box, which nobody can guess
STEP, LARGE_STEP = 4 * 2**10, 256 * 2**10  # bytes: what is sealed has the length of whole steps
LARGEST = 4 * 2**20  # bytes of one letter
SEAL = 32 + OVERHEAD  # bytes: a key, sealed to one reader
MOST_READERS = 20  # of one letter
MOST_TAKEN = 8  # letters that one request asks for
MOST_IN_BOX = 200  # letters: whoever knows an address may put more in
GIVEN_BACK = b"dala letter given back "


class SealedLetter(msgspec.Struct, frozen=True, kw_only=True):
    """What the server is given. No author, no laptop, no time."""

    id: UUID = msgspec.field(default_factory=uuid4)  # random: an ordered id would tell the hour
    box: bytes
    seals: list[bytes]  # the letter's key, for each reader; whom one is for is not said
    body: bytes


class Box(msgspec.Struct, frozen=True):
    """Asks for what lies in a box. Its address is not in a URL, which others write down."""

    address: bytes


class MoreSeals(msgspec.Struct, frozen=True):
    """A letter's key for further readers, by one who could open it."""

    id: UUID
    seals: list[bytes]


class OnShelf(msgspec.Struct, frozen=True):
    """What an officer's laptop is told of a letter before it asks for it."""

    seals: int
    year: int | None  # in which it came; None: before that was kept


class Shelf(msgspec.Struct, frozen=True):
    """All letters that the server has, and of which years it still keeps any."""

    letters: dict[UUID, OnShelf]
    first: int | None  # a box whose last letter came earlier has ended; None: none ever does


class GivenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that the server had and lost, from an officer's laptop: sealed, as it was."""

    letter: SealedLetter
    year: int | None  # in which the server had taken it
    by: PublicKeys  # an officer on the list that the region's key signed
    signature: bytes = b""


def given_back(letter: SealedLetter, year: int | None, by: Keys) -> GivenBack:
    """A letter to be given back, by this hand."""
    signature = by.sign(_content(letter, year))
    return GivenBack(letter=letter, year=year, by=by.public, signature=signature)


def check_given_back(given: GivenBack) -> None:
    """Raises ValueError unless the one that it names has signed it."""
    given.by.check(given.signature, _content(given.letter, given.year))


def _content(letter: SealedLetter, year: int | None) -> bytes:
    return GIVEN_BACK + msgspec.msgpack.encode((letter, year))


def sound(letter: SealedLetter) -> bool:
    """Whether the server may keep it."""
    return (
        letter.id.version == 4
        and len(letter.box) == BOX
        and 0 < len(letter.body) <= LARGEST
        and sound_seals(letter.seals)
    )


def sound_seals(seals: list[bytes]) -> bool:
    """Whether these may be seals of a letter."""
    return 0 < len(seals) <= MOST_READERS and all(len(one) == SEAL for one in seals)
