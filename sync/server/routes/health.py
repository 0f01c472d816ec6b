"""Whether the process lives, and whether it can work. For whoever runs the server."""

from fastapi import APIRouter, Response

from sync.server.deps import Serving
from sync.server.store import require_head

router = APIRouter()


@router.get("/healthz")
def lives() -> Response:
    """The process answers."""
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.get("/readyz")
def can_work(service: Serving) -> Response:
    """The database answers and has the tables of this program; anything else is an error."""
    require_head(service.store)
    return Response(b'{"status":"ready"}', media_type="application/json")
