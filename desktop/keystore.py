"""This computer's keystore: Secret Service, KWallet, the Windows and macOS ones, by `keyring`.

`keyring` is imported when it is needed: it costs a quarter of a second.
"""

from base64 import b64decode, b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "dala"
# Those that keep nothing, and those that keep it as plain text or under a password of their own
NOT_KEYSTORES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
WINDOWS = "keyring.backends.Windows"


def keep(profile: str, secret: bytes) -> bytes | None:
    """Give the secret to the keystore. Returns it once it is there for certain, else None."""
    from keyring.errors import KeyringError

    backend = _backend()
    if backend is None:
        return None
    text = b64encode(secret).decode()
    try:
        backend.set_password(SERVICE, profile, text)
        kept = backend.get_password(SERVICE, profile)
    except KeyringError:  # no desktop session, a locked keyring, a prompt that was closed
        return None
    return secret if kept == text else None


def find(profile: str) -> bytes | None:
    """The secret, or None where the keystore is locked, away, or does not have it."""
    from keyring.errors import KeyringError

    backend = _backend()
    if backend is None:
        return None
    try:
        text = backend.get_password(SERVICE, profile)
    except KeyringError:
        return None
    return b64decode(text) if text else None


def forget(profile: str) -> None:
    """Take the secret out of the keystore, where it is there."""
    from keyring.errors import KeyringError

    backend = _backend()
    if backend is not None:
        with suppress(KeyringError):
            backend.delete_password(SERVICE, profile)


def backend_name() -> str:
    """Which keystore this computer has; "" where there is none."""
    backend = _backend()
    return type(backend).__module__ if backend is not None else ""


def _backend() -> "KeyringBackend | None":
    import keyring

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", [chosen]):  # a chain names its links
        if not type(backend).__module__.startswith(NOT_KEYSTORES):
            found: KeyringBackend = backend
            return _kept_here(found)
    return None


def _kept_here(backend: "KeyringBackend") -> "KeyringBackend":
    """For this computer alone: the secret is to be where the file is not, and nowhere else.

    Windows would by default carry it to each computer of its domain that the person uses
    (CRED_PERSIST_ENTERPRISE). The macOS backend writes to the login keychain of this Mac and asks
    for no synchronising; Secret Service and KWallet know none.
    """
    if type(backend).__module__ == WINDOWS:
        backend.persist = "local machine"  # type: ignore[attr-defined]  # WinVaultKeyring's
    return backend
