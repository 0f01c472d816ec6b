"""What a person is told when the server was not reached, or could not do as it was asked."""

import re
import ssl
from datetime import date

import msgspec
import requests

from sync.decoding import decode
from sync.enrolment import SIGN_IN_AGAIN
from sync.errors import Offline, Refused, SignInAgain, TooOld, UserError
from sync.language import mark

AWAY = mark(
    "The server cannot be reached. Your work is safe on this laptop and will be sent later."
)
STRANGER = mark(
    "Something else answered instead of the server, perhaps the sign-in page of this network. "
    "Nothing was sent; your work is safe on this laptop."
)
BEHIND = mark(
    "The network answers, but the server behind it does not at the moment. Your work is safe on "
    "this laptop and will be sent later."
)
PROXY = mark(
    "The proxy of this network cannot be reached. Your work is safe on this laptop. Ask who runs "
    "the network, or change the proxy in the settings."
)
PROXY_PASSWORD = mark(
    "The proxy of this network asks for a name and a password. Your work is safe on this laptop. "
    "Ask who runs the network, and write them into the settings."
)
SLOW = mark(
    "The line was too slow or broke. Your work is safe on this laptop, and the next try sends "
    "less at once."
)
NOT_PROVEN = mark(
    "What answered could not prove that it is the server; perhaps it is the sign-in page of this "
    "network. Nothing was sent; your work is safe on this laptop. Try another network, or ask who "
    "runs the server."
)
IMPOSTOR = mark(
    "What answered could not prove that it is the server that this laptop knows. Nothing of the "
    "answer was taken; your work is safe on this laptop. Try another network. If the server was "
    "set up anew, ask your coordinator for a new code."
)
CLOCK_BEHIND = mark(
    "The date on this laptop is {today}, and the server's certificate is not valid before a later "
    "day. Nothing was sent; your work is safe. Put the date right, then try again."
)
CLOCK_AHEAD = mark(
    "The date on this laptop is {today}, and the server's certificate has run out by then. Nothing "
    "was sent; your work is safe. Put the date right if it is wrong; else ask who runs the server."
)
TROUBLE = mark("The server has a difficulty of its own. Your work is safe; try again later.")

NOT_YET_VALID, RUN_OUT = 9, 10  # OpenSSL's numbers
AUTHENTICATE = 407
GATEWAYS = (502, 503, 504)
TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")


def worded(error: requests.RequestException) -> Offline:
    """Why no answer came, as what a person can do about it."""
    if isinstance(error, requests.exceptions.ProxyError):
        refused = TUNNEL.search(str(error))
        return elsewhere(int(refused[1])) if refused else Offline(PROXY)
    if isinstance(error, requests.exceptions.SSLError):
        return _unproven(_verdict(error))
    return Offline(AWAY)


def elsewhere(status: int) -> Offline:
    """What a status means that did not come from the server, but from something before it."""
    if status == AUTHENTICATE:
        return Offline(PROXY_PASSWORD)
    return Offline(BEHIND if status in GATEWAYS else STRANGER)


def problem(status: int, content: bytes) -> UserError:
    """The server's problem (RFC 9457) as our own error."""
    if status == 401:
        return SignInAgain(SIGN_IN_AGAIN)
    if status == 408:
        return Offline(SLOW)
    if status == 426:
        return TooOld(
            mark("This program is too old for the server. Your work is kept; please update.")
        )
    if status >= 500:
        return Offline(TROUBLE)
    said = _read(content)
    refused = Refused(said.detail or mark("The server refused this."))
    refused.at = said.at
    return refused


def detail(content: bytes) -> str:
    """The server's own sentence, or "" where there is none."""
    return _read(content).detail


class _Problem(msgspec.Struct):
    detail: str
    at: str = ""  # what of what was asked it is about


def _read(content: bytes) -> _Problem:
    try:
        return decode(content, _Problem)
    except ValueError:
        return _Problem("")


def _unproven(verdict: int) -> Offline:
    today = date.today().isoformat()  # noqa: DTZ011  # as the person sees it
    if verdict == NOT_YET_VALID:
        return Offline(CLOCK_BEHIND, today=today)
    return Offline(CLOCK_AHEAD, today=today) if verdict == RUN_OUT else Offline(NOT_PROVEN)


def _verdict(error: BaseException | None) -> int:
    """OpenSSL's number for what is wrong with a certificate, from deep inside; 0 for none."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, ssl.SSLCertVerificationError):
            return int(one.verify_code)
        inner = [getattr(one, "reason", None), *one.args]
        waiting += [each for each in inner if isinstance(each, BaseException)]
        waiting += [one.__cause__, one.__context__]
    return 0
