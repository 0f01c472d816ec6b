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
    screen.views._end()
    screen.list.search.setText("")
    screen.list.order_button.choose("due_on")
    settle(app, jobs)
    yield "list-ordered", screen.grab()
    views.keep_views(desk, "issue", [])
    discard(screen)
    jobs.close()
    yield from _shared(app, desk)


def _shared(app, desk) -> Iterator[tuple[str, object]]:
    """A leader's list with a view that is the region's and one of the district; and the phrases."""
    from desktop.actions import handed_out
    from desktop.actions.listing import Wish
    from tests.gallery import SIZE, discard, grabbed, settle
    from tests.ui.desks import seen_by
    from ui.dialogs.phrases import SharedPhrasesDialog
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    leader, coordinator = seen_by(desk, "leader"), seen_by(desk, "coordinator")
    handed_out.share_view(coordinator, "issue", "Қайтарылғандар", Wish("returned"))
    handed_out.share_view(leader, "issue", "Ауыз су", Wish("", "ауыз су"))
    handed_out.share_phrase(coordinator, {"kk": "Өтініш құзыретті органға жіберілді"})
    handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды", "ru": "Труба заменена"})
    jobs = Jobs()
    screen = IssuesScreen(leader, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.views.choose(2)
    settle(app, jobs)
    screen.views._count()
    settle(app, jobs)
    yield "shared-views", screen.grab()
    discard(screen)
    jobs.close()
    for name, whose in (("phrases-shared", leader), ("phrases-given", desk)):
        dialog = SharedPhrasesDialog(shares=handed_out.may_share(whose))
        dialog.shared.show_given(handed_out.read_phrases(whose))
        dialog.show()
        dialog.shared.list.setCurrentRow(1)
        yield name, grabbed(app, dialog)
