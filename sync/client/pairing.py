"""A line between two laptops in one room that only who knows the room's code can use.

Each end makes a key for this meeting alone (X25519). What both derive from it also needs the code,
stretched by scrypt: somebody between the two who knows no code can read nothing and say nothing.
What they may record to guess the code by is worth little: it has 49 bits, and a try costs 0.1 s.
Each direction has its own key (ChaCha20-Poly1305) and counts its messages.
"""

import os
import secrets
import socket
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from sync.errors import UserError
from sync.language import mark

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 10  # 31^10: 49 bits
MAGIC = b"DALA-ROOM 1\n"
LONGEST = 256 * 2**10  # bytes of one message
TAG = 16
PATIENCE = 60  # seconds that the other end may be silent
GREETING = b"who knows the code"

BROKEN = mark(
    "The line between the two laptops broke. Nothing was lost; bring them nearer and try again."
)
WRONG_CODE = mark(
    "The code is not that of this room. Nothing was exchanged. Read it again from the other screen."
)
STRANGER = mark(
    "What answers there is no room of this program, or one of another version. Nothing was "
    "exchanged."
)


class WrongCode(UserError):
    """The other end does not know the room's code."""


class Broken(UserError):
    """The line between two laptops was cut, or somebody disturbs it."""


def new_code() -> str:
    """A code to read from one screen and type at the other."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{code[:5]}-{code[5:]}"


class Channel:
    """Messages to and from the other end. Raises Broken where the line is cut or disturbed."""

    def __init__(self, line: socket.socket, code: str, *, opener: bool) -> None:
        """Greet the other end. Raises WrongCode, Broken, UserError."""
        self._line = line
        line.settimeout(PATIENCE)
        own = X25519PrivateKey.from_private_bytes(os.urandom(32))
        public = own.public_key().public_bytes_raw()
        self._send_all(MAGIC + public)
        if self._read(len(MAGIC)) != MAGIC:
            raise UserError(STRANGER)
        other = self._read(32)
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(other))
        except ValueError as error:
            raise Broken(BROKEN) from error
        met = public + other if opener else other + public
        keys = _keys(shared, code, met)
        mine, theirs = keys if opener else keys[::-1]
        self._writing, self._reading = ChaCha20Poly1305(mine), ChaCha20Poly1305(theirs)
        self._written = self._read_so_far = 0
        self._greet(opener=opener)

    def send(self, message: bytes) -> None:
        """At most LONGEST bytes; they arrive whole, in order, or not at all."""
        sealed = self._writing.encrypt(self._written.to_bytes(12), message, None)
        self._written += 1
        self._send_all(len(sealed).to_bytes(4) + sealed)

    def receive(self) -> bytes:
        """The other end's next message."""
        length = int.from_bytes(self._read(4))
        if length > LONGEST + TAG:
            raise Broken(BROKEN)
        try:
            message = self._reading.decrypt(
                self._read_so_far.to_bytes(12), self._read(length), None
            )
        except InvalidTag as error:
            raise Broken(BROKEN) from error
        self._read_so_far += 1
        return message

    def send_file(self, file: IO[bytes]) -> None:
        """All of a file, piece by piece."""
        while piece := file.read(LONGEST):
            self.send(piece)
        self.send(b"")

    def receive_file(self, file: IO[bytes], most: int) -> None:
        """The file that the other end sends, of at most `most` bytes."""
        while piece := self.receive():
            most -= len(piece)
            if most < 0:
                raise Broken(BROKEN)
            file.write(piece)

    def _greet(self, *, opener: bool) -> None:
        """Who came speaks first: the opener gives nothing to somebody without the code."""
        if not opener:
            self.send(GREETING)
        try:
            greeted = self.receive() == GREETING
        except Broken as error:
            raise WrongCode(WRONG_CODE) from error
        if not greeted:
            raise WrongCode(WRONG_CODE)
        if opener:
            self.send(GREETING)

    def _send_all(self, content: bytes) -> None:
        try:
            self._line.sendall(content)
        except OSError as error:
            raise Broken(BROKEN) from error

    def _read(self, length: int) -> bytes:
        content = bytearray()
        try:
            while len(content) < length:
                piece = self._line.recv(min(length - len(content), 2**16))
                if not piece:
                    raise Broken(BROKEN)
                content += piece
        except OSError as error:
            raise Broken(BROKEN) from error
        return bytes(content)


def _keys(shared: bytes, code: str, met: bytes) -> tuple[bytes, bytes]:
    """(the opener's, the other's) for what each writes."""
    typed = "".join(letter for letter in code.upper() if letter in ALPHABET)
    stretched = Scrypt(salt=met, length=32, n=2**15, r=8, p=1).derive(typed.encode())
    both = HKDF(SHA256(), length=64, salt=met, info=MAGIC).derive(shared + stretched)
    return both[:32], both[32:]
