"""A glance above a form says what stands there now: as one opens, types, saves, and as others do."""

from collections.abc import Mapping

from sync.records import KINDS
from ui.jobs import Jobs
from ui.models.seen import Seen, on_top
from ui.screens.record_editor import RecordEditor
from ui.widgets.glance import Glance
from ui.widgets.parts_editor import PartsEditor


def keep_true(
    glance: Glance, editor: RecordEditor, parts: Mapping[str, PartsEditor], jobs: Jobs
) -> None:
    """Tell it again with each of these; `parts` by their kind, the others as they are saved."""

    def tell() -> None:
        page = editor.page
        if page is not None:
            row = on_top(KINDS[editor.kind], page.row, editor.form.values())
            typed = {kind: one.rows() for kind, one in parts.items()}
            glance.show_seen(Seen(page, row, {**page.parts, **typed}))

    editor.opened.connect(lambda _: tell())
    editor.sheet.edited.connect(tell)
    jobs.recorded.connect(glance.refresh)
