"""What a laptop and the server say to each other when an account is bound to the laptop."""

from urllib.parse import urlsplit

import msgspec

from sync.errors import UserError
from sync.language import mark
from sync.person import Person
from sync.region_key import RegionKey

HERE = ("localhost", "127.0.0.1", "::1")  # a server on this computer needs no TLS
SHORTEST_PASSWORD = 8  # characters
SIGN_IN_AGAIN = mark("Please sign in to the server again. Your work is safe here.")


class _Unsaid(msgspec.Struct, frozen=True):
    """What holds a secret: no log and no report quotes it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class EnrolRequest(_Unsaid, frozen=True, kw_only=True):
    """Bind this laptop by a one-time code. The first time the password is chosen by it."""

    code: str
    password: str
    device: str  # a name by which people know the laptop
    renews: bool = False  # whether this program can renew a token: then it gets one with a term


class SignInRequest(_Unsaid, frozen=True, kw_only=True):
    """Ask for a new token for a laptop that was enrolled, by login and password."""

    person: str
    password: str
    token: str  # the last one that this laptop was given: it says which laptop this is
    renews: bool = False


class Tokens(_Unsaid, frozen=True):
    """What a laptop shows: `token` with each request, `refresh` once, to put both anew."""

    token: str  # the laptop's id, and a secret
    refresh: str = ""  # id.family.secret; "" where the token has no term


class RenewRequest(_Unsaid, frozen=True, kw_only=True):
    """Use up `spent` for tokens that the laptop has made, and written down, before it asks."""

    spent: str
    next: Tokens


class Wiped(msgspec.Struct, frozen=True):
    """A laptop has deleted its work. `left`: edits that nobody had taken."""

    left: int = 0


class Enrolled(_Unsaid, frozen=True):
    """What the server tells a laptop that it has taken in."""

    token: str
    person: Person
    districts: dict[str, str] = {}  # {code: name} of those that the person may read
    region: str = ""  # id of the region pack
    server: str = ""  # the region's name, for the status line
    refresh: str = ""  # see Tokens
    region_keys: list[RegionKey] = []  # see sync.region_key


def check_url(url: str) -> str:
    """The server's address. Raises UserError unless it is https, or on this very computer."""
    try:
        parts = urlsplit(url.strip())
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in HERE)):
        raise UserError(mark("Write the server's address as https://… as you were given it."))
    return url.strip()
