"""The matrix of rights through the real server: every cell of records, and every route."""

from uuid import uuid4

import pytest
import requests

from sync.change import SyncRequest
from sync.server.app import create_app
from tests.sync.rights_matrix import ROLES, cells, specified, unlike
from tests.sync.server.rights_people import OTHER_PHOTO, people, prepared, sum_of
from tests.sync.server.rights_trials import differing, works

ROUTES = {  # a new one is to be tried by every role
    "POST /v1/sync", "POST /v1/enrol", "POST /v1/token", "POST /v1/renew", "POST /v1/device",
    "POST /v1/answers", "GET /v1/answers/{wave}", "GET /v1/answers/{wave}/counts",
    "POST /v1/answers/signs", "GET /v1/answers/{wave}/signs", "POST /v1/answers/card",
    "POST /v1/blobs/lacking",
    "POST /v1/blobs/offsets", "POST /v1/blobs/thumbnails", "HEAD /v1/blobs/{sha256}/upload",
    "PATCH /v1/blobs/{sha256}/upload", "PUT /v1/blobs/{sha256}", "GET /v1/blobs/{sha256}",
    "HEAD /v1/blobs/{sha256}", "POST /v1/key", "POST /v1/carry", "GET /v1/late",
    "POST /v1/late/{change}", "POST /v1/reports", "GET /v1/reports", "POST /v1/reports/box",
    "POST /v1/reports/take", "POST /v1/reports/seals", "POST /v1/wiped", "GET /v1/audit", "GET /healthz", "GET /readyz",
    "GET /v1/reports/shelf", "POST /v1/reports/back",
}  # fmt: skip

LOT = 500  # changes in one request
NOTHING = SyncRequest(cursors={}, changes=[])


def test_every_cell_of_records_is_as_specified(server):
    of, granted = people(server), specified()
    different, tried = [], 0
    for role in ROLES:
        own = [cell for cell in cells() if cell.role == role and cell.kind in unlike()]
        tried += len(own)
        for first in range(0, len(own), LOT):
            changes = prepared(of, role, own[first : first + LOT])
            reply = of.lines[role].exchange(*changes.values())
            different += [
                str(cell) for cell, one in changes.items()
                if (one.id in reply.accepted) != (cell in granted)
            ]  # fmt: skip

    assert tried >= 3_000
    assert different == []


def test_what_beside_the_records_is_given_and_taken_is_as_specified(server):
    assert [*differing(people(server))] == []


def test_every_route_is_known_here():
    routers = [each.original_router for each in create_app(None).routes]
    routes = [route for router in routers for route in router.routes]
    found = {f"{method} {route.path}" for route in routes for method in route.methods}

    assert found == ROUTES


def test_who_speaks_no_protocol_is_told_at_every_route_that_this_is_no_place_for_a_browser(server):
    http, known = server.http(), {"GET /healthz", "GET /readyz"}
    told = set()
    for route in ROUTES - known:
        method, path = route.split()
        path = path.format(wave=uuid4(), sha256="0" * 64, change=uuid4())
        answered = http.request(
            method, f"http://server.test{path}", headers={"Accept-Language": "en"}
        )
        told.add((answered.status_code, method == "HEAD" or "browser" in answered.text))

    assert told == {(400, True)}


def test_nobody_is_given_anything_without_a_token(server):
    of = people(server)
    http: requests.Session = server.http()
    name = sum_of(OTHER_PHOTO)
    given = []
    for route in ROUTES - {"GET /healthz", "GET /readyz"}:
        method, path = route.split()
        path = path.format(wave=of.wave, sha256=name, change=of.late["own"])
        for token in ("", "Bearer ", "Bearer guess", "Basic x"):
            headers = {"Dala-Protocol": "1", "Authorization": token}
            answered = http.request(
                method, f"http://server.test{path}", headers=headers, stream=True
            )
            given += [(route, token)] if answered.status_code < 400 else []

    assert given == []


@pytest.mark.parametrize("role", ROLES)
def test_a_laptop_may_call_itself_anew_whatever_its_role(server, role):
    of = people(server)

    assert of.lines[role].transport.rename().token


@pytest.mark.parametrize("role", ROLES)
def test_a_laptop_may_say_of_itself_that_it_deleted_its_work_whatever_its_role(server, role):
    of = people(server)

    of.lines[role].transport.tell_wiped(0)

    closed = [one for one, line in of.lines.items() if not works(line.transport.exchange, NOTHING)]
    assert closed == [role]
