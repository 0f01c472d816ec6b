"""A SeaweedFS of the tests' own: a real store that speaks S3, gone when the block ends.

    with seaweed() as endpoint:
        S3Store("bucket", endpoint=endpoint, access_key_id=KEY, secret_access_key=SECRET, ...)

The program comes from the wheel that the development group carries. It checks signatures, and
makes a bucket when something is first put into it.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

KEY, SECRET = "dala", "a secret of the tests"
LONGEST = 60.0  # seconds that a start or an end may take
SERVICES = ("master", "volume", "filer", "s3")


@contextmanager
def seaweed() -> Iterator[str]:
    """Run one on free ports of this machine; its S3 endpoint."""
    with TemporaryDirectory(prefix="dala-seaweed-") as name:
        folder = Path(name)
        identity = {
            "name": KEY,
            "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List"],
        }
        (folder / "s3.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
        ports = free_ports(2 * len(SERVICES))
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(_command(folder, ports), stdout=log, stderr=log)
        try:
            endpoint = f"http://127.0.0.1:{ports[6]}"
            _await(process, endpoint, folder / "log")
            yield endpoint
        finally:
            process.kill()  # what it holds need not outlive us
            process.wait(LONGEST)
            for port in ports:  # sockets that it makes there whatever it is told
                for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                    left.unlink()


def free_ports(count: int) -> list[int]:
    """So many ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    found = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return found


def _command(folder: Path, ports: list[int]) -> list[str]:
    said = [
        word
        for number, service in enumerate(SERVICES)
        for word in (
            f"-{service}.port={ports[2 * number]}",
            f"-{service}.port.grpc={ports[2 * number + 1]}",
        )
    ]
    return [
        str(Path(sys.executable).parent / "weed"),
        "server",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-s3",
        f"-s3.config={folder / 's3.json'}",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        "-volume.max=16",
        f"-filer.localSocket={folder / 'filer.sock'}",
        f"-s3.localSocket={folder / 's3.sock'}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        *said,
    ]


def _await(process: subprocess.Popen[bytes], endpoint: str, log: Path) -> None:
    """Until it answers, and refuses whoever shows no signature."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(f"{endpoint}/nothing/at-all", timeout=5).status_code == 403:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")[-3000:])
