"""The way to the server: what is trusted, how long is waited, and what is asked again.

Every request of ours may be asked again. A change, an answer and a part of a file are known by
their own ids, sums and offsets; a code that was used answers the same laptop again; the rest
asks. So a line that broke under a request is tried a few times more. What will not pass by
waiting (no network, a wrong certificate, a proxy that refuses) ends the round at once. So does a
person's wish: then it is Stopped that comes, also where the line has gone silent.
"""

import ssl
from base64 import b64encode
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO
from pathlib import Path
from secrets import SystemRandom
from socket import IPPROTO_TCP, TCP_NODELAY
from time import monotonic
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError, ProtocolError
from urllib3.util import SKIP_HEADER, Retry

from sync.client.connections import POOLS
from sync.errors import UserError
from sync.language import mark
from sync.wish import heed, pause

CONNECT = 30.0  # seconds for a connection, and for one piece of a body
ANSWER = 60.0  # seconds that the server may work
SLOWEST = 500.0  # bytes a second: what is waited for where nothing was measured yet
PIECE = 2**13  # bytes of a body given to the socket at once: 16 s at the slowest
TELLING = 2**14  # bytes of a body from which on its time says how fast the line is
STALE = 20.0  # seconds without use after which a connection is not trusted to be alive
SILENT = 90_000  # milliseconds without a sign from the other end, where the system can count them
DIRECT = "direct"  # the setting: no proxy, whatever the system says
HERE = ("localhost", "127.0.0.1", "::1")

chance = SystemRandom()


class Again(Retry):
    """Asks twice more where a line broke, after pauses of which no two laptops have the same."""

    FIRST, LONGEST = 0.5, 8.0  # seconds

    def get_backoff_time(self) -> float:
        """Seconds until the next try: up to twice as long each time, and half of it by chance."""
        longest = min(self.LONGEST, self.FIRST * 2 ** len(self.history))
        return chance.uniform(longest / 2, longest)

    def sleep(self, response: object = None) -> None:
        """The pause before the next try. Raises Stopped."""
        pause(self.get_backoff_time())

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        """One try less; none is left where another one would end as this one did."""
        left = self if _may_pass(kwargs.get("error")) else self.new(total=0)
        return super(Again, left).increment(*args, **kwargs)


def _may_pass(error: Exception | None) -> bool:
    """A broken line, or a connection that was not made in time; not an answer that took too long:
    that was waited for as long as makes sense."""
    if isinstance(error, NewConnectionError):  # a kind of the next: nobody listens, or no network
        return False
    return isinstance(error, ProtocolError | ConnectTimeoutError)


class Line(HTTPAdapter):
    """Sends requests by the system's proxy, by the one named, or by none.

    A body goes in small pieces, and its size and the line's speed say how long an answer may take.
    """

    def __init__(self, proxy: str = "") -> None:
        self._proxy, self._rate, self._used = proxy, 0.0, monotonic()
        super().__init__(
            max_retries=Again(total=2, redirect=False, status=0, allowed_methods=None)
        )

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **more: Any
    ) -> None:
        """Our own TLS, and bodies in small pieces."""
        super().init_poolmanager(connections, maxsize, block, **more, **_manner())
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """The same behind a proxy."""
        made = super().proxy_manager_for(proxy, **kwargs, **_manner())
        made.pool_classes_by_scheme = POOLS
        return made

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        """The name and password of a proxy's address, in any letters."""
        parts = urlsplit(proxy)
        if not parts.username:
            return {}
        said = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        return {"Proxy-Authorization": f"Basic {b64encode(said).decode()}"}

    def add_headers(self, request: requests.PreparedRequest, **_: Any) -> None:
        """None that the server does not need: each costs bytes with every request."""
        request.headers.setdefault("User-Agent", SKIP_HEADER)
        for name in ("Accept", "Connection"):
            request.headers.pop(name, None)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """As requests does it, but never without a time-out. Raises Stopped, too."""
        size = int(request.headers.get("Content-Length") or 0)
        kwargs["timeout"] = kwargs.get("timeout") or (CONNECT, self.patience(size))
        kwargs["proxies"] = kwargs.get("proxies") or self._proxies(request.url or "")
        began = monotonic()
        if began - self._used > STALE:
            self.close()  # a way station may have forgotten the connection, and says nothing
        try:
            answer = super().send(request, *args, **kwargs)
        except requests.RequestException:
            heed()  # what looks broken was hung up
            raise
        finally:
            self._used = monotonic()
        if size >= TELLING:
            self._rate = size / max(self._used - began, 0.001)
        return answer

    def patience(self, size: int) -> float:
        """Seconds that the answer to a body of this size may take: a quarter of the speed that
        was measured last is still waited for."""
        return ANSWER + size / max(self._rate / 4, SLOWEST)

    def _proxies(self, url: str) -> dict[str, str]:
        if self._proxy == DIRECT or urlsplit(url).hostname in HERE:
            return {}
        if self._proxy:
            return {"http": self._proxy, "https": self._proxy}
        return get_environ_proxies(url)  # asked each time: a laptop moves


class Body(BytesIO):
    """What is sent, read piece by piece; `tell` is told of the bytes of each, and may raise."""

    def __init__(self, content: bytes, tell: Callable[[int], None]) -> None:
        super().__init__(content)
        self._tell = tell

    def read(self, size: int | None = -1) -> bytes:
        """The next piece, on its way to the line."""
        piece = super().read(size)
        self._tell(len(piece))
        return piece


def open_http(proxy: str = "", authority: Path | None = None) -> requests.Session:
    """A session for the server. It follows no redirect, and takes nothing but a proxy's address
    from its surroundings.

    `proxy`: its address, "" for the system's own, DIRECT for none. `authority`: a file with the
    only certificates that are trusted to name a server, instead of the public ones.
    Raises UserError where either cannot be used.
    """
    http = requests.Session()
    http.trust_env = False  # it may hold passwords for other servers, and false authorities
    http.headers.clear()
    http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))  # a portal's are not ours
    if proxy and proxy != DIRECT:
        _require_proxy(proxy)
    if authority:
        _require_authority(authority)
        http.verify = str(authority)
    line = Line(proxy)
    for scheme in ("https://", "http://"):
        http.mount(scheme, line)
    return http


def _manner() -> dict[str, Any]:
    options: list[tuple[int, int, int]] = [(IPPROTO_TCP, TCP_NODELAY, 1)]
    try:
        from socket import TCP_USER_TIMEOUT

        options.append((IPPROTO_TCP, TCP_USER_TIMEOUT, SILENT))
    except ImportError:  # Windows gives up by itself after some 20 s
        pass
    return {"ssl_context": _tls(), "blocksize": PIECE, "socket_options": options}


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # asks for a certificate, and for its name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _require_proxy(proxy: str) -> None:
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable:
        raise UserError(
            mark("The address of the proxy is not right. Write it as http://proxy.example:3128.")
        )


def _require_authority(file: Path) -> None:
    try:
        _tls().load_verify_locations(file)
    except OSError as error:  # also that of ssl
        raise UserError(
            mark("The certificates in {file} cannot be used. Ask who runs the server for them."),
            file=file.name,
        ) from error
