"""Everything that lies beside the cells of records, tried on a real server by every role."""

from uuid import uuid4

import msgspec

from sync.change import SyncRequest
from sync.errors import UserError
from sync.progress import Done
from sync.quality import FEWEST, Ask, Signs, Told, number_of
from sync.reports import BOX, SEAL, MoreSeals, SealedLetter
from sync.sealing import Keys, new_seed
from sync.server.tables import KeptSigns
from sync.tally import Tally
from tests.servers import change
from tests.sync.rights_matrix import PLACES, specified_beside
from tests.sync.server.rights_people import SMALL, answer, sum_of


def differing(of, near=""):
    """What somebody may, and should not; or may not, and should. The last trials leave traces.

    Those go first of which the name is in `near`: whoever looks for one difference has it sooner.
    """
    order = (
        reading,
        pictures,
        late_edits,
        sending,
        answers,
        how_far,
        counts,
        signs,
        letters,
        reports,
        watching,
        erasing,
    )
    for trial in sorted(order, key=lambda trial: trial.__name__ not in near):
        yield from trial(of)


def works(call, *arguments, **more):
    try:
        call(*arguments, **more)
    except UserError:
        return False
    return True


def may(action, role, place=None):
    """As specified; without a place, whether anywhere."""
    granted = specified_beside()
    places = [place] if place else PLACES
    return any((action, role, one) in granted for one in places)


def status(of, role, method, path, **more):
    line = of.lines[role]
    headers = {
        "Dala-Protocol": "1",
        "Authorization": f"Bearer {line.transport._token}",
    }
    headers |= more.pop("headers", {})
    http = of.server.http()
    return http.request(
        method, f"http://server.test{path}", headers=headers, stream=True, **more
    ).status_code


def reading(of):
    every = dict.fromkeys(PLACES.values(), 0)
    asked = {stream: [*range(1, 9)] for stream in PLACES.values()}
    compared = {stream: {0: Tally()} for stream in PLACES.values()}
    names = {"own": "activist", "other": "zere", "region": "coordinator"}
    for role, line in of.lines.items():
        request = SyncRequest(cursors=every, changes=[], check=True)
        reply = line.transport.exchange(request)
        ends = line.transport.exchange(
            SyncRequest(cursors=reply.cursors, changes=[], compare=compared, wanted=asked)
        )
        forged = line.transport.exchange(
            SyncRequest(
                cursors=reply.cursors,
                changes=[edit_of(of, place) for place in ("own", "other")],
            )
        )
        for place, stream in PLACES.items():
            expected = may("read", role, place)
            told = [one.record for one in reply.changes]
            said = {
                "the news": of.records[place] in told,
                "the cursors": stream in reply.cursors,
                "the scope": stream in reply.scope.streams,
                "the names": names[place] in reply.scope.names,
                "the tallies": stream in reply.tallies,
                "the buckets": stream in ends.differs,
                "what is wanted": any(one.district == stream for one in ends.changes),
            }
            if place != "region":
                said["what is put right"] = any(one.district == stream for one in forged.changes)
            yield from (f"{role} {place}: {what}" for what, is_ in said.items() if is_ != expected)


def edit_of(of, place):
    """One that is refused for its value, so that the record is told as it stands."""
    return change("issue", of.records[place], district=PLACES[place], base=1, category="nothing")


def pictures(of):
    for role, line in of.lines.items():
        for place, content in of.files.items():
            name, expected = sum_of(content), may("read_file", role, place)
            said = {
                "get": works(line.transport.get_part, name, 0),
                "head": status(of, role, "HEAD", f"/v1/blobs/{name}") == 200,
                "whole": status(of, role, "GET", f"/v1/blobs/{name}") == 200,
                "small": sum_of(SMALL[place]) in line.transport.thumbnails([name]),
            }
            yield from (f"{role} {place}: {what}" for what, is_ in said.items() if is_ != expected)


def late_edits(of):
    for role, line in of.lines.items():
        waiting = {one.change.id for one in line.transport.late_edits()}
        mark = line.transport.exchange(SyncRequest(cursors={}, changes=[], late="?")).late
        for place, id in of.late.items():
            expected = may("decide_late", role, place)
            if (id in waiting) != expected:
                yield f"{role} {place}: hears of a late edit"
            if not expected and works(line.transport.decide_late, id, take=False):
                yield f"{role} {place}: decides about a late edit"
        if bool(mark) != may("decide_late", role):
            yield f"{role}: the mark of late edits"
    for role in ("leader", "coordinator"):
        place = "own" if role == "leader" else "other"
        if not works(of.lines[role].transport.decide_late, of.late[place], take=True):
            yield f"{role} {place}: may not decide about a late edit"


def sending(of):
    for role, line in of.lines.items():
        content = f"{role} sends".encode()
        name, expected = sum_of(content), may("attach", role)
        part = {"Upload-Offset": "0", "Upload-Complete": "?1"}
        said = {
            "lacking": works(line.transport.lacking_blobs, [name]),
            "offsets": works(line.transport.blob_offsets, [name]),
            "offset": status(of, role, "HEAD", f"/v1/blobs/{name}/upload") == 204,
            "put": status(of, role, "PUT", f"/v1/blobs/{name}", data=content) == 204,
            "part": status(of, role, "PATCH", f"/v1/blobs/{name}/upload", data=content,
                           headers=part) == 204,
        }  # fmt: skip
        yield from (f"{role}: {what}" for what, is_ in said.items() if is_ != expected)


