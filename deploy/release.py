"""`python -m deploy.release`: the region's repository of signed updates (TUF).

  keys KEYS                    three root keys and one for each other role, as files
  begin REPOSITORY --keys KEYS     an empty repository; its root.json goes into the program's build
  add REPOSITORY BUNDLE --keys KEYS     offer the program in a folder that `make installer` built,
                                   whole, and what changed since each of the three before it
  stamp REPOSITORY --keys KEYS     say that nothing newer exists: once a month, or laptops complain
  renew REPOSITORY ROLE --keys KEYS     a new key for a role whose key was lost or seen

Each root key belongs on a stick of its own, with a person of its own: two of the three sign, so
all are in KEYS for `begin`, two for `renew`, and none for the rest. REPOSITORY is what is served, or
copied to sticks, as it is.
"""

import argparse
import json
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer._crypto_signer import CryptoSigner  # the public names have no types
from tuf.api._payload import MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.metadata import Metadata
from zstandard import ZstdCompressor

from deploy.deltas import sum_of, tar_of, write_delta
from desktop.updates.trust import delta_name, package_name, this_platform
from desktop.updates.versions import executable, extract, number
from sync.client.migrations import SCHEMA

ROOTS, NEEDED = ("root-1", "root-2", "root-3"), 2
ROLES = ("targets", "snapshot", "timestamp")
DAYS = {"root": 730, "targets": 365, "snapshot": 35, "timestamp": 35}  # until it has to be renewed
DELTAS, WORTH = 3, 0.7  # versions before a new one; a delta's largest part of a package
ROOT_FILE = "resources/update/root.json"


def make_keys(keys: Path, names: Sequence[str] = (*ROOTS, *ROLES)) -> None:
    """Make a key for each name, as a PEM file that only its owner may read."""
    keys.mkdir(parents=True, exist_ok=True)
    for name in names:
        file = keys / f"{name}.pem"
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(CryptoSigner.generate_ed25519().private_bytes)


def begin(repository: Path, keys: Path) -> Path:
    """An empty repository; the path of the root that laptops begin from.

    All three root keys must be there, for it names them all.
    """
    root = Root(version=1, consistent_snapshot=True)
    for name in ROOTS:
        root.add_key(_signer(keys, name).public_key, "root")
    root.roles["root"].threshold = NEEDED
    for role in ROLES:
        root.add_key(_signer(keys, role).public_key, role)
    (repository / "metadata").mkdir(parents=True)
    (repository / "targets").mkdir()
    _write_root(repository, Metadata(root), keys)
    _write(repository, "targets", Metadata(Targets()), keys)
    _stamp(repository, Metadata(Snapshot()), Metadata(Timestamp()), keys)
    return repository / "metadata" / "1.root.json"


def add(repository: Path, bundle: Path, keys: Path, version: str, schema: int = SCHEMA) -> Path:
    """Offer the program in the folder `bundle`; the path of its package."""
    kind = this_platform()
    name = package_name(version, kind)
    packed = repository / "targets" / name
    pack(bundle, packed)
    custom: dict[str, object] = {"version": version, "platform": kind, "schema": schema}
    targets = _newest(repository, "targets")
    with tar_of(packed) as tar:
        custom["tar"] = sum_of(tar)
        for before, package in _last(targets.signed, version, kind):
            _add_delta(repository, targets.signed, package, tar, delta_name(before, version, kind))
    place, file = _named(packed)
    file.unrecognized_fields["custom"] = custom
    targets.signed.targets[name] = file
    _write(repository, "targets", targets, keys)
    stamp(repository, keys)
    return place


def _last(targets: Targets, version: str, kind: str) -> list[tuple[str, str]]:
    """The last versions before this one, with what their packages are called where they lie."""
    found = []
    for name, file in targets.targets.items():
        said = (file.custom or {}).get("version")
        if said and name == package_name(said, kind) and number(said) < number(version):
            found.append((said, f"{file.hashes['sha256']}.{name}"))
    return sorted(found, key=lambda one: number(one[0]), reverse=True)[:DELTAS]


def _add_delta(
    repository: Path, targets: Targets, package: str, tar: IO[bytes], name: str
) -> None:
    """Offer what changed since the version in `package`, if that is worth it."""
    delta = repository / "targets" / name
    with TemporaryDirectory(prefix="dala-before-") as folder:
        with tar_of(repository / "targets" / package) as before:
            extract(before, Path(folder))
        write_delta(Path(folder), tar, delta)
    if delta.stat().st_size > WORTH * (repository / "targets" / package).stat().st_size:
        delta.unlink()
        return
    _, targets.targets[name] = _named(delta)


def _named(path: Path) -> tuple[Path, TargetFile]:
    """Give a file of the repository the name that its hash is part of; the path, and the hash."""
    file = TargetFile.from_file(path.name, str(path))
    place = path.with_name(f"{file.hashes['sha256']}.{path.name}")
    path.replace(place)
    return place, file


