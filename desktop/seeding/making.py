"""Days, districts, kinds, links and reviews → changes, as a server would tell them."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from uuid import UUID

from desktop.seeding import material
from desktop.seeding.drawing import draw
from desktop.seeding.parts import parts_of
from desktop.seeding.rules import apply
from desktop.seeding.scene import Scene
from sync.change import Change, id_at
from sync.person import REGION
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import Part, Record, Reviewed, Values, fields
from sync.records.states import ReviewState

WEIGHTS = {  # how many of a hundred records are of a kind; of another one USUAL
    "issue": 40.0,
    "visit": 18.0,
    "reception": 12.0,
    "meeting": 8.0,
    "inspection": 6.0,
    "publication": 5.0,
    "week_plan": 4.0,
    "filled_form": 3.0,
    "relocation_case": 2.5,
    "project": 1.5,
    "finding": 1.0,
    "work_plan": 0.5,
    "member": 0.0,  # ten to a group, at its beginning
}
USUAL = 2.0
BY_WEEKDAY = (1.1, 1.0, 1.0, 1.0, 0.9, 0.35, 0.1)
RUSSIAN = 0.2  # of the records
AGAIN = 0.02  # of the issues say what another one says
FROM_A_QUESTION = 0.25  # of the issues, where one was promised an answer
GROUP, AUTHORS = 10, 4
REMEMBERED = 40  # records of a kind in a district that later ones may name
OFFSET = timedelta(hours=5)


@dataclass(frozen=True)
class Wanted:
    """What is to be made. `kinds`: these alone; none: all. `own`: the login of who will look at it,
    whose some of the drafts are."""

    records: int
    until: date
    districts: Sequence[str]
    seed: int = 1
    days: int = 365
    kinds: Sequence[str] = ()
    own: str = ""


@dataclass
class Maker:
    """Makes records one after another; what it made before is what later ones name.

    `revisions`: how far each stream is already. `forms`: {id: name} of those filled in by name.
    """

    wanted: Wanted
    pack: Pack
    revisions: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = Random(self.wanted.seed)  # noqa: S311  # the same seed, the same records
        self.names: dict[str, str] = {}  # {login: name} of the authors
        self._authors: dict[str, list[str]] = {}
        self._earlier: dict[tuple[str, str], deque[tuple[UUID, Values]]] = defaultdict(
            lambda: deque(maxlen=REMEMBERED)
        )
        self._promised: dict[str, deque[tuple[UUID, str]]] = defaultdict(
            lambda: deque(maxlen=REMEMBERED)
        )
        self._serials: dict[tuple[str, int], int] = defaultdict(int)
        self._villages = {code: self._spread(code) for code in self.wanted.districts}
        self._kinds = self._weighted()
        for district in self.wanted.districts:
            self._authors[district] = [f"{district[:4]}.{n}" for n in range(1, AUTHORS + 1)]
            for login in self._authors[district]:
                self.names[login] = material.person(self.chance)

    def make(self, count: int) -> Iterator[Change]:
        """So many records with their parts, by days; the last one may lack some of its parts."""
        if not count:
            return
        made = 0
        for day, target in self._days(count):
            while made < target:
                for change in self._one(day):
                    yield change
                    made += 1
                    if made == count:
                        return

    def group(self, district: str) -> Iterator[Change]:
        """The ten of a district, the first of whom leads."""
        day = self.wanted.until - timedelta(days=self.wanted.days)
        for place in range(GROUP):
            scene = self._scene(district, day)
            values = self._values("member", scene, {})
            values["role"] = "leader" if place == 0 else "member"
            yield self._change("member", values, scene, review=ReviewState.APPROVED)

    def regional(self, kind: str, values: Values, day: date) -> Change:
        """A record that the region shares."""
        return self._told(kind, values, REGION, day, min(self.names))

    def numbered(self, number: str) -> None:
        """An issue here has this number already: the next ones go on after it."""
        stream, year, serial = number.split("-")
        for district in self.wanted.districts:
            if district.startswith(stream):
                before = self._serials[district, int(year)]
                self._serials[district, int(year)] = max(before, int(serial))

    # inside

    def _one(self, day: date) -> Iterator[Change]:
        district = self.chance.choices(*self._by_size())[0]
        scene = self._scene(district, day)
        kind = self._grounded(self.chance.choices(*self._kinds)[0], district)
        values = self._values(kind, scene, {})
        if kind == "issue":
            self._become_issue(values, scene)
        if kind == "filled_form" and not self._fill(values):
            return
        if village := self._village_of(kind, values, district):
            values["village"] = village
        made = self._change(kind, values, scene)
        self._earlier[kind, district].append((made.record, values))
        yield made
        for part in parts_of(kind, values, scene):
            scene = self._scene(district, day, scene)
            said = self._values(part, scene.about(_topic(kind, values)), values)
            if part == "question" and said.get("answered") == "promised":
                self._promised[district].append((made.record, said["text"]))
            yield self._change(part, said, scene, parent=made)
        if made.fields.get("review") == ReviewState.RETURNED:
            yield self._comment(kind, scene, made)

    def _values(self, kind: str, scene: Scene, parent: Values) -> Values:
        return apply(kind, draw(KINDS[kind], scene), scene, parent)

    def _grounded(self, kind: str, district: str) -> str:
        """The kind, or the one that its records must name, while there is none of those."""
        for one in fields(KINDS[kind]):
            wanted = one.required and one.link and _is_alone(KINDS[one.link])
            if wanted and not self._earlier[one.link, district] and not self.wanted.kinds:
                return one.link
        return kind

    def _village_of(self, kind: str, values: Values, district: str) -> str:
        """Where the record is that this one must name."""
        for one in fields(KINDS[kind]):
            if one.link and one.required and one.name in values:
                for id, named in self._earlier[one.link, district]:
                    if str(id) == values[one.name]:
                        return str(named.get("village", ""))
        return ""

    def _become_issue(self, values: Values, scene: Scene) -> None:
        """From a question that was promised an answer, or what somebody else has told already."""
        promised, earlier = self._promised[scene.district], self._earlier["issue", scene.district]
        if promised and scene.happens(FROM_A_QUESTION):
            meeting, text = promised.popleft()
            values |= {"meeting": str(meeting), "essence": text, "received_how": "meeting"}
            values.pop("reception", None)
        elif earlier and scene.happens(AGAIN):
            other = self.chance.choice(earlier)[1]
            values |= {name: other[name] for name in ("essence", "category", "village")}
        year = scene.day.year
        self._serials[scene.district, year] += 1
        number = self._serials[scene.district, year]
        values["number"] = f"{scene.district[:4]}-{year}-{number:05d}"

    def _fill(self, values: Values) -> bool:
        if not self.forms:
            return False
        id = self.chance.choice(sorted(self.forms))
        values |= {"form": id, "title": self.forms[id]}
        return True

    def _comment(self, kind: str, scene: Scene, made: Change) -> Change:
        """Why it came back, at a field that has words."""
        wordy = [one.name for one in fields(KINDS[kind]) if one.required and one.type is str]
        said = {"about": wordy[0] if wordy else "", "text": scene.text("return_comment")}
        return self._change("comment", said, scene, parent=made)

    def _change(
        self,
        kind: str,
        values: Values,
        scene: Scene,
        parent: Change | None = None,
        review: str = "",
    ) -> Change:
        if issubclass(KINDS[kind], Reviewed):
            values = {**values, "review": review or _review(scene)}
        by = parent.by if parent else self._author(scene, str(values.get("review", "")))
        day = scene.day
        return self._told(kind, values, scene.district, day, by, parent.record if parent else None)

    def _told(
        self,
        kind: str,
        values: Values,
        stream: str,
        day: date,
        by: str,
        parent: UUID | None = None,
    ) -> Change:
        at = datetime.combine(day, time(9), UTC) - OFFSET + self._hours()
        revision = self.revisions[stream] = self.revisions.get(stream, 0) + 1
        return Change(
            kind=kind,
            record=id_at(at, self.chance.getrandbits(74)),
            district=stream,
            parent=parent,
            fields={**_empty(kind), **values, "author": by, "created": at.isoformat()},
            revision=revision,
            by=by,
            at=at,
        )

    def _hours(self) -> timedelta:
        return timedelta(seconds=self.chance.randrange(9 * 3600))

    def _author(self, scene: Scene, review: str) -> str:
        own = self.wanted.own and review in (ReviewState.DRAFT, ReviewState.RETURNED)
        return self.wanted.own if own else self.chance.choice(self._authors[scene.district])

    def _scene(self, district: str, day: date, like: Scene | None = None) -> Scene:
        def known(kind: str) -> str:
            found = self._earlier.get((kind, district))
            return str(self.chance.choice(found)[0]) if found else ""

        village = like.village if like else self.chance.choices(*self._villages[district])[0]
        russian = self.chance.random() < RUSSIAN
        language = like.language if like else "ru" if russian else "kk"
        return Scene(
            self.chance, self.pack, district, village, day, self.wanted.until, language, known
        )

    def _spread(self, district: str) -> tuple[list[str], list[float]]:
        """The villages of a district, a few of which have most of its records."""
        codes = sorted(c for c, one in self.pack.villages.items() if one.district == district)
        self.chance.shuffle(codes)
        return codes or [district], [1 / (place + 3) for place in range(max(1, len(codes)))]

    def _by_size(self) -> tuple[Sequence[str], list[int]]:
        return self.wanted.districts, [
            len(self._villages[d][0]) + 8 for d in self.wanted.districts
        ]

    def _weighted(self) -> tuple[list[str], list[float]]:
        found = {
            kind: WEIGHTS.get(kind, USUAL)
            for kind, record in KINDS.items()
            if _is_alone(record) and (not self.wanted.kinds or kind in self.wanted.kinds)
        }
        if self.wanted.kinds:
            found = dict.fromkeys(found, 1.0)
        return list(found), list(found.values())

    def _days(self, count: int) -> Iterator[tuple[date, int]]:
        """(day, how many records there are to be at its end): more on work days, more of late."""
        first = self.wanted.until - timedelta(days=self.wanted.days - 1)
        days = [first + timedelta(days=n) for n in range(self.wanted.days)]
        weights = [BY_WEEKDAY[d.weekday()] * (1 + n / len(days)) for n, d in enumerate(days)]
        total = sum(weights)
        for day, reached in zip(days, accumulate(weights), strict=True):
            yield day, round(count * reached / total)


@cache
def _empty(kind: str) -> Values:
    """All fields of a kind without values: then all records of it are one statement."""
    return dict.fromkeys(one.name for one in fields(KINDS[kind]))


def _is_alone(record: type[Record]) -> bool:
    """Whether records of the kind are made one by one in a district."""
    return not (record.regional or record.handed_out or issubclass(record, Part))


def _topic(kind: str, values: Values) -> str:
    told = KINDS[kind].told_by
    return str(values.get(told, "")) if told else ""


def _review(scene: Scene) -> str:
    if scene.age <= 1:
        return scene.pick({ReviewState.DRAFT: 3, ReviewState.SENT: 7})
    if scene.age <= 7:
        weights = {"draft": 0.03, "sent": 0.35, "returned": 0.12, "approved": 0.5}
    else:
        weights = {"approved": 0.955, "returned": 0.01, "rejected": 0.02, "duplicate": 0.015}
    return scene.pick(weights)
