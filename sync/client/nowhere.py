"""What stands for the server in training: nothing leaves, whatever asks for it."""

import requests

from sync.client.asking import Call, Heard
from sync.client.transport import HttpTransport
from sync.errors import Refused
from sync.language import mark

NOWHERE = mark(
    "This is training with invented data. It has no server: nothing is sent or taken, by network, "
    "by letter or in a room. What you try stays on this computer until you leave training."
)


class Nowhere(HttpTransport):
    """A line to no server. There is no address, no token and no key behind it."""

    def __init__(self) -> None:
        super().__init__(requests.Session(), "")

    def _ask_once(self, call: Call) -> Heard:
        """Raises Refused before anything is opened."""
        raise Refused(NOWHERE)
