"""What a laptop tells of the interviews to a wave: how many were of which sort, and none by itself.

`Signs` are those of one interview as it ends, and the sums of all of them: only sums are kept. Each
measure stands for itself: how many interviews were short, and how many had a straight grid, but not
whether those were the same. So nothing joins what somebody could see of a person, such as how long it
took, with what that person answered. Why so: decision 57.
"""

from uuid import UUID

import msgspec

from sync.sealing import OVERHEAD, SEED, SIGNATURE

FEWEST = 5  # interviews that are told of, and pseudonyms of a district that are shown
SPREAD = 7  # days after a wave over which laptops tell, each on one that chance drew
DAYS = 90  # after a wave its answers are counted (sync.counts); these go with them
SIZE = 2 * 2**10  # bytes of what is told, whatever it is
LONGEST_LOGIN = 128  # bytes
CARD = LONGEST_LOGIN + SEED + SIGNATURE + OVERHEAD  # bytes: one seal of a card
SHORTEST_REASON, LONGEST_REASON = 10, 500  # characters
MOST = 1_000_000  # of anything that is counted

MINUTES = (*(f"{low}-{low + 5}" if low else "<5" for low in range(0, 60, 5)), "60+")
HASTY = ("0", "1-2", "3-5", "6-10", "11-20", "21+")
ALIKE = 20  # classes of a share of equal answers, each of 5 %
LEVELS = 20  # classes of a mean mark, from the lowest possible to the highest


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of interviews, but for the last four: those are counts of answers.

    Classes add up to fewer than `interviews` where something was not known of some of them.
    """

    interviews: int = 0
    minutes: tuple[int, ...] = (0,) * len(MINUTES)
    hasty: tuple[int, ...] = (0,) * len(HASTY)
    night: int = 0
    soon: int = 0  # begun too soon after the one before
    gridded: int = 0  # with a grid that can be straight
    flat: int = 0  # with a straight grid
    runs: int = 0  # with a long run of one mark
    alike: tuple[int, ...] = (
        0,
    ) * ALIKE  # by the largest share of another's answers, as they leave
    levels: tuple[int, ...] = (0,) * LEVELS  # by the mean mark
    answers: int = 0
    dont_know: int = 0
    refused: int = 0
    other: int = 0

    @property
    def timed(self) -> int:
        """Interviews of which the time is known."""
        return sum(self.minutes)

    def __add__(self, more: "Signs") -> "Signs":
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(more), strict=True)
        sums = dict(zip(self.__struct_fields__, map(_sum, pairs), strict=True))
        return msgspec.convert(sums, Signs)

    @property
    def sound(self) -> bool:
        """Whether interviews can have such signs."""
        classes = ("minutes", "hasty", "alike", "levels")
        given = msgspec.structs.asdict(self)
        lists = [given.pop(name) for name in classes]
        lengths = [len(MINUTES), len(HASTY), ALIKE, LEVELS]
        numbers = [*given.values(), *(number for one in lists for number in one)]
        within = [*map(sum, lists), self.night, self.soon, self.gridded]
        return (
            [len(one) for one in lists] == lengths
            and all(0 <= number <= MOST for number in numbers)
            and all(number <= self.interviews for number in within)
            and max(self.flat, self.runs) <= self.gridded
            and self.dont_know + self.refused + self.other <= self.answers
        )


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The interviews of one laptop to a wave in one district, under a name made for them.

    `seals`: who it is, for each of those who may be asked with a reason; none where nobody is known.
    """

    pseudonym: UUID
    wave: UUID
    district: str
    signs: Signs
    seals: list[bytes]


class Row(msgspec.Struct, frozen=True):
    """One of them as those who check are given it."""

    pseudonym: UUID
    district: str
    signs: Signs


class Ask(msgspec.Struct, frozen=True):
    """Whose are these? By one who can open the card, with a reason that others read."""

    wave: UUID
    number: str  # the beginning of the pseudonym, as people say it
    reason: str


class Card(msgspec.Struct, frozen=True):
    """The seals of one row, and whose laptops there are: {login: the keys they sign with}."""

    pseudonym: UUID
    district: str
    seals: list[bytes]
    laptops: dict[str, list[bytes]]


def written(told: Told) -> bytes:
    """As JSON of SIZE bytes, and those of its seals: how much is told does not tell how many."""
    room = SIZE + 2 * CARD * len(told.seals)
    return msgspec.json.encode(told).ljust(room)


def number_of(pseudonym: UUID) -> str:
    """Eight letters by which people speak of a pseudonym: “3F0A-91C4”."""
    return f"{pseudonym.hex[:4]}-{pseudonym.hex[4:8]}".upper()


def canonical(number: str) -> str:
    """A number as it was typed → the beginning of a pseudonym's hex, or ""."""
    found = "".join(each for each in number.lower() if each in "0123456789abcdef")
    return found if len(found) == 8 else ""


def good_reason(reason: str) -> bool:
    """Whether somebody gave a reason in words."""
    return SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON


def _sum(pair: tuple[int | tuple[int, ...], int | tuple[int, ...]]) -> int | tuple[int, ...]:
    one, other = pair
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(map(sum, zip(one, other, strict=True)))
    assert isinstance(one, int)
    assert isinstance(other, int)
    return one + other
