"""By which way this laptop reaches its server: the settings about it, and the session they make."""

from pathlib import Path

import requests

from desktop.folder import Profile
from desktop.settings import Value, load_settings, save_setting
from sync.client.line import open_http


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


def _open(settings: dict[str, Value]) -> requests.Session:
    proxy, authority = str(settings["proxy"]), str(settings["authority"])
    if not (proxy or authority):
        return open_http()
    return open_http(proxy, Path(authority) if authority else None)
