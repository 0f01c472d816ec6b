"""One round trip on the server: look who speaks, take what they say, tell them what is new."""

import logging
from datetime import datetime

from msgspec.structs import asdict
from sqlalchemy.orm import Session

from sync.change import SyncReply, SyncRequest
from sync.person import REGION
from sync.recovery import Way
from sync.rights import scope, streams
from sync.server import answers as survey
from sync.server import audit, devices, late, ledger, lives, news, progress, tallies, veil
from sync.server.accounts import Caller, names
from sync.server.audit import Act
from sync.server.devices import Sign
from sync.server.numbers import Numbers

NEWEST = 2**31 - 1  # no revision is greater
log = logging.getLogger("dala.server")


def answer(
    session: Session,
    request: SyncRequest,
    caller: Caller,
    districts: tuple[str, ...],
    now: datetime,
) -> SyncReply:
    """The reply to one request, to be sent after the caller's transaction has committed."""
    readable = streams(caller.person, districts)
    rights = scope(caller.person, readable, names(session, readable))
    cursors = {one: max(0, min(request.cursors.get(one, 0), NEWEST)) for one in rights.streams}
    life, everywhere = lives.current(session), (REGION, *districts)
    if request.epoch not in ("", life):
        points = lives.known_until(session, request.epoch, everywhere)
        if not _is_all_here(request, points):
            return SyncReply(epoch=life, restored=points)
    sign = devices.follow(session, caller.device, request)
    if sign is Sign.FORGOTTEN or (request.epoch and lives.runs_ahead(session, cursors)):
        log.warning("the database was restored from a backup: a new life begins")
        life = lives.begin(session, at_once=False, doubt=True)
        points = lives.known_until(session, request.epoch, everywhere)
        return SyncReply(epoch=life, restored=points)
    if sign is Sign.SHARED:
        return SyncReply(epoch=life, cloned=True)
    for recovery in request.recovered:
        log.warning(
            "the file of laptop %s was opened without its password, %s, at %s",
            caller.device,
            "by the region's key" if recovery.way == Way.REGION else "by its recovery code",
            recovery.at.isoformat(),
        )
    answers = ledger.accept(
        session,
        request.changes,
        caller.person,
        caller.device,
        districts,
        Numbers(request.numbers, request.passed),
    )
    late.keep(session, answers.late)
    progress.keep(session, request.done, caller.person)
    for recovery in request.recovered:
        told_of = {"device": caller.device, "way": recovery.way, "at": recovery.at}
        audit.note(session, caller.person.id, Act.RECOVERED, told_of, now, caller.person.district)
    for export in request.exported:
        audit.note(
            session,
            caller.person.id,
            Act.LOOKED if export.looked else Act.EXPORTED,
            {"device": caller.device, **asdict(export)},
            now,
            caller.person.district,
        )
    room = news.LARGE if request.quick else ()
    changes, reached, more = news.since(session, cursors, answers.own, *room, began=request.began)
    now_at = cursors | reached
    astray = set(answers.astray)
    if more:  # with its number a laptop takes it for whole, and a later page tells less
        here = {one.record for one in changes}
        astray |= {key for key in answers.partly if key[1] not in here}
    astray = {key for key in astray if key[0] in rights.streams}
    astray |= set(tallies.wanted(session, cursors, request.wanted))
    told = [*changes, *answers.given, *news.current(session, astray)]
    rated = survey.News()
    if not more:
        rated = survey.news(session, caller.person, request.answers, request.progress)
    return SyncReply(
        epoch=life,
        accepted=answers.accepted,
        refused=answers.refused,
        unknown=answers.unknown,
        changes=list(veil.veiled(told, caller.person)),
        cursors=reached,
        more=more,
        ahead=news.beyond(session, now_at) if more else 0,
        now=now.replace(microsecond=0),
        scope=None if request.rights == rights.mark else rights,
        tallies=tallies.agreed(session, now_at) if request.check and not more else {},
        differs=tallies.differing(session, now_at, request.compare) if not more else {},
        late=None if more else late.news(session, caller.person, districts, request.late),
        wipe=not more and devices.to_be_wiped(session, caller.device),
        answers=rated.answers,
        counted=rated.counted or {},
        progress=rated.progress,
    )


def _is_all_here(request: SyncRequest, points: dict[str, int]) -> bool:
    """Whether nothing was lost of what a laptop knows; only a letter tells, for asking it is dear."""
    known = [*request.holds.items(), *((one.district, one.base) for one in request.changes)]
    here = all(revision <= points.get(stream, 0) for stream, revision in known)
    return bool(request.holds) and here
