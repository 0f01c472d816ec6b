"""Pictures of the page on which records come from a table: as it opens, looked through, imported."""

from collections.abc import Iterator

HEADS = ("№", "Түскен күні", "Мәселенің мәні", "Санат", "Елді мекен", "Аты-жөні", "Ескерту")
ROWS = (
    (1, "05.11.2026", "Көшеде су үш күннен бері жоқ", "Тұрғын үй", "Созақ", None, "қайта қоңырау"),
    (2, "31.02.2026", "Жол шұңқыр", "Жолдар", "Созақ", None, None),
    (3, "06.11.2026", "Мектеп суық", "Мектептер", "Арыс ауылы", "Қанат Серіков", None),
    (4, "6 қараша 2026 ж.", "Жарық жиі сөнеді", "housing", "с. Шолаккорган", None, None),
)


def imports(app, folder) -> Iterator[tuple[str, object]]:
    """(name, picture), of a file of its own in the folder."""
    from tests.desktop.imports.registers import workbook
    from tests.gallery import SIZE, discard, settle
    from tests.ui.desks import close, make_desk
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    desk, jobs = make_desk(folder / "imports"), Jobs()
    screen = IssuesScreen(desk, jobs)
    screen.resize(*SIZE)
    screen.show()
    settle(app, jobs)
    screen.import_table()
    page = screen.importing
    settle(app, jobs)
    yield "import-begun", screen.grab()
    page.open(workbook(folder / "тізілім.xlsx", ["Азаматтардың өтініштері"], HEADS, *ROWS))
    settle(app, jobs)
    yield "import-looked-through", screen.grab()
    page.run()
    settle(app, jobs)
    yield "import-done", screen.grab()
    discard(screen)
    jobs.close()
    close(desk)