def answers(of):
    for role, line in of.lines.items():
        for place in ("own", "other"):
            if works(line.transport.send_answers, [answer(of, place)]) != may(
                "answer", role, place
            ):
                yield f"{role} {place}: hands in an answer"
    for role, line in of.lines.items():
        seen = set()
        if works(line.transport.take_answers, of.wave, 0):
            seen = {one.district for one in line.transport.take_answers(of.wave, 0)}
        told = line.transport.exchange(SyncRequest(cursors={}, changes=[])).answers
        if bool(told) != may("rate", role):
            yield f"{role}: is told of answers"
        for place in ("own", "other"):
            if (PLACES[place] in seen) != may("rate", role, place):
                yield f"{role} {place}: reads answers"


def how_far(of):
    """How many interviews were held: who tells of them, and who hears."""
    said = {}
    for role, line in of.lines.items():
        for place in ("own", "other"):
            one = Done(wave=uuid4(), district=PLACES[place], answers=1)
            line.transport.exchange(SyncRequest(cursors={}, changes=[], done=[one]))
            said[role, place] = one.wave
    heard = {
        role: line.transport.exchange(SyncRequest(cursors={}, changes=[])).progress
        for role, line in of.lines.items()
    }
    waves = {one.wave for one in heard["coordinator"].waves}
    for (role, place), wave in said.items():
        if (wave in waves) != may("answer", role, place):
            yield f"{role} {place}: tells of interviews"
        told = {one.district for one in heard[role].waves} if heard[role] else set()
        if (PLACES[place] in told) != (may("answer", role, place) or may("rate", role, place)):
            yield f"{role} {place}: is told of interviews"


def counts(of):
    """What is left of answers whose term is over."""
    for role, line in of.lines.items():
        taken = works(line.transport.take_counts, of.wave)
        if taken != may("rate", role):
            yield f"{role}: takes counts"
        seen = {one.district for one in line.transport.take_counts(of.wave)} if taken else set()
        for place in ("own", "other"):
            if (PLACES[place] in seen) != may("rate", role, place):
                yield f"{role} {place}: reads counts"


def signs(of):
    """What laptops tell of interviews, and who one of them is."""
    number = ""
    for place in ("own", "other"):
        for role, line in of.lines.items():
            told = Told(
                pseudonym=uuid4(),
                wave=of.ended,
                district=PLACES[place],
                signs=Signs(interviews=5),
                seals=[],
            )
            taken = works(line.transport.tell_signs, told)
            number = number_of(told.pseudonym) if taken else number
            if taken != may("answer", role, place):
                yield f"{role} {place}: tells of interviews"
        for _ in range(FEWEST):
            with of.server.looking() as session:
                kept = KeptSigns(
                    id=uuid4(),
                    wave=of.ended,
                    district=PLACES[place],
                    body=msgspec.json.encode(Signs(interviews=5)),
                    seals=msgspec.msgpack.encode([]),
                )
                session.add(kept)
                session.commit()
    for role, line in of.lines.items():
        taken = works(line.transport.take_signs, of.ended, 0)
        seen = {one.district for one in line.transport.take_signs(of.ended, 0)} if taken else set()
        if taken != may("check", role):
            yield f"{role}: is told of interviewers"
        for place in ("own", "other"):
            if (PLACES[place] in seen) != may("check", role, place):
                yield f"{role} {place}: reads of interviewers"
        ask = Ask(of.ended, number, "a reason in words")
        if works(line.transport.ask_card, ask) != may("open_cards", role):
            yield f"{role}: opens a card"


def letters(of):
    """Anyone may introduce an own laptop and carry a letter for somebody else."""
    for role in of.lines:
        keys = msgspec.json.encode(Keys(new_seed()).public)
        if status(of, role, "POST", "/v1/key", data=keys) != 200:
            yield f"{role}: introduces a laptop"
        if status(of, role, "POST", "/v1/carry", data=b"?") != 422:
            yield f"{role}: brings a letter"


def reports(of):
    """Sealed letters: who hands one in, who looks into a box, and who takes all of them."""
    put = SealedLetter(box=bytes(BOX), seals=[bytes(SEAL)], body=b"?")
    works(of.lines["activist"].transport.hand_in, put)
    more = MoreSeals(put.id, [bytes(SEAL)])
    for role, line in of.lines.items():
        one = SealedLetter(box=role.encode().ljust(BOX)[:BOX], seals=[bytes(SEAL)], body=b"?")
        said = {
            "hands in a report": (works(line.transport.hand_in, one), "report"),
            "looks into a box": (works(line.transport.open_box, put.box), "report"),
            "hears of reports": (works(line.transport.letters_there), "read_reports"),
            "takes a report": (works(line.transport.take_letters, [put.id]), "read_reports"),
            "hears of their years": (works(line.transport.shelf), "read_reports"),
            "adds a reader": (works(line.transport.add_seals, more), "read_reports"),
        }
        for what, (is_, action) in said.items():
            if is_ != may(action, role, "region"):
                yield f"{role}: {what}"


def watching(of):
    """Who looked: rows of one's own districts, and the other roles none at all."""
    for role, line in of.lines.items():
        pages = [] if not works(line.transport.audit, 0, 0) else [line.transport.audit(0, 0)]
        seen = {one.district for page in pages for one in page.rows}
        if bool(pages) != may("read_audit", role):
            yield f"{role}: is told of the audit"
        for place, stream in PLACES.items():
            if (stream in seen) != may("read_audit", role, place):
                yield f"{role} {place}: sees who looked"


def erasing(of):
    for role, line in of.lines.items():
        for place in ("own", "other"):
            stone = change("issue", of.records[place], district=PLACES[place], erased="request")
            taken = stone.id in line.exchange(stone).accepted
            if taken != may("erase", role, place):
                yield f"{role} {place}: erases"
