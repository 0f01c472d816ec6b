"""People's data that a record keeps by their consent: what is recorded of it, and what follows.

A kind gets all of it by one line: `class Issue(Consented, Reviewed)`.
Source: Law of Kazakhstan 94-V on personal data, art. 7 and 8 (to be checked by counsel).
"""

from datetime import date
from functools import cache
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, MappedColumn

from sync.errors import UserError
from sync.language import mark
from sync.records.base import Field, Record, Values, field, fields
from sync.records.held import Held

OF_CONSENT = Held("consent_proof", "record", "citizen", "consent")
WITNESSED = "spoken_witness"  # of the vocabulary consent_way
TEXT, WITNESS, ENDED = "consent_text", "consent_witness", "consent_ended"
UNASKED = mark("A person's name or phone may be kept only with consent: say how it was given.")
WITHDRAWN = mark(
    "Consent was withdrawn, so no name or phone may be kept. If it was given anew, empty this day "
    "and say when."
)


def applicant(held: Held) -> MappedColumn[Any]:
    """The name of who told us. `held`: why a kind keeps it, and how long."""
    return field(
        mark("Applicant"),
        under=mark("Who told us"),
        private=True,
        listed=False,
        hint=mark("Only with recorded consent"),
        held=held,
    )


def phone(held: Held) -> MappedColumn[Any]:
    """Their phone, beside the name."""
    return field(mark("Phone"), beside=True, private=True, listed=False, held=held)


class Consented:
    """The fields of a consent. They come after the kind's own."""

    consent_field: ClassVar[str] = "consent_way"
    consent_texts: ClassVar[str] = "applicant"  # which series of texts, see sync.consents

    consent_way: Mapped[str | None] = field(
        mark("Consent"),
        choices="consent_way",
        private=True,
        listed=False,
        last=True,
        held=OF_CONSENT,
    )
    consent_on: Mapped[date | None] = field(
        mark("Consent given on"),
        beside=True,
        private=True,
        listed=False,
        last=True,
        held=OF_CONSENT,
    )
    consent_text: Mapped[str | None] = field(
        mark("Text that was read"),
        choices="consent_text",
        private=True,
        listed=False,
        last=True,
        held=OF_CONSENT,
    )
    consent_language: Mapped[str | None] = field(
        mark("Language of the text"),
        beside=True,
        choices="consent_language",
        private=True,
        listed=False,
        last=True,
        held=OF_CONSENT,
    )
    consent_witness: Mapped[str | None] = field(
        mark("Witness"),
        private=True,
        listed=False,
        last=True,
        hint=mark("Who heard it"),
        held=OF_CONSENT,
    )
    consent_ended: Mapped[date | None] = field(
        mark("Consent withdrawn on"), private=True, listed=False, last=True, held=OF_CONSENT
    )


def has_consent(record: type[Record], values: Values) -> bool:
    """Whether people's data may be kept here: by a consent that stands, or where none is needed."""
    way = record.consent_field
    return not way or bool(values.get(way) and not values.get(ENDED))


def unconsented(record: type[Record], values: Values) -> dict[str, UserError]:
    """A person's data without consent, or after its end: the field to blame, with a sentence."""
    held = any(values.get(name) for name in kept_by_consent(record))
    if not held or has_consent(record, values):
        return {}
    if values.get(ENDED):
        return {ENDED: UserError(WITHDRAWN)}
    return {record.consent_field: UserError(UNASKED)}


def as_left(record: type[Record], standing: Values, said: Values) -> Values:
    """What a record would say after an edit. The end of a consent empties also what it does not name:
    a witness (`sync.change`) tells what is filled in, and so no empty field.
    """
    if not said.get(ENDED):
        return {**standing, **said} if standing else said
    gone = kept_by_consent(record) - said.keys()
    return {**standing, **said, **dict.fromkeys(gone)}


def consented_part(record: type[Record], standing: Values, said: Values) -> Values:
    """What a refused edit says, without what may not be kept of it: where no consent stands after
    it, or stood no more before it, so that nothing comes into a history that was struck.
    """
    if not standing.get(ENDED) and not unconsented(record, {**standing, **said}):
        return said
    return {name: value for name, value in said.items() if name not in kept_by_consent(record)}


def unproven(record: type[Record], values: Values) -> dict[str, UserError]:
    """What a consent lacks before its record is sent: its day, and the witness of a spoken one.

    Not asked of one from before texts had versions: programs of then cannot say it.
    """
    if not record.consent_field or not values.get(TEXT):
        return {}
    spoken = values.get(record.consent_field) == WITNESSED and not values.get(ENDED)
    wanted = ["consent_on", *([WITNESS] if spoken else [])]
    return {
        name: UserError(mark("Please fill this in.")) for name in wanted if not values.get(name)
    }


def ends_consent(record: type[Record], said: Values) -> bool:
    """Whether an edit withdraws a consent and does nothing else."""
    gone = {name for name, value in said.items() if value is None}
    return bool(record.consent_field and said.get(ENDED)) and (
        said.keys() - {ENDED} == gone and gone <= kept_by_consent(record)
    )


@cache
def kept_by_consent(record: type[Record]) -> frozenset[str]:
    """The fields that must be empty where there is no consent: the person's own, and the witness."""
    if not record.consent_field:
        return frozenset()
    return frozenset(one.name for one in fields(record) if tells_of_person(one)) | {WITNESS}


def tells_of_person(field: Field) -> bool:
    """Whether who stands in this field is who the record is about."""
    return field.private and field.name not in Consented.__annotations__
