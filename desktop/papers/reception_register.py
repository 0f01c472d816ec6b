"""The register of the reception for a period: a line for each visitor, as journals on paper have it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from desktop.actions.records import Row
from desktop.exports.pages import Block, Grid, Line, Look, Pages, Signatures
from desktop.papers.sheet import LONG_LINE, in_the_middle, pages
from desktop.papers.source import Stamp
from desktop.papers.wording import number, office, plainly, short_day, village
from desktop.session import Desk
from sync.language import mark, tr, trn
from sync.vocabulary import label

HEADS = (
    mark("No."),
    mark("Date, time"),
    mark("Visitor"),
    mark("Essence"),
    mark("First advice"),
    mark("Asked of"),
    mark("Answer"),
    mark("Outcome"),
)
WIDTHS = (0.06, 0.1, 0.17, 0.2, 0.14, 0.14, 0.09, 0.1)
NOT_HERE = mark("(on the server)")


def lay_out(desk: Desk, rows: Sequence[Row], since: date, until: date, stamp: Stamp) -> Pages:
    """The paper; `rows` in the order of their days."""
    title = tr("Reception register", stamp.language)
    blocks = _blocks(desk, rows, since, until, stamp)
    return pages(desk, title, None, blocks, stamp, wide=True)


def _blocks(
    desk: Desk, rows: Sequence[Row], since: date, until: date, stamp: Stamp
) -> Iterator[Block]:
    language = stamp.language
    yield from in_the_middle(office(desk, desk.person.district, language), Look.OFFICE)
    yield Line(tr("RECEPTION REGISTER", language), Look.TITLE, middle=True)
    period = f"{short_day(since)} – {short_day(until)}"
    yield Line(period, Look.LEAD, middle=True)
    yield Grid(
        heads=tuple(tr(one, language) for one in HEADS),
        rows=tuple(_line(desk, at, row, language) for at, row in enumerate(rows, 1)),
        widths=WIDTHS,
    )
    yield Line(
        trn("{n} visitor", "{n} visitors", len(rows), language), label=tr("In all:", language)
    )
    for key, count in Counter(row["outcome"] or "" for row in rows).most_common():
        words = label("appeal_outcome", key, language) if key else tr("No outcome yet", language)
        yield Line(f"{words}: {count}", Look.SMALL)
    if bare := sum(row["bare"] for row in rows):
        yield Line(
            trn(
                "{n} line lacks words that are on the server alone.",
                "{n} lines lack words that are on the server alone.",
                bare,
                language,
            ),
            Look.SMALL,
        )
    if not stamp.personal:
        yield Line(tr("Made without personal data.", language), Look.SMALL)
    yield Signatures(((tr("Responsible", language), LONG_LINE),))


def _line(desk: Desk, at: int, row: Row, language: str) -> tuple[str, ...]:
    return (
        _lines(str(at), number(row)),
        _lines(
            short_day(row["received_on"]),
            plainly(row["received_at"]) if row["received_at"] else "",
            _label("reception_form", row["form"], language),
            row["received_by"],
        ),
        _lines(
            row["applicant"],
            _label("visitor_type", row["visitor_type"], language),
            _labelled(tr("IIN", language), row["iin"]),
            _labelled(tr("BIN", language), row["bin"]),
            row["phone"],
            row["address"],
            village(desk.pack, row["village"], language),
        ),
        _lines(
            row["essence"] or (tr(NOT_HERE, language) if row["bare"] else ""),
            _label("issue_category", row["category"], language),
            _label("appeal_kind", row["appeal"], language),
            _labelled(tr("Papers shown", language), row["papers"]),
        ),
        _lines(row["advice"], row["lawyer"]),
        _lines(
            row["asked_of"],
            _numbered(row["outgoing_number"], row["outgoing_on"]),
            _labelled(tr("Term", language), short_day(row["prolonged_to"] or row["due_on"])),
        ),
        _numbered(row["answer_number"], row["answered_on"]),
        _lines(
            _label("appeal_outcome", row["outcome"], language)
            or _label("reception_state", row["state"], language),
            _labelled(tr("Applicant told on", language), short_day(row["told_on"])),
        ),
    )


def _lines(*words: str | None) -> str:
    return "\n".join(filter(None, words))


def _label(vocabulary: str, key: str | None, language: str) -> str:
    return label(vocabulary, key, language) if key else ""


def _labelled(name: str, words: str | None) -> str:
    return f"{name}: {words}" if words else ""


def _numbered(number: str | None, day: date | None) -> str:
    return " · ".join(filter(None, (f"№ {number}" if number else "", short_day(day))))
