"""Which kinds of record a table may become."""

from sync.records import KINDS

# what is made by its own screen, hangs on another record's page, or is no record of a day's work
APART = frozenset(
    {"form", "wave", "census", "filled_form", "calendar_day", "comment", "attachment"}
    | {"shared_phrase", "shared_view"}
)
IMPORTABLE = tuple(kind for kind in KINDS if kind not in APART)
