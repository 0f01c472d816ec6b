"""Sealed for one reader, signed by one writer: what goes through other people's hands.

A seal is X25519 with a key used once, HKDF-SHA256 and ChaCha20-Poly1305; a signature is Ed25519.
Both take a `context`, which is not in the sealed bytes: they hold in that context alone.
"""

import os
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEED = 32  # bytes; also those of each key
SIGNATURE = 64  # bytes
OVERHEAD = 32 + 16  # bytes that a seal adds: the key used once, and the tag
ONCE = bytes(12)  # each key seals one thing only, so its nonce may be the same


class PublicKeys(msgspec.Struct, frozen=True):
    """What others know of somebody: by one key they check, by the other they seal."""

    signing: bytes
    sealing: bytes

    @property
    def sound(self) -> bool:
        """Whether these are keys at all."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing)
            self.seal(b"", b"")
        except ValueError:
            return False
        return True

    def check(self, signature: bytes, content: bytes) -> None:
        """Raises ValueError unless the holder of these keys signed this."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, content)
        except InvalidSignature as error:
            raise ValueError("signed by somebody else, or altered") from error

    def seal(self, content: bytes, context: bytes) -> bytes:
        """Only the holder of these keys can open it. Raises ValueError where they are no keys."""
        once = X25519PrivateKey.from_private_bytes(os.urandom(SEED))
        public = once.public_key().public_bytes_raw()
        shared = once.exchange(X25519PublicKey.from_public_bytes(self.sealing))
        key = _key(shared, public + self.sealing, context)
        return public + ChaCha20Poly1305(key).encrypt(ONCE, content, None)


@dataclass(frozen=True)
class Keys:
    """Both private keys, from one seed of 32 random bytes."""

    seed: bytes

    def __repr__(self) -> str:  # a secret must not reach a log
        return "Keys()"

    @property
    def public(self) -> PublicKeys:
        """Those that others may know."""
        return PublicKeys(
            self._signing().public_key().public_bytes_raw(),
            self._sealing().public_key().public_bytes_raw(),
        )

    def sign(self, content: bytes) -> bytes:
        """64 bytes that only the holder of these keys can make."""
        return self._signing().sign(content)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed for these keys. Raises ValueError: for others, altered or cut."""
        once, body = sealed[:SEED], sealed[SEED:]
        own = self._sealing()
        shared = own.exchange(X25519PublicKey.from_public_bytes(once))
        key = _key(shared, once + own.public_key().public_bytes_raw(), context)
        try:
            return ChaCha20Poly1305(key).decrypt(ONCE, body, None)
        except InvalidTag as error:
            raise ValueError("sealed for somebody else, or altered") from error

    def agree(self, sealing: bytes, context: bytes) -> bytes:
        """32 bytes that only these keys and those of this public one can make, in this context.

        Raises ValueError where it is no key.
        """
        shared = self._sealing().exchange(X25519PublicKey.from_public_bytes(sealing))
        return _key(shared, b"", context)

    def _signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(_key(self.seed, b"", b"dala signing"))

    def _sealing(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(_key(self.seed, b"", b"dala sealing"))


def new_seed() -> bytes:
    """From which somebody's keys are made."""
    return os.urandom(SEED)


def _key(secret: bytes, salt: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=context).derive(secret)