def pack(bundle: Path, package: Path) -> None:
    """A folder as .tar.zst; the same folder gives the same bytes."""
    with (
        package.open("wb") as file,
        ZstdCompressor(level=15).stream_writer(file) as stream,
        tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(bundle.rglob("*")):
            archive.add(path, path.relative_to(bundle).as_posix(), recursive=False, filter=_plain)


def stamp(repository: Path, keys: Path) -> None:
    """Say anew what is current, for the next weeks."""
    _stamp(repository, _newest(repository, "snapshot"), _newest(repository, "timestamp"), keys)


def renew(repository: Path, role: str, keys: Path) -> None:
    """Replace the key of a role (also root-1, root-2, root-3) by a new one in `keys`.

    The next root is signed by two keys of the one before, and by two of its own. What the old
    key signed counts no more; the role's metadata is signed anew.
    """
    signers = _present(keys)
    if len(signers) < NEEDED:  # before any key is let go of
        sys.exit(f"release: {NEEDED} root keys are needed in {keys}, {len(signers)} is there")
    root = _newest(repository, "root")
    where = "root" if role in ROOTS else role
    root.signed.revoke_key(_id_of(root.signed, role, keys), where)
    (keys / f"{role}.pem").unlink(missing_ok=True)
    make_keys(keys, [role])
    root.signed.add_key(_signer(keys, role).public_key, where)
    _write_root(repository, root, keys, before=signers)
    if where == "root":
        return
    if where == "targets":
        _write(repository, "targets", _newest(repository, "targets"), keys)
    stamp(repository, keys)


def _stamp(repository: Path, snapshot: Any, timestamp: Any, keys: Path) -> None:
    targets = _newest(repository, "targets")
    snapshot.signed.meta = {"targets.json": MetaFile(targets.signed.version)}
    _write(repository, "snapshot", snapshot, keys)
    timestamp.signed.snapshot_meta = MetaFile(snapshot.signed.version)
    _write(repository, "timestamp", timestamp, keys)


def _write(repository: Path, role: str, metadata: Any, keys: Path) -> None:
    """The next version of a role's metadata, with a new end, signed by its key."""
    path = _next_place(repository, role, metadata)
    metadata.signed.expires = _end_of(role)
    metadata.sign(_signer(keys, role))
    metadata.to_file(str(path))


def _write_root(
    repository: Path, root: Any, keys: Path, before: Sequence[CryptoSigner] = ()
) -> None:
    path = _next_place(repository, "root", root)
    root.signed.expires = _end_of("root")
    root.signatures.clear()
    for signer in (*before, *_present(keys)):
        root.sign(signer, append=True)
    root.verify_delegate("root", root)  # two of the three: else nobody would take it
    root.to_file(str(path))


def _next_place(repository: Path, role: str, metadata: Any) -> Path:
    """Where this goes: what was written once gets the next number."""
    folder = repository / "metadata"
    if _file(folder, role, metadata.signed.version).exists():
        metadata.signed.version += 1
    return _file(folder, role, metadata.signed.version)


def _file(folder: Path, role: str, version: int) -> Path:
    return folder / ("timestamp.json" if role == "timestamp" else f"{version}.{role}.json")


def _newest(repository: Path, role: str) -> Any:
    folder = repository / "metadata"
    numbers = [int(path.name.split(".")[0]) for path in folder.glob(f"*.{role}.json")]
    return Metadata.from_file(str(_file(folder, role, max(numbers, default=0))))


def _id_of(root: Root, role: str, keys: Path) -> str:
    """Which key of the root is meant; that of a lost root key is the one that is not in `keys`."""
    if role not in ROOTS:
        return root.roles[role].keyids[0]
    if (keys / f"{role}.pem").exists():
        return _signer(keys, role).public_key.keyid
    present = {signer.public_key.keyid for signer in _present(keys)}
    (lost,) = set(root.roles["root"].keyids) - present
    return lost


def _present(keys: Path) -> list[CryptoSigner]:
    return [_signer(keys, name) for name in ROOTS if (keys / f"{name}.pem").exists()]


def _signer(keys: Path, name: str) -> CryptoSigner:
    private = load_pem_private_key((keys / f"{name}.pem").read_bytes(), password=None)
    return CryptoSigner(private)


def _end_of(role: str) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=DAYS[role])


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine: who built it, and when."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o755 if entry.mode & 0o100 else 0o644
    return entry


def main(words: Sequence[str] | None = None) -> None:
    """Run one of the commands above."""
    parser = argparse.ArgumentParser(prog="python -m deploy.release", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    commands = parser.add_subparsers(required=True, dest="command")
    commands.add_parser("keys").add_argument("keys", type=Path)
    for name in ("begin", "add", "stamp", "renew"):
        command = commands.add_parser(name)
        command.add_argument("repository", type=Path)
        command.add_argument("--keys", type=Path, required=True)
        if name == "add":
            command.add_argument("bundle", type=Path)
        if name == "renew":
            command.add_argument("role", choices=(*ROOTS, *ROLES))
    asked = parser.parse_args(words)
    if asked.command == "keys":
        make_keys(asked.keys)
    elif asked.command == "begin":
        sys.stdout.write(f"{begin(asked.repository, asked.keys)}: copy it to {ROOT_FILE}\n")
    elif asked.command == "add":
        said = self_test(asked.bundle)
        sys.stdout.write(f"{add(asked.repository, asked.bundle, asked.keys, said)}\n")
    elif asked.command == "stamp":
        stamp(asked.repository, asked.keys)
    else:
        renew(asked.repository, asked.role, asked.keys)


def self_test(bundle: Path) -> str:
    """The version that a bundle says it is; leaves where it is not well."""
    done = subprocess.run(  # noqa: S603  # built here
        [executable(bundle), "--self-test"], check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"release: {bundle} does not work here:\n{done.stdout}{done.stderr}")
    return str(json.loads(done.stdout)["version"])


if __name__ == "__main__":
    main()
