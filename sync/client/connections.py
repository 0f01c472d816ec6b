"""Connections to a server that end at a person's wish, whatever they wait for.

One that is being made (a name looked for, an address that swallows all, a proxy, TLS) is waited for
no longer; one in use is shut down.
"""

from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sync.wish import awaited, reach


class _Ending(HTTPConnection):
    def connect(self) -> None:
        """Raises Stopped, else as urllib3 does."""
        awaited(super().connect, lambda _: self.close())
        self._reach()

    def request(self, *args: Any, **kwargs: Any) -> None:
        """Raises Stopped, else as urllib3 does."""
        self._reach()  # from now on this one's wish counts
        super().request(*args, **kwargs)

    def _reach(self) -> None:
        if self.sock is not None:
            reach(getattr(self.sock, "socket", self.sock))  # within: of TLS inside that of a proxy


class _EndingSecure(_Ending, HTTPSConnection):
    """The same with TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Ending


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _EndingSecure


POOLS = {"http": _Pool, "https": _SecurePool}
