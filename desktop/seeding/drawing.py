"""A value for any field by its declaration alone. What must fit together is put right by `rules`."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from desktop.seeding import material
from desktop.seeding.scene import Scene
from sync import consents
from sync.records.base import Field, Record, Values, field_map, fields
from sync.records.consented import Consented, kept_by_consent
from sync.vocabulary import choices

CONSENT = frozenset(Consented.__annotations__)
GIVEN, ENDED = 0.6, 0.02  # of those who told us: by whose consent their names are kept, or were
KNOWN, UNKNOWN = 0.75, 0.3  # how often a field that may stay empty is filled in


def draw(record: type[Record], scene: Scene) -> Values:
    """A record's values as they travel; what it is about is drawn first, for its texts follow that."""
    told = record.told_by
    topic = _draw(record, field_map(record)[told], scene) if told else ""
    scene = scene.about(str(topic or scene.topic))
    values: Values = {told: topic} if told else {}
    for field in fields(record):
        if field.name in values or field.name in CONSENT or field.given or field.apart:
            continue
        if field.required or scene.happens(_share(record, field)):
            values[field.name] = _draw(record, field, scene)
    if "applicant" in field_map(record):
        _consent(record, values, scene)
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _share(record: type[Record], field: Field) -> float:
    said = field.choices or field.place or material.use_of(record.kind, field.name)
    return KNOWN if said else UNKNOWN


def _draw(record: type[Record], field: Field, scene: Scene) -> Any:
    if field.choices:
        return _chosen(field, scene)
    if field.place:
        return scene.village
    if field.link:
        return scene.known(field.link)
    if field.okrugs:
        return _okrugs(scene)
    if field.name == record.dated_by:
        return scene.day.isoformat()
    return DRAWN[field.type.__name__](record, field, scene)


def _chosen(field: Field, scene: Scene) -> Any:
    """The first of a list more often than the last, but for «other»."""
    keys, weights = _weighted(field.choices)
    key = scene.chance.choices(keys, cum_weights=weights)[0]
    return [key] if field.type is list else key


@cache
def _weighted(vocabulary: str) -> tuple[list[str], list[float]]:
    keys = [choice.key for choice in choices(vocabulary)]
    weights = [0.2 if key == "other" else 1 / (place + 2) for place, key in enumerate(keys)]
    return keys, list(accumulate(weights))


def _okrugs(scene: Scene) -> list[str]:
    codes = sorted(code for code, _ in scene.pack.okrugs_of(scene.district))
    return sorted(scene.chance.sample(codes, min(len(codes), scene.number(1, 3))))


def _text(record: type[Record], field: Field, scene: Scene) -> str:
    if field.check:
        return material.number(field.check, scene.chance)
    if field.name == "phone":
        return material.phone(scene.chance)
    if field.name == "applicant":
        return material.person(scene.chance)
    if field.name.endswith("number"):
        return str(scene.number(11, 9999))
    usual = material.LONG_USE if field.long else material.SHORT_USE
    return scene.text(material.use_of(record.kind, field.name) or usual)[: field.most]


def _whole(record: type[Record], field: Field, scene: Scene) -> int:
    if field.money:
        return round(scene.chance.lognormvariate(14, 1.2) / 1000) * 1000
    least = field.smallest or 0
    return scene.number(least, field.largest if field.largest is not None else least + 40)


def _day(record: type[Record], field: Field, scene: Scene) -> str:
    return scene.later(7, 40).isoformat()


def _time(record: type[Record], field: Field, scene: Scene) -> str:
    return f"{scene.number(9, 17):02d}:{scene.chance.choice((0, 15, 30, 45)):02d}:00"


def _nothing(record: type[Record], field: Field, scene: Scene) -> None:
    """Of sets and of what has parts of its own nothing is invented."""


DRAWN: dict[str, Callable[[type[Record], Field, Scene], Any]] = {
    "str": _text,
    "int": _whole,
    "float": lambda record, field, scene: round(scene.chance.random() * 100, 2),
    "bool": lambda record, field, scene: scene.happens(0.7),
    "date": _day,
    "time": _time,
    "list": _nothing,
    "dict": _nothing,
}


def _consent(record: type[Record], values: Values, scene: Scene) -> None:
    """Who told us is kept where they agreed; where they did not, or no more, nothing of them is."""
    if scene.happens(GIVEN):
        way = scene.pick({"signed": 6, "spoken_witness": 3, "sms": 1})
        values["consent_way"], values["consent_on"] = way, scene.day.isoformat()
        if version := consents.read_on(record.consent_texts, scene.day):
            values |= {"consent_text": version, "consent_language": scene.language}
        if way == "spoken_witness":
            values["consent_witness"] = material.person(scene.chance)
        values |= {
            name: _text(record, field_map(record)[name], scene) for name in ("applicant", "phone")
        }
        if scene.age < 20 or not scene.happens(ENDED):
            return
        values["consent_ended"] = (scene.day + timedelta(days=scene.number(5, 20))).isoformat()
    for name in kept_by_consent(record):
        values.pop(name, None)
