"""What stands between a laptop and the server: only the server's own answer counts as one."""

import pytest
import requests
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from sync.change import SyncReply, SyncRequest, encode
from sync.client.transport import HttpTransport
from sync.errors import Offline
from tests.servers import AppAdapter, change

NOTHING = SyncRequest(cursors={}, changes=[])
REPLY = encode(SyncReply(epoch="1", accepted={}, refused=[], changes=[], cursors={}))
OURS = {"Dala-Protocol": "1", "Dala-Nonce": "somebody else's"}


def line_to(app):
    http = requests.Session()
    http.mount("http://", AppAdapter(app))
    return HttpTransport(http, "http://server.test", "token")


@pytest.mark.parametrize(
    "stranger",
    [
        HTMLResponse("<h1>Wi-Fi: кіру</h1>"),
        RedirectResponse("http://login.hotel/"),
        HTMLResponse("<h1>511</h1>", 511),
        HTMLResponse("<h1>403</h1>", 403),
        JSONResponse({}),
        Response(REPLY, media_type="application/json"),
        Response(REPLY, media_type="application/json", headers=OURS),
        Response(b""),
    ],
    ids=range(8),
)
def test_a_stranger_is_no_server(stranger):
    with pytest.raises(Offline):
        line_to(stranger).exchange(NOTHING)


def test_half_a_reply_is_none(server):
    aidana = server.laptop("aidana")
    aidana.exchange(*(change("visit", outcome="мәтін " * 20) for _ in range(20)))
    bekzat = server.laptop("bekzat")
    whole = []

    for cut in (0.0, 0.3, 0.6, 0.99):

        async def cutting(scope, receive, send, cut=cut):
            async def sent(message):
                if body := message.get("body"):
                    whole.append(body)
                    message = message | {"body": body[: int(len(body) * cut)]}
                await send(message)

            await server.app(scope, receive, sent)

        broken = line_to(cutting)
        broken.use_token(bekzat.transport._token)
        with pytest.raises(Offline):
            broken.exchange(NOTHING)

    assert all(len(body) > 200 for body in whole)
    assert len(bekzat.exchange().changes) == 20


def test_a_server_that_moved_on_says_so(server, monkeypatch):
    aidana = server.laptop("aidana")
    monkeypatch.setattr("sync.server.deps.OLDEST_PROTOCOL", 2)

    assert aidana.exchange(change("visit", people=3)).too_old
