"""Where whole files lie, by the settings: a folder of this machine, or a bucket that speaks S3."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sync.errors import UserError
from sync.language import mark
from sync.parts import LARGEST, PART
from sync.server import bucket_line
from sync.server.blobs import BlobFolder, BlobStore, StoreAway, require_sum
from sync.server.settings import Settings

if TYPE_CHECKING:
    from obstore.store import S3Store

PATIENCE = 20.0  # seconds that the store may take to answer, tries included
TRIES = 3  # where it says that the fault is its own
NOBODY = "0" * 64  # a sum that no file has
log = logging.getLogger("dala.server")


class Bucket:
    """Files in an S3-compatible store. What it has answered, it keeps: it is not asked again."""

    def __init__(self, store: "S3Store") -> None:
        self._store = store

    def check(self) -> None:
        """Ask for a file that is not there: address, keys and bucket must be right for that."""
        try:
            self.size(NOBODY)
        except StoreAway as away:
            raise UserError(
                mark("The file store cannot be used ({reason}). Check DALA_BLOBS and DALA_S3_…."),
                reason=away.sort,
            ) from None

    def keep(self, part: Path, sha256: str) -> None:
        """An S3 object is there as a whole or not at all. The part stays where it is."""
        with _asking():
            _require(self._ask("PUT", sha256, body=part).status == 200)

    def size(self, sha256: str) -> int | None:
        """As the store says."""
        with _asking():
            answer = self._ask("HEAD", sha256)
            if answer.status == 404:
                return None
            _require(answer.status == 200)
            if answer.length is None or answer.length > LARGEST:
                raise OSError("no size of a file of ours")
            return answer.length

    def is_sound(self, sha256: str) -> bool:
        """An object has its own sum, so it is only asked for."""
        return self.size(sha256) is not None

    def pieces(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """At most 256 KB at once."""
        while start < stop:
            end = min(start + PART, stop)
            with _asking():
                answer = self._ask("GET", sha256, span=(start, end))
                _require(answer.status == 206 and len(answer.content) == end - start)
            yield answer.content
            start = end

    def drop(self, sha256: str) -> None:
        """A bucket that keeps old versions must be told to forget them, too."""
        with _asking():
            _require(self._ask("DELETE", sha256).status in (200, 204, 404))

    def lost(self, sums: Iterable[str]) -> set[str]:
        """None: to ask for each would cost a round trip each."""
        return set()

    def _ask(
        self,
        method: Literal["PUT", "HEAD", "GET", "DELETE"],
        sha256: str,
        *,
        span: tuple[int, int] | None = None,
        body: Path | None = None,
    ) -> bucket_line.Answer:
        import obstore

        url = obstore.sign(self._store, method, _key(sha256), timedelta(seconds=3 * PATIENCE))
        end = time.monotonic() + PATIENCE
        for _ in range(TRIES):
            left = max(0.1, end - time.monotonic())
            answer = bucket_line.ask(method, url, left, span=span, body=body)
            if answer.status < 500:
                break
        return answer


def open_blobs(settings: Settings) -> BlobStore:
    """The store that the settings name. Nothing is asked of it yet."""
    if not settings.blobs.startswith("s3://"):
        return BlobFolder(_folder(settings))
    from obstore.store import S3Store  # only a server with a bucket loads it

    bucket, _, prefix = settings.blobs.removeprefix("s3://").strip("/").partition("/")
    endpoint = settings.s3.get("endpoint")
    store = S3Store(
        bucket,
        prefix=prefix or None,
        config={
            "region": settings.s3.get("region", "us-east-1"),
            **({"endpoint": endpoint} if endpoint else {}),
            **({"access_key_id": settings.s3["key"]} if "key" in settings.s3 else {}),
            **({"secret_access_key": settings.s3["secret"]} if "secret" in settings.s3 else {}),
        },
        client_options={"allow_http": (endpoint or "").startswith("http://"), "timeout": "20s"},
    )
    return Bucket(store)


def parts_folder(settings: Settings) -> Path:
    """Where files arrive: always on this machine, and on the disk where they will lie if here."""
    bucket = settings.blobs.startswith("s3://")
    return (settings.data if bucket else _folder(settings)) / "parts"


def _folder(settings: Settings) -> Path:
    return Path(settings.blobs) if settings.blobs else settings.data / "blobs"


@contextmanager
def _asking() -> Iterator[None]:
    """Its errors quote the request: only their sort is told on."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (OSError, HTTPException, BaseError) as error:
        log.warning("the file store: %s", type(error).__name__)
        raise StoreAway(type(error).__name__) from None


def _require(sound: bool) -> None:
    if not sound:
        raise OSError("another answer than was asked for")


def _key(sha256: str) -> str:
    return f"{require_sum(sha256)[:2]}/{sha256}"
