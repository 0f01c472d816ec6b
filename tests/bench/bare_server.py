"""python -m tests.bench.bare_server DATABASE: the floor of an exchange.

Takes one zstd stream of JSON lines and inserts each line in one durable transaction; nothing
else: no accounts, no rules, no merge, no history. Says {"url": …} when it listens.
"""

import json
import socket
import sqlite3
import sys
from contextlib import closing

import psycopg
import uvicorn
import zstandard
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def keep(database: str, lines: list[bytes]) -> None:
    """All lines in one transaction, kept when this returns. `database` as for SQLAlchemy."""
    rows = [[line] for line in lines]
    if database.startswith("postgresql"):
        with psycopg.connect(database.replace("+psycopg", "")) as postgres:
            postgres.execute("CREATE TABLE bare (number BIGSERIAL PRIMARY KEY, body BYTEA)")
            with postgres.cursor() as cursor:
                cursor.executemany("INSERT INTO bare (body) VALUES (%s)", rows)
        return
    path = database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as sqlite:
        sqlite.execute("PRAGMA journal_mode=WAL")
        sqlite.execute("PRAGMA synchronous=FULL")
        sqlite.execute("BEGIN IMMEDIATE")
        sqlite.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, body BLOB)")
        sqlite.executemany("INSERT INTO bare (body) VALUES (?)", rows)
        sqlite.execute("COMMIT")


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
