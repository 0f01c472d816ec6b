"""Argon2id, by the parameters of OWASP ASVS 11.4 and more: 64 MiB, three passes, four lanes."""

import os
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from sync.language import mark
from sync.server.problems import Problem

AT_ONCE = 2  # computations at a time: each takes `memory`
PATIENCE = 20  # seconds that one waits for its turn


@dataclass(frozen=True)
class Cost:
    """What guessing one password costs."""

    memory: int = 64 * 1024  # KiB
    passes: int = 3
    lanes: int = 4


class Passwords:
    """Hashes and checks passwords, a few at a time."""

    def __init__(self, cost: Cost | None = None) -> None:
        self._cost = cost or Cost()
        self._turns = BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """The PHC string to keep."""
        self._take_turn()
        try:
            return Argon2id(
                salt=os.urandom(16),
                length=32,
                iterations=self._cost.passes,
                lanes=self._cost.lanes,
                memory_cost=self._cost.memory,
            ).derive_phc_encoded(password.encode())
        finally:
            self._turns.release()

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the one. Where none is kept the work is the same, and the answer no."""
        against = kept or self._nobody
        self._take_turn()
        try:
            Argon2id.verify_phc_encoded(password.encode(), against)
        except InvalidKey:
            return False
        finally:
            self._turns.release()
        return kept is not None

    @cached_property
    def _nobody(self) -> str:
        return self.hash(os.urandom(16).hex())

    def warm_up(self) -> None:
        """Make what the check of an unknown account needs, so that the first one takes no longer."""
        _ = self._nobody

    def _take_turn(self) -> None:
        if not self._turns.acquire(timeout=PATIENCE):
            raise Problem(503, mark("The server is busy. Please try again in a minute."))
