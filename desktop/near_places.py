"""Villages whose names are nearly what somebody typed: a mistyped one is seen beside its own."""

from difflib import get_close_matches

from sync.folding import fold
from sync.places import TYPED, Pack

MOST = 3
ALIKE = 0.66  # of difflib: one or two letters of six may be others


def is_typed(code: str | None) -> bool:
    """Whether this stands for a place that is in no list."""
    return bool(code) and str(code).startswith(TYPED)


def near_places(pack: Pack, code: str, district: str | None = None) -> list[tuple[str, str]]:
    """(code, full name) of the villages nearest to a typed place, the nearest first."""
    wanted = fold(code.removeprefix(TYPED).rpartition(":")[2].strip())
    named: dict[str, list[str]] = {}
    for village in pack.villages.values():
        if district in (None, village.district):
            for name in {fold(name) for name in village.names.values() if name}:
                named.setdefault(name, []).append(village.code)
    alike = get_close_matches(wanted, named, MOST, ALIKE)
    alike += get_close_matches(wanted.partition(" ")[0], named, MOST, ALIKE)  # «… ауылы»
    found = dict.fromkeys(code for name in alike for code in named[name])
    return [(code, pack.full_name(code)) for code in list(found)[:MOST]]
