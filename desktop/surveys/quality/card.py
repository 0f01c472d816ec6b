"""Who a pseudonym is: sealed to the officers on the list that the region's key signs.

A card is signed by the key of the laptop that told the counts, for this pseudonym of this wave: else
somebody could put another's name under counts of one's own. All cards have one length.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sync.errors import UserError
from sync.language import mark
from sync.quality import CARD, LONGEST_LOGIN, Card
from sync.sealing import OVERHEAD, SEED, SIGNATURE, Keys, PublicKeys

CONTEXT = b"dala whose interviews "
assert CARD == LONGEST_LOGIN + SEED + SIGNATURE + OVERHEAD

NOT_FOR_US = mark(
    "This card is sealed for officers whose key is not on this laptop: those who stood on the list"
    " when it was told. Ask another officer."
)
NOT_THEIRS = mark(
    "The card names “{login}”, but no laptop of that account has signed it. It may be from a laptop"
    " that was enrolled anew since, or somebody has put a name on it that is not their own: do not"
    " go by it alone."
)


def seal_card(
    login: str, pseudonym: UUID, wave: UUID, laptop: Keys, officers: Iterable[PublicKeys]
) -> list[bytes]:
    """One seal for each officer, in the order of chance; none for a login that is too long."""
    name = login.encode()
    if len(name) > LONGEST_LOGIN:
        return []
    about = CONTEXT + pseudonym.bytes + wave.bytes
    said = name.ljust(LONGEST_LOGIN, b"\0") + laptop.public.signing + laptop.sign(about + name)
    return sorted(one.seal(said, about) for one in officers)


def open_card(card: Card, wave: UUID, own: Sequence[Keys]) -> str:
    """The login. Raises UserError where it is not for these keys, or not by a laptop of theirs."""
    about = CONTEXT + card.pseudonym.bytes + wave.bytes
    said = _opened(card.seals, about, own)
    if said is None:
        raise UserError(NOT_FOR_US)
    name = said[:LONGEST_LOGIN].rstrip(b"\0")
    key, signature = said[LONGEST_LOGIN : LONGEST_LOGIN + SEED], said[-SIGNATURE:]
    login = name.decode(errors="replace")
    if not _theirs(card.laptops, login, key, signature, about + name):
        raise UserError(NOT_THEIRS, login=login)
    return login


def _opened(seals: Iterable[bytes], about: bytes, own: Sequence[Keys]) -> bytes | None:
    for seal in seals:
        for keys in own:
            try:
                return keys.open(seal, about)
            except ValueError:
                continue
    return None


def _theirs(
    laptops: Mapping[str, Sequence[bytes]], login: str, key: bytes, signature: bytes, said: bytes
) -> bool:
    if key not in laptops.get(login, ()):
        return False
    try:
        PublicKeys(key, b"").check(signature, said)
    except ValueError:
        return False
    return True
