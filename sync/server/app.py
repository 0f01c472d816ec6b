"""The server as an ASGI application."""

from fastapi import APIRouter, Depends, FastAPI
from starlette.types import Lifespan

from sync import VERSION
from sync.server.deps import require_protocol
from sync.server.problems import add_handlers
from sync.server.routes import (
    accounts,
    answers,
    audit,
    blobs,
    carry,
    health,
    late,
    reports,
    signs,
    sync,
)
from sync.server.service import Service
from sync.server.wire import Wire


def _routed() -> APIRouter:
    router = APIRouter()
    for part in (sync, accounts, answers, audit, blobs, carry, late, reports, signs):
        router.include_router(part.router, dependencies=[Depends(require_protocol)])
    router.include_router(health.router)
    return router


# what a route takes is worked out at its first call, once for all applications
ROUTES = _routed().routes


def create_app(service: Service, lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The application over an opened service whose database is prepared.

    `lifespan`: what goes on while it answers, and ends after the last answer.
    """
    app = FastAPI(
        title="Dala",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    app.router.routes += ROUTES
    add_handlers(app)
    app.add_middleware(Wire)
    return app
