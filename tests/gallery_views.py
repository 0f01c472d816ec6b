"""A picture of a list with saved views above it."""

from collections.abc import Iterator


def saved_views(app, desk) -> Iterator[tuple[str, object]]:
    """(name, picture): one view is shown, and the name of another is typed."""
    from desktop.actions import views
    from desktop.actions.listing import UNSENT, Wish
    from tests.gallery import SIZE, discard, settle
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    kept = [
        views.View("Көктөбе, ауыз су", Wish("", "көктөбе су")),
        views.View("Жөнелтілмеген жолдар", Wish(UNSENT, "жол")),
        views.View("Қайтарылғандар", Wish("returned")),
    ]
    views.keep_views(desk, "issue", kept)
    jobs = Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.views.choose(1)
    settle(app, jobs)
    screen.views.renew()
    screen.views._count()
    settle(app, jobs)
    yield "saved-views", screen.grab()
    screen.list.search.setText("мектеп")
    settle(app, jobs)
    screen.views.save()
    app.processEvents()
    yield "saved-views-naming", screen.grab()
    views.keep_views(desk, "issue", [])
    discard(screen)
    jobs.close()
