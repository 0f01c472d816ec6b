"""python -m tests.bench.bare_server DATABASE: the floor of an exchange.

Takes one zstd stream of records as JSON lines and inserts each as a row, all in one durable
transaction; nothing else: no accounts, no rules, no merge, no history. Says {"url": …} when it listens.
"""

import json
import socket
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from uuid import UUID

import msgspec
import psycopg
import uvicorn
import zstandard
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


class Line(msgspec.Struct):
    """A record as it was posted; the fields stay as they are."""

    record: UUID
    kind: str
    district: str
    at: datetime
    fields: msgspec.Raw


TABLE = (
    "CREATE TABLE bare (record TEXT PRIMARY KEY, kind TEXT, district TEXT, at TEXT, fields TEXT)"
)


def keep(database: str, lines: list[bytes]) -> None:
    """All records in one transaction, kept when this returns. `database` as for SQLAlchemy."""
    decoder = msgspec.json.Decoder(Line)
    rows = [_row(decoder.decode(line)) for line in lines]
    if database.startswith("postgresql"):
        with psycopg.connect(database.replace("+psycopg", "")) as postgres:
            postgres.execute(TABLE)
            with postgres.cursor() as cursor:
                cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s)", rows)
        return
    path = database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as sqlite:
        sqlite.execute("PRAGMA journal_mode=WAL")
        sqlite.execute("PRAGMA synchronous=FULL")
        sqlite.execute("BEGIN IMMEDIATE")
        sqlite.execute(TABLE)
        sqlite.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", rows)
        sqlite.execute("COMMIT")


def _row(line: Line) -> tuple[str, ...]:
    fields = bytes(line.fields).decode()
    return line.record.hex, line.kind, line.district, line.at.isoformat(), fields


def create_app(database: str) -> Starlette:
    """The application; its only route is POST /."""

    async def take(request: Request) -> PlainTextResponse:
        unpacker = zstandard.ZstdDecompressor().decompressobj()
        pieces = [unpacker.decompress(piece) async for piece in request.stream() if piece]
        lines = b"".join(pieces).split(b"\n")
        await run_in_threadpool(keep, database, lines)
        return PlainTextResponse(str(len(lines)))

    return Starlette(routes=[Route("/", take, methods=["POST"])])


def main(database: str) -> None:
    """Listen until terminated."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        sys.stdout.write(json.dumps({"url": url}) + "\n")
        sys.stdout.flush()
        config = uvicorn.Config(create_app(database), access_log=False, log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1])
