"""Whether a request comes from the laptop that its token names. See `sync.proof`."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from sync.carry import Introduction
from sync.language import mark
from sync.proof import LineKey, same
from sync.sealing import PublicKeys
from sync.server import introductions
from sync.server.accounts import Caller
from sync.server.problems import Problem
from sync.server.store import Store
from sync.server.tables import Device

AGAIN = mark("Please sign in again.")
UNKNOWN_KEYS = mark("The server does not know this laptop's keys.")


@dataclass(frozen=True)
class Asked:
    """A request as it came, as far as its proof covers it."""

    method: str
    target: str  # path and query
    headers: Mapping[str, str]
    body: bytes

    @property
    def nonce(self) -> str:
        """What a laptop knows its answer by."""
        return self.headers.get("Dala-Nonce", "").partition(".")[0]

    @property
    def proof(self) -> str:
        """Laptops from before there were proofs give none."""
        return self.headers.get("Dala-Nonce", "").partition(".")[2]


@dataclass(frozen=True)
class Proven:
    """What the answer to a proven request is proven by."""

    line: LineKey
    request: str  # its proof

    def reply(self, status: int, headers: Mapping[str, str], body: bytes) -> str:
        """The proof of this answer."""
        return self.line.of_reply(self.request, status, headers, body)


def require(asked: Asked, line: LineKey | None, *, must: bool = True) -> Proven | None:
    """What the answer is proven by, if the request is. Raises Problem 401 where it must be and is not.

    A laptop whose `line` is not known need not, but Problem 428 says so where it gave a proof: it
    then introduces itself.
    """
    if not asked.proof and (line is None or not must):
        return None
    if line is None:
        raise Problem(428, UNKNOWN_KEYS)
    due = line.of_request(asked.nonce, asked.method, asked.target, asked.headers, asked.body)
    if not same(asked.proof, due):
        raise Problem(401, AGAIN)
    return Proven(line, asked.proof)


def prove(store: Store, asked: Asked, caller: Caller) -> Proven | None:
    """The same, of a request with a token. With its first proof a laptop binds itself to them.

    Not with its introduction: the answer to that may be lost, and then it does not know the key.
    """
    proven = require(asked, caller.line, must=caller.proves)
    if proven and not caller.proves:
        with store.writing.begin() as session:
            one = Device.id == caller.device
            session.execute(update(Device).where(one).values(proves=True))
    return proven


def introduce(
    session: Session, asked: Asked, keys: PublicKeys, caller: Caller
) -> tuple[Introduction, Proven | None]:
    """Note by what a laptop's letters and requests are known.

    A laptop whose keys the server has lost proves itself by the very keys that it tells.
    """
    line = caller.line
    if asked.proof and line is None:
        line = introductions.line_to(session, keys)
    proven = require(asked, line, must=caller.proves)
    return introductions.introduce(session, caller.device, keys), proven
