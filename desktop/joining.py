"""Binding a laptop by a join file: it is read and shown, and only then taken. See `sync.join`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from desktop import profile as profiles
from desktop.files import delete, read_whole, write_whole
from desktop.folder import Profile
from desktop.keys import SAFE, Cost
from desktop.network import set_way
from desktop.session import Desk
from desktop.settings import load_settings, save_setting
from sync.client.facts import recall
from sync.errors import Refused, UserError
from sync.join import LONGEST, NOT_OURS, Join, Unusable, read_join
from sync.language import mark
from sync.person import Person

OTHER_SERVER = mark(
    "This join file is for the server {other}; this laptop belongs to {own}. Nothing was sent, and "
    "your work is safe. If the server has another address now, type the code."
)


def open_join(path: Path) -> Join:
    """The join file at this path. Nothing is sent. Raises UserError where it is none."""
    try:
        content = read_whole(path, LONGEST)
    except OSError as error:
        if path.is_file() and path.stat().st_size > LONGEST:
            raise Unusable(NOT_OURS, name=path.name) from error
        raise UserError(mark("{file} cannot be read."), file=path) from error
    return read_join(content, path.name)


def enrol_by(
    profile: Profile,
    join: Join,
    password: str,
    device: str,
    *,
    cost: Cost = SAFE,
    use_keystore: bool = True,
    http: requests.Session | None = None,
) -> Person:
    """Bind a new laptop by a file that its person has looked at. Raises UserError: as it was.

    The server must have the region's key that the file names.
    """
    profiles.require_free(profile)
    with _authority(profile, join.authority):
        return profiles.enrol(
            profile,
            join.server,
            join.code,
            password,
            device,
            cost=cost,
            use_keystore=use_keystore,
            http=http,
            region_key=join.region_key,
        )


def bind_again_by(desk: Desk, join: Join, password: str) -> Desk:
    """Bind a laptop that the server closed by a file for the same server. Raises UserError.

    It never goes to another one, and trusts no other certificates than before.
    """
    with desk.store() as session:
        own = recall(session, "url", str)
    if join.server.rstrip("/") != own.rstrip("/"):
        raise Refused(OTHER_SERVER, other=join.server, own=own)
    return profiles.bind_again(desk, join.code, password)


@contextmanager
def _authority(profile: Profile, pem: str) -> Iterator[None]:
    """Trust these certificates only, from now on; as before, where the block fails."""
    if not pem:
        yield
        return
    before = load_settings(profile.settings)["authority"]
    trusted = profile.authority.read_bytes() if profile.authority.exists() else None
    write_whole(profile.authority, pem.encode())
    try:
        set_way(profile, None, profile.authority)
        yield
    except BaseException:
        save_setting(profile.settings, "authority", before)
        if trusted is None:
            delete(profile.authority)
        else:
            write_whole(profile.authority, trusted)
        raise
