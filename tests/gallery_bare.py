"""Pictures of records whose words are on the server: in the list, and opened without a line."""

from collections.abc import Iterator


def bare_records(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): the third and fourth issue of the list are closed and bare; one is opened."""
    from sqlalchemy import delete, update

    from sync.client import bare
    from sync.client.tables import Pending
    from sync.records.issue import Issue
    from tests.gallery import SIZE, discard, settle
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.editor._bring = lambda _: None  # there is no line
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    model = screen.list.model
    ids = [model.id_at(model.index(row)) for row in (2, 3)]
    with desk.store.begin() as session:
        bare._empty(session, ids)
        done_with = {"review": "approved", "revision": 7}
        session.execute(update(Issue).where(Issue.id.in_(ids)).values(**done_with))
        session.execute(delete(Pending).where(Pending.record.in_(ids)))
    screen.reload()
    settle(app, jobs)
    yield "bare-list", screen.grab()
    screen.open_record(ids[0])
    wait(lambda: screen.editor.page is not None and screen.editor.page.id == ids[0])
    settle(app, jobs)
    yield "bare-opened", screen.grab()
    discard(screen)
    jobs.close()
