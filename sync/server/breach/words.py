"""What is known of a breach, as a page for whoever has to act on it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sync.inventory import field_words
from sync.language import mark, named, tr, trn
from sync.person import REGION
from sync.server.breach.laptops import Laptop
from sync.server.breach.report import Breach
from sync.server.service import Service
from sync.vocabulary import label

UNKNOWN_RIGHTS = mark(
    "What this account might read at the beginning of that time was not written down: today's "
    "rights are taken for it, and the districts where it recorded. Ask whether it worked elsewhere."
)
LETTERS = mark(
    "Letters of sealed reports that this officer took: {n}. Whoever opens the laptop reads them. Have "
    "the custodians take its key off the list today: until then new reports are sealed to it, too."
)
UPPER = mark(
    "All numbers are upper bounds: what the laptop could have heard until its last possible contact."
)


def due(found: date) -> date:
    """The next day that is no Saturday or Sunday. Holidays are not known here."""
    day = found + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def places(service: Service, streams: list[str], language: str | None = None) -> list[str]:
    """The districts in words; the region's own stream is called by its name."""
    return [
        named(service.pack.names, language)
        if one == REGION
        else service.pack.districts[one].words(language)
        for one in streams
        if one == REGION or one in service.pack.districts
    ]


def day(at: datetime) -> str:
    """A moment as people here write it."""
    return at.astimezone().strftime("%d.%m.%Y %H:%M")


def page(service: Service, told: Breach, language: str | None = None) -> Iterator[str]:
    """Line by line; nobody's name but the account's."""
    found = service.now().astimezone().date()
    yield tr(mark("Account: {login} ({name})"), language, login=told.login, name=told.name)
    yield tr(
        mark("Time asked about: {since} to {until}"),
        language,
        since=day(told.since),
        until=day(told.until),
    )
    yield tr(
        mark("Districts within its rights: {districts}"),
        language,
        districts=", ".join(places(service, told.districts, language)) or "-",
    )
    for one in told.laptops:
        yield from _laptop(one, language)
    yield ""
    yield from _people(told, language)
    if told.letters:
        yield tr(LETTERS, language, n=told.letters)
    yield ""
    for export in told.exports:
        yield tr(
            mark("It made a file: {day}, {kind}, {rows} rows, {personal}"),
            language,
            day=day(export.at),
            kind=export.kind,
            rows=export.rows,
            personal=tr(
                mark("with personal data") if export.personal else mark("without personal data"),
                language,
            ),
        )
    if not told.exports:
        yield tr(mark("No file that it made was told to the server."), language)
    if told.unknown_rights:
        yield tr(UNKNOWN_RIGHTS, language)
    if told.restored:
        yield tr(
            mark(
                "A backup was put back on {day}: what came again after it counts by the clocks of "
                "the laptops that wrote it."
            ),
            language,
            day=day(told.restored),
        )
    yield tr(
        mark(
            "Law 94-V: tell the authorised body within one business day of finding out. Found today, "
            "that is by {due}. Saturdays and Sundays are left out; holidays and moved days off are "
            "not known here: look at the calendar."
        ),
        language,
        due=due(found).strftime("%d.%m.%Y"),
    )


def protection(one: Laptop, language: str | None = None) -> str:
    """What became of a laptop, in a sentence; for letters, too."""
    if one.wiped:
        said = mark("The laptop said on {day} that it has deleted its work.")
        return tr(said, language, day=day(one.wiped))
    if one.revoked:
        said = mark("The laptop was closed for the server on {day}.")
        return tr(said, language, day=day(one.revoked))
    if one.wipe:
        said = mark("On {day} the laptop was asked to delete its work; it has not answered yet.")
        return tr(said, language, day=day(one.wipe))
    return tr(mark("The laptop is not closed for the server."), language)


def _laptop(one: Laptop, language: str | None) -> Iterator[str]:
    yield tr(
        mark("Laptop {device} ({name}), bound {day}"),
        language,
        device=one.device,
        name=one.name,
        day=day(one.enrolled),
    )
    yield "  " + tr(
        mark("Last contact: {surely} at the earliest, {latest} at the latest"),
        language,
        surely=day(one.surely),
        latest=day(one.latest),
    )
    yield "  " + tr(
        mark(
            "Its file is encrypted; the key is wrapped by the password and the computer's keystore."
        ),
        language,
    )
    yield "  " + protection(one, language)
    if not one.ended:
        yield "  " + tr(
            mark(
                "Lost or stolen: “admin revoke {device}” closes it at once. To be given back: “admin "
                "wipe {device}” has it send what waits and delete its work; a closed laptop hears of "
                "no wipe. Who may know the password: choose to close."
            ),
            language,
            device=one.device,
        )


def _people(told: Breach, language: str | None) -> Iterator[str]:
    yield tr(UPPER, language)
    yield trn("{n} record in all", "{n} records in all", told.records, language)
    yield trn(
        "{n} record with people's own data", "{n} records with people's own data",
        told.with_people, language,
    )  # fmt: skip
    yield "  " + trn(
        "of these {n} closed so long ago that its words have left a laptop in use, unless somebody "
        "opened it again",
        "of these {n} closed so long ago that their words have left a laptop in use, unless somebody "
        "opened them again",
        told.left,
        language,
    )
    yield "  " + tr(mark("Citizens: {n}"), language, n=told.citizens)
    yield "  " + tr(mark("Officials: {n}"), language, n=told.officials)
    yield "  " + tr(mark("Members of teams: {n}"), language, n=told.team)
    for one in told.fields:
        yield "  " + tr(
            mark("{field}: {n} ({purpose})"),
            language,
            field=field_words(one.kind, one.field, language),
            n=one.records,
            purpose=label("held_purpose", one.purpose, language),
        )
    yield trn(
        "{n} record with texts in which anybody may be named",
        "{n} records with texts in which anybody may be named",
        told.texts,
        language,
    )
    yield trn("{n} photo or paper", "{n} photos and papers", told.files, language)
    if gone := sum(told.erased.values()):
        yield trn(
            "{n} record was erased since, which the laptop may not have heard of; the server does "
            "not know any more whom it was about",
            "{n} records were erased since, which the laptop may not have heard of; the server does "
            "not know any more whom they were about",
            gone,
            language,
        )
    if gone := sum(told.struck.values()):
        yield trn(
            "the names of {n} record were struck since, for consent was withdrawn; the laptop may still "
            "hold them, and the server does not know any more whose they were",
            "the names of {n} records were struck since, for consent was withdrawn; the laptop may still "
            "hold them, and the server does not know any more whose they were",
            gone,
            language,
        )
