"""Pictures of sealed reports: one being written, its slip, one followed up, an officer at work."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

REPORT = {
    "what": (
        "Ауыл әкімдігінің маманы жер учаскесін рәсімдеу үшін 300 мың теңге сұрады. Ақшаны "
        "«тездету» үшін деп айтты, қолхат бермеді. Осындай жағдай көршімде де болған."
    ),
    "where": "Созақ ауылы, әкімдік ғимараты, 4-бөлме",
    "when": "2026 жылғы 18 қараша, түске дейін",
    "reporter_name": "",
    "contact": "",
}
ANSWER = "Рақмет. Құжатты алуға өтініш берген күніңіз бен куәлар болса, соны жазыңыз."
WORD = "Өтінішті 12 қарашада бердім. Қасымда ағам болды."


def reports(app, folder: Path) -> Iterator[tuple[str, object]]:
    """(name, picture) of each state."""
    from desktop.actions import officer
    from sync.officers import Officer, appoint
    from sync.sealing import Keys, new_seed
    from tests.gallery import grabbed
    from tests.ui.desks import close, make_desk
    from ui.dialogs.hand_over import HandOver
    from ui.dialogs.report_slip import ReportSlip

    region, other = Keys(new_seed()), Keys(new_seed())
    desk = make_desk(folder / "officer", "officer")
    yield "officer-no-key", officer_screen(app, desk)
    card = officer.make_key(desk)
    yield "officer-card", officer_screen(app, desk)
    known = appoint(None, [card, Officer("Бақыт Серіков", other.public)], [], region)
    trust(desk, known)
    yield "officer-empty", officer_screen(app, desk)
    reporter = story(desk)
    late = appoint(known, [Officer("Сәуле Әбдіқадырова", Keys(new_seed()).public)], [], region)
    trust(desk, late)
    yield "officer", officer_screen(app, desk)
    dialog = HandOver(bodies())
    yield "hand-over", grabbed(app, dialog)
    slip = ReportSlip(reporter)
    yield "report-slip", grabbed(app, slip)
    writer = make_desk(folder / "writer", "activist")
    yield "reports-not-yet", reports_screen(app, writer)
    trust(writer, known)
    yield "reports-writing", reports_screen(app, writer, typed=True)
    thread = officer.threads(desk)[0]
    yield "reports-followed", reports_screen(app, writer, followed=(reporter, thread))
    for one in (desk, writer):
        close(one)


def trust(desk, known) -> None:
    """As an exchange brings the list."""
    from sync.client import officers
    from sync.client.facts import remember

    with desk.store.begin() as session:
        remember(session, officers.TRUSTED, known)


def story(desk):
    """Three reports on the officer's laptop: one new, one answered, one handed over."""
    from desktop.actions import officer, reports
    from sync.client.tables import TakenLetter, WaitingLetter
    from ui.demo.pictures import photo

    def send() -> None:
        with desk.store.begin() as session:
            for row in session.query(WaitingLetter):
                session.merge(TakenLetter(id=row.id, body=row.body))
                session.delete(row)

    with desk.store.begin() as session:
        session.add(bodies(desk)[0])
    first = reports.write(desk, **REPORT, photos=[photo(1)], on=date(2026, 11, 20))
    send()
    thread = officer.threads(desk)[0]
    officer.answer(desk, thread, ANSWER)
    reports._keep(desk, reports.Word(on=date(2026, 11, 24), place=2, text=WORD), first)
    send()
    thread = officer.threads(desk)[0]
    body = officer.bodies(desk)[0].id
    officer.hand_over(desk, thread, body, date(2026, 11, 26), "17-05/331", "")
    for what in ("Балабақшаға кезекті ақшаға береді", "Жол жөндеудің ақысы екі рет алынған"):
        reports.write(desk, what=what, on=date(2026, 11, 27))
    send()
    return first


def bodies(desk=None):
    """A directory of two."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from sync.records.competent_body import CompetentBody

    now = datetime(2026, 11, 1, tzinfo=UTC)
    return [
        CompetentBody(
            id=uuid4(), district="region", author="d.ospanov", created=now, edited=now,
            revision=1, removed=False, conflicts={}, unknown={}, name=name,
        )
        for name in ("ҰҚК Түркістан облысы бойынша департаменті", "Түркістан облысының прокуратурасы")
    ]  # fmt: skip


def officer_screen(app, desk):
    """The officer's screen on what this file holds."""
    from tests.gallery import SIZE, discard, settle
    from ui.jobs import Jobs
    from ui.screens.officer import OfficerScreen

    jobs = Jobs()
    screen = OfficerScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    if screen.list.rows.rows:
        screen.list.choose(screen.list.rows.rows[0].key)
        settle(app, jobs)
    taken = screen.grab()
    jobs.close()
    discard(screen)
    return taken


def reports_screen(app, desk, *, typed=False, followed=None):
    """The screen of those who report."""
    from tests.gallery import SIZE, discard, settle
    from ui.jobs import Jobs
    from ui.screens.reports import ReportsScreen

    jobs = Jobs()
    screen = ReportsScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    if typed:
        for name, text in REPORT.items():
            screen.form._inputs[name].set_value(text)
        screen.form.add_photos([Path("1.jpg")])
    if followed:
        screen.form.hide()
        screen._followed(*followed)
    settle(app, jobs)
    taken = screen.grab()
    jobs.close()
    discard(screen)
    return taken
