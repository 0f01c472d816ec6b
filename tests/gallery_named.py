"""Pictures of forms that are filled in by name: the list, a record, its questions, two answers, review."""

from collections.abc import Iterator


def named(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture) of what somebody meets who visits a household."""
    from desktop.actions import records, review
    from tests.filled_forms import HOUSE, PEOPLE, fill_in, publish
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import seen_by
    from ui.demo.hands import pause, wait
    from ui.jobs import Jobs
    from ui.screens.filled_forms import FilledFormsScreen
    from ui.screens.review import ReviewScreen
    from ui.widgets.interview_frame import SUMMARY

    form = publish(desk)
    begun = fill_in(desk, {"/data/keep_data": "no", "/data/size": 4}, form)
    id = fill_in(desk, HOUSE | PEOPLE, form)
    jobs = Jobs()
    screen = FilledFormsScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()

    def opened(one, *, below=True):
        screen.open_record(one)
        wait(lambda: screen.editor.page is not None and screen.editor.page.id == one)
        app.processEvents()
        bar = screen.editor.area.verticalScrollBar()
        bar.setValue(bar.maximum() if below else 0)
        app.processEvents()
        return screen.grab()

    yield "named-begun", opened(begun)
    yield "named", opened(id, below=False)
    screen.editor.area.verticalScrollBar().setValue(screen.answers.y())
    app.processEvents()
    yield "named-answers", screen.grab()
    screen.answers.button.click()
    wait(screen.asking)
    for path in ("/data/keep_data", "/data/member[2]/age", "/data/home/condition"):
        screen.interviewer.asking.go_to(path)
        app.processEvents()
        yield f"named-asked-{path.rpartition('/')[2]}", screen.grab()
    while screen.interviewer.frame.page() != SUMMARY:
        screen.interviewer.asking.go_on()
        app.processEvents()
    yield "named-summary", screen.grab()
    screen.interviewer.leave()
    wait(lambda: not screen.asking())
    with desk.store.begin() as session:
        row = session.get_one(records.KINDS["filled_form"], id)
        other = {"by": "lea", "at": "2026-11-28T09:14:00Z", "change": str(id)}
        row.conflicts = {
            "answers:/data/home/condition": [{**other, "value": "repair"}],
            "personal:/data/member[]": [{**other, "value": {"/data/member[1]/age": "42"}}],
        }
    opened(begun)
    opened(id, below=False)
    [line, *_] = [one for one in screen.answers.lines if one.fact.others]
    screen.editor.area.ensureWidgetVisible(line, 0, 200)
    app.processEvents()
    yield "named-two-answers", screen.grab()
    with desk.store.begin() as session:
        session.get_one(records.KINDS["filled_form"], id).conflicts = {}
    discard(screen)
    review.decide(desk, id, review.Decision.SEND)
    reviewing = ReviewScreen(seen_by(desk, "coordinator"), jobs)
    reviewing.resize(*SIZE)
    reviewing.show()
    wait(lambda: reviewing.case is not None and reviewing.queue.row_of(id) >= 0)
    reviewing._choose(reviewing.queue.row_of(id))
    wait(lambda: reviewing.case is not None and reviewing.case.id == id)
    wait(lambda: all(line.isVisible() for line in reviewing.sheet.lines))
    settle(app, jobs)
    pause(100)  # until each line has the height of its words
    yield "named-review", reviewing.grab()
    reviewing.sheet.pick("answers:/data/home/condition")
    pause(100)
    yield "named-review-answer", reviewing.grab()
    discard(reviewing)
    jobs.close()
