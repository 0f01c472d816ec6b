"""By which way this laptop reaches its server: the settings about it, and the session they make."""

from contextlib import suppress
from pathlib import Path

import requests
from sqlalchemy.orm import Session, sessionmaker

from desktop.files import SMALL, read_whole, write_whole
from desktop.folder import Profile
from desktop.settings import Value, load_settings, save_setting
from sync.client.facts import forget, recall, remember
from sync.client.line import open_http
from sync.join import certificates

AUTHORITY = "authority"  # the fact: the only certificates that this laptop trusts, as PEM
BROUGHT = "brought"  # the fact: a copy was put on a computer where nobody had worked yet


def open_line(profile: Profile) -> requests.Session:
    """A session by the proxy and the authority that are set, if any. Raises UserError."""
    return _open(load_settings(profile.settings))


def set_way(profile: Profile, proxy: str | None, authority: Path | None) -> dict[str, Value]:
    """Keep a proxy's address, and the file of the only authority that is trusted; None: as it was.

    "" is the system's proxy, "direct" none; a path of "." is the public authorities. Returns
    {name: value} of both. Raises UserError where either cannot be used: then nothing is kept.
    """
    chosen: dict[str, Value] = {}
    if proxy is not None:
        chosen["proxy"] = proxy.strip()
    if authority is not None:
        chosen["authority"] = "" if authority == Path() else str(authority.absolute())
    _open({**load_settings(profile.settings), **chosen}).close()
    for name, value in chosen.items():
        save_setting(profile.settings, name, value)
    kept = load_settings(profile.settings)
    return {name: kept[name] for name in ("proxy", "authority")}


def settle_authority(profile: Profile, store: sessionmaker[Session]) -> None:
    """Note in the file which certificates are trusted; where a copy was brought, trust those of it.

    So each copy has them, under the file's own key: what lies beside a copy is not believed, and
    whoever works here already trusts whom they trusted. Raises UserError where the disk is full.
    """
    chosen = str(load_settings(profile.settings)["authority"])
    with store() as session:
        noted, brought = recall(session, AUTHORITY, str) or "", recall(session, BROUGHT, bool)
    if brought and noted and not chosen:
        write_whole(profile.authority, noted.encode())
        chosen = str(set_way(profile, None, profile.authority)["authority"])
    trusted = noted if chosen else ""
    if chosen:
        with suppress(OSError, ValueError):  # the line cannot be opened either, and says why
            trusted = certificates(read_whole(Path(chosen), SMALL))
    if brought or trusted != noted:
        with store.begin() as session:
            remember(session, AUTHORITY, trusted)
            forget(session, BROUGHT)


def _open(settings: dict[str, Value]) -> requests.Session:
    proxy, authority = str(settings["proxy"]), str(settings["authority"])
    if not (proxy or authority):
        return open_http()
    return open_http(proxy, Path(authority) if authority else None)
