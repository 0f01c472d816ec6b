"""The join file, *.dala-join: all that binds a laptop but the password, so that nobody types it.

    DALA-JOIN 1\\n · sixteen digits of the SHA-256 of what follows\\n · Join, as one line of JSON

The sum finds what was cut or damaged on the way. It does not say who wrote the file: the private
half of the region's key is in no server's hands. So a person compares the address and the key
before anything is sent (docs/decisions/0036). The code in it is good once, and for a term.
"""

import re
from datetime import datetime
from hashlib import sha256

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from sync.decoding import decode
from sync.enrolment import check_url
from sync.errors import UserError
from sync.language import mark, tr
from sync.region_key import fingerprint
from sync.sealing import PublicKeys

MAGIC, FAMILY = b"DALA-JOIN 1", b"DALA-JOIN "
LONGEST = 2**16  # bytes of a file
LONGEST_NAME = 200  # characters
CODE = re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")
# What a person reads and compares: no letters of other alphabets that look like these, no name
# before an @, nothing after a ?
ADDRESS = re.compile(
    r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]*)*"
)

NOT_OURS = mark("“{name}” is no join file of Dala. Nothing was sent. Choose another file.")
NEWER = mark(
    "“{name}” was written for a newer version of this program. Nothing was sent; please update."
)
DAMAGED = mark(
    "“{name}” was damaged or cut short on the way. Nothing was sent. Copy it again from where you "
    "got it, or ask your coordinator for a new one."
)
UNSOUND = mark(
    "“{name}” was not made by a server of Dala, or was altered. Nothing was sent. Ask your "
    "coordinator for a new one."
)
OVER = mark(
    "By the clock of this laptop the code was good until {day}. If the clock is right, ask your "
    "coordinator for a new file."
)


class Unusable(UserError):
    """A join file that binds nothing, and why."""


class Join(msgspec.Struct, frozen=True, kw_only=True):
    """What a join file says. It holds a secret: no log and no report quotes it."""

    server: str  # its address
    code: str
    until: datetime  # UTC; the server's clock decides
    login: str
    name: str  # as people know the person
    region: str = ""  # its name, in the person's language
    region_key: PublicKeys | None = None  # the one that holds; None: the region has none
    authority: str = ""  # PEM; the only certificates that may name the server; "": the public ones

    def __repr__(self) -> str:
        return "Join(…)"

    @property
    def key(self) -> str:
        """The fingerprint of the region's key in groups, to be read aloud; "" without one."""
        letters = fingerprint(self.region_key) if self.region_key else ""
        return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))

    def told(self, now: datetime) -> list[str]:
        """What a person is to compare before anything is sent, a line each.

        That the code is over is only said: the laptop's clock may be wrong, and the server knows.
        """
        lines = [tr("Server: {address}", address=self.server)]
        if self.key:
            lines.append(tr("The region's key: {fingerprint}", fingerprint=self.key))
        if self.authority:
            lines.append(tr("Only the certificates in the file are trusted for it."))
        if self.until < now:
            lines.append(tr(OVER, day=self.until.astimezone().strftime("%d.%m.%Y")))
        return lines


def write_join(join: Join) -> bytes:
    """The content of a file. Raises ValueError for what no laptop would take."""
    check(join)
    said = msgspec.json.encode(join)
    content = b"\n".join((MAGIC, _sum(said), said)) + b"\n"
    if len(content) > LONGEST:
        raise ValueError("larger than a laptop reads")
    return content


def read_join(content: bytes, name: str) -> Join:
    """What `write_join` wrote; `name`: of the file. Raises Unusable, whatever the bytes are.

    Ends of lines may have become those of another system on the way.
    """
    lines = content.strip().splitlines()
    if not lines or not lines[0].startswith(FAMILY) or len(content) > LONGEST:
        raise Unusable(NOT_OURS, name=name)
    if lines[0] != MAGIC:
        raise Unusable(NEWER, name=name)
    if len(lines) != 3 or _sum(lines[2]) != lines[1]:
        raise Unusable(DAMAGED, name=name)
    try:
        join = decode(lines[2], Join)
        check(join)
    except (ValueError, UserError) as error:
        raise Unusable(UNSOUND, name=name) from error
    return join


def check(join: Join) -> None:
    """Raise ValueError, or UserError for the address, where something in it cannot be used."""
    if not check_address(join.server) or not CODE.fullmatch(join.code):
        raise ValueError("no address or no code")
    if join.until.tzinfo is None or not 2000 < join.until.year < 3000:
        raise ValueError("no moment that every clock can show")
    names = (join.login, join.name, join.region)
    if not all(
        len(one) <= LONGEST_NAME and one.isprintable() and "://" not in one for one in names
    ):
        raise ValueError("a name that is not what it looks like")
    if join.region_key and not join.region_key.sound:
        raise ValueError("no keys")
    if join.authority and join.authority != certificates(join.authority.encode()):
        raise ValueError("more than certificates")


def check_address(url: str) -> bool:
    """Whether a person can read and compare it. Raises UserError unless TLS protects it."""
    check_url(url)
    return len(url) <= LONGEST_NAME and bool(ADDRESS.fullmatch(url))


def certificates(pem: bytes) -> str:
    """The certificates in a file, and nothing else of it: no key. Raises ValueError without any."""
    return "".join(
        one.public_bytes(Encoding.PEM).decode() for one in load_pem_x509_certificates(pem)
    )


def _sum(said: bytes) -> bytes:
    return sha256(said).hexdigest()[:16].encode()
