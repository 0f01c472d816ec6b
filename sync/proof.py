"""That a request comes from the laptop it names, and an answer from its server.

Both ends know each other's public keys and so share one secret, which nobody ever sent. A token
that was stolen is worth nothing without it, and who stands in the line, with whatever certificate,
can make no answer that a laptop would take. The proof is an HMAC-SHA256 of all that has a meaning,
cut to 128 bits (RFC 2104, section 5): a signature would cost four times as much in the header of
each request that says nothing.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest, digest

from sync.parts import COMPLETE, OFFSET
from sync.sealing import Keys

LENGTH = 16  # bytes of a proof
CONTEXT = b"dala line"
ASKED = ("Authorization", "Content-Encoding", "Dala-Protocol", "Range", OFFSET, COMPLETE)
TOLD = ("Content-Encoding", "Content-Range", "Dala-Protocol", OFFSET, COMPLETE)


@dataclass(frozen=True)
class LineKey:
    """What one laptop and its server share."""

    secret: bytes = field(repr=False)

    def of_request(
        self, nonce: str, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str:
        """The proof of a request. `target`: path and query; `body`: as it is sent, packed or not."""
        said = [nonce, method, target, *(headers.get(name, "") for name in ASKED)]
        return self._proof("request", said, body)

    def of_reply(self, request: str, status: int, headers: Mapping[str, str], body: bytes) -> str:
        """The proof of an answer to the request that had this proof."""
        said = [request, str(status), *(headers.get(name, "") for name in TOLD)]
        return self._proof("reply", said, body)

    def _proof(self, what: str, said: list[str], body: bytes) -> str:
        # no header's value holds a line's end, so nothing can slip from one place to the next
        text = "\n".join([what, *said, sha256(body).hexdigest()])
        proof = digest(self.secret, text.encode(), "sha256")[:LENGTH]
        return urlsafe_b64encode(proof).decode().rstrip("=")


def same(one: str, other: str) -> bool:
    """Whether two proofs are the same, in a time that tells nothing of where they differ."""
    return compare_digest(one.encode(), other.encode())


@lru_cache(1_024)
def line_key(seed: bytes, sealing: bytes) -> LineKey:
    """The key that the holder of `seed` shares with the holder of that public sealing key.

    Raises ValueError where it is no key.
    """
    return LineKey(Keys(seed).agree(sealing, CONTEXT))
