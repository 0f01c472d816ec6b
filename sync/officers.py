"""Whom reports are sealed to: the integrity officers, on a list that the region's key signs.

So whoever has the server cannot put a reader of their own on it. A newer list takes the place of an
older one, never the other way round. Officers that have left, and keys that were replaced, stay on
it as former ones: what they signed can still be checked.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence

import msgspec

from sync.errors import UserError
from sync.language import mark
from sync.region_key import fingerprint
from sync.sealing import Keys, PublicKeys

SIGNED = b"dala integrity officers "
NO_LIST = mark("This is no list of integrity officers, or not whole.")


class Officer(msgspec.Struct, frozen=True):
    """One of them: a name for people, and the public half of a key that is on their laptop."""

    name: str
    keys: PublicKeys
    since: int = 0  # the serial of the first list that had it; 0 on a card
    former: bool = False  # nothing is sealed to this key any more

    @property
    def check(self) -> str:
        """Twelve letters to be compared by voice."""
        return fingerprint(self.keys)


class Officers(msgspec.Struct, frozen=True):
    """The list. `serial` rises with each one."""

    serial: int
    officers: list[Officer]
    signature: bytes = b""

    @property
    def readers(self) -> list[Officer]:
        """Those that a report is sealed to."""
        return [one for one in self.officers if not one.former]


def appoint(
    before: Officers | None, added: Sequence[Officer], dropped: Sequence[str], region: Keys
) -> Officers:
    """The next list: with these officers, and without the keys whose `check` is named.

    Raises UserError where a named one is not on the list, or nobody would be left.
    """
    known = list(before.officers) if before else []
    here = {one.check for one in known if not one.former}
    if unknown := [check for check in dropped if check not in here]:
        raise UserError(mark("“{check}” is on the list of nobody."), check=unknown[0])
    kept = [
        msgspec.structs.replace(one, former=True) if one.check in dropped else one for one in known
    ]
    serial = (before.serial if before else 0) + 1
    new = [one for one in added if one.check not in {each.check for each in known}]
    kept += [msgspec.structs.replace(one, since=serial) for one in new]
    following = Officers(serial, kept)
    if not following.readers:
        raise UserError(mark("At least one integrity officer must stay on the list."))
    return signed(following, region)


def keeps_letters(officers: Officers, key: PublicKeys) -> bool:
    """Whether the holder of this key has letters by right: an officer, or a former one from whom
    alone the others can have the earlier ones, as nobody on the list is as early (decision 42)."""
    own = next((one for one in officers.officers if one.keys == key), None)
    if own is None:
        return False
    return not own.former or all(one.since > own.since for one in officers.readers)


def signed(officers: Officers, region: Keys) -> Officers:
    """The same list by the hand of the region's key."""
    return msgspec.structs.replace(officers, signature=region.sign(_content(officers)))


def vouched(officers: Officers, region: PublicKeys) -> bool:
    """Whether the region's key has signed this list, and all on it are keys."""
    try:
        region.check(officers.signature, _content(officers))
    except ValueError:
        return False
    return all(one.keys.sound for one in officers.officers)


def written(thing: Officer | Officers) -> str:
    """As the text of a file."""
    return b64encode(msgspec.json.encode(thing)).decode() + "\n"


def read_list(text: str) -> Officers:
    """What `written` wrote; who signed it is to be looked at. Raises UserError."""
    try:
        return msgspec.json.decode(b64decode(text.strip(), validate=True), type=Officers)
    except (ValueError, RecursionError) as error:
        raise UserError(NO_LIST) from error


def read_card(text: str) -> Officer:
    """One officer's own card, brought to the custodians. Raises UserError."""
    try:
        card = msgspec.json.decode(b64decode(text.strip(), validate=True), type=Officer)
    except (ValueError, RecursionError) as error:
        raise UserError(mark("This is no card of an integrity officer, or not whole.")) from error
    if not card.keys.sound or not card.name.strip() or len(card.name) > 200 or card.former:
        raise UserError(mark("This is no card of an integrity officer, or not whole."))
    return card


def _content(officers: Officers) -> bytes:
    return SIGNED + msgspec.json.encode((officers.serial, officers.officers))
