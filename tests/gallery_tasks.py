"""Pictures of the kinds of the seven tasks: each list with one record open, above and below."""

from collections.abc import Iterator


def photograph(desk, project, inspection) -> None:
    """A photo of the beginning, and one of the newest inspection."""
    from desktop.actions import attachments
    from ui.demo.pictures import photo

    attachments.attach(desk, inspection, photo(1), "Жол төселді")
    attachments.attach(desk, project, photo(2), "Абай көшесі")


def tasks(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture) of each screen that follows from a declaration, with lifelike records."""
    from tests.examples import keep_all
    from tests.gallery import SIZE, discard, settle
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.screens import screen_of

    kept = keep_all(desk)
    photograph(desk, kept["project"][0], kept["inspection"][0])
    jobs = Jobs()
    for kind, ids in kept.items():
        entry = screen_of(kind)
        assert entry is not None
        whole = entry.build(desk, jobs)
        whole.resize(*SIZE)
        whole.show()
        if len(entry.kinds) > 1:
            whole.show_kind(kind)
        screen = whole.shown if len(entry.kinds) > 1 else whole
        screen.open_record(ids[0])
        editor = screen.editor
        wait(lambda shown=editor: shown.page is not None)
        settle(app, jobs)
        yield f"task-{kind}", whole.grab()
        bar = editor.area.verticalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.maximum())
            app.processEvents()
            yield f"task-{kind}-below", whole.grab()
        discard(whole)
    jobs.close()
