"""What a laptop and the server say to each other when an account is bound to the laptop."""

import msgspec

from sync.person import Person

SHORTEST_PASSWORD = 8  # characters


class EnrolRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Bind this laptop by a one-time code. The first time the password is chosen by it."""

    code: str
    password: str
    device: str  # a name by which people know the laptop


class SignInRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Ask for a new token for a laptop that was enrolled, by login and password."""

    person: str
    password: str
    token: str  # the last one that this laptop was given: it says which laptop this is


class Enrolled(msgspec.Struct, frozen=True):
    """What the server tells a laptop that it has taken in."""

    token: str
    person: Person
    districts: dict[str, str] = {}  # {code: name} of those that the person may read
    region: str = ""  # id of the region pack
    server: str = ""  # the region's name, for the status line
