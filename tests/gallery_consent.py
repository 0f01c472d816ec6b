"""Pictures of a consent: in the form of an issue, its text, and after its end."""

from collections.abc import Iterator

HERS = {
    "essence": "Су құбыры екінші аптадан бері жұмыс істемейді",
    "applicant": "Гүлсім Ахметова",
    "phone": "+77011234567",
    "consent_way": "spoken_witness",
    "consent_on": "2026-11-28",
    "consent_witness": "Қанат Серіков, мектеп директоры",
}


def consents(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): a spoken consent, its text, its end, and one from before texts had versions."""
    from desktop.actions import consent, records
    from sync.consents import language_read
    from sync.records.issue import Issue
    from tests.gallery import SIZE, discard, grabbed
    from tests.profiles import ISSUE
    from ui.demo.hands import wait
    from ui.dialogs.consent import ConsentDialog
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()

    def opened(id):
        screen.open_record(id)
        wait(lambda: screen.editor.page is not None and screen.editor.page.id == id)
        app.processEvents()
        form = screen.editor.form
        screen.editor.area.ensureWidgetVisible(form.fields["phone"], 0, 60)
        app.processEvents()
        return screen.grab()

    [change] = records.save(desk, "issue", ISSUE | HERS)
    yield "consent", opened(change.record)
    yield "consent-text", grabbed(app, ConsentDialog("applicant_1", language_read()))
    [old] = records.save(desk, "issue", ISSUE | HERS)
    with desk.store.begin() as session:
        row = session.get_one(Issue, old.record)
        row.consent_text = row.consent_language = None
    yield "consent-unrecorded", opened(old.record)
    consent.withdraw(desk, change.record)
    yield "consent-withdrawn", opened(change.record)
    discard(screen)
    jobs.close()
