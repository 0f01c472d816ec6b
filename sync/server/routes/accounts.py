"""Binding a laptop to an account, and a new token for one that was bound before."""

import logging
from functools import partial
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from sync.enrolment import EnrolRequest, RenewRequest, SignInRequest, Tokens, Wiped
from sync.person import Person
from sync.server import accounts, devices, proofs, tokens
from sync.server.deps import Database, Packed, Serving, SignedIn, asked, body

router = APIRouter()
log = logging.getLogger("dala.server")


@router.post("/v1/enrol")
def enrol(
    request: Annotated[EnrolRequest, Depends(body(EnrolRequest))], service: Serving
) -> Response:
    """Use up a one-time code."""
    given, person = accounts.enrol(
        service.store,
        service.passwords,
        request.code,
        request.password,
        request.device,
        service.clock,
        renews=request.renews,
    )
    return _json(service, given, person)


@router.post("/v1/token")
def sign_in(
    request: Annotated[SignInRequest, Depends(body(SignInRequest))], service: Serving
) -> Response:
    """By login and password, for a laptop that was enrolled and is not closed."""
    given, person = accounts.sign_in(
        service.store,
        service.passwords,
        request.person,
        request.password,
        request.token,
        service.clock,
        renews=request.renews,
    )
    return _json(service, given, person)


@router.post("/v1/renew")
def renew(
    wanted: Annotated[RenewRequest, Depends(body(RenewRequest))],
    service: Serving,
    request: Request,
    packed: Packed,
) -> Response:
    """The laptop's own next tokens in place of those whose term is over."""
    tokens.renew(
        service.store, wanted, service.now(), partial(proofs.require, asked(request, packed))
    )
    return Response(status_code=204)


@router.post("/v1/device")
def rename(caller: SignedIn, service: Serving) -> Response:
    """Another name for a laptop whose file was copied to a second one."""
    given = accounts.rename(service.store, caller, service.clock)
    return _json(service, given, caller.person)


@router.post("/v1/wiped")
def wiped(
    caller: SignedIn,
    said: Annotated[Wiped, Depends(body(Wiped))],
    service: Serving,
    database: Database,
) -> Response:
    """A laptop has deleted its work, as it was asked to."""
    devices.wiped(database, caller.device, said.left, service.now())
    log.warning("laptop %s has deleted its work; %d edits nobody took", caller.device, said.left)
    return Response(status_code=204)


def _json(service: Serving, given: Tokens, person: Person) -> Response:
    enrolled = service.enrolled(given, person)
    return Response(msgspec.json.encode(enrolled), media_type="application/json")
