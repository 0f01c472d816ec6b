"""The map as a list: each place with its number and what it is shaded by, so that nothing is told by
the map alone."""

from dataclasses import dataclass
from typing import Any

from desktop.actions.on_map import Counted, Wish
from desktop.maps.layers import measure_of
from sync.folding import kazakh_key
from sync.language import tr, trn
from sync.money import grouped
from ui.dates import plain_day
from ui.maps.layout import Content
from ui.widgets.list_pane import ListRow


def what_words(wish: Wish) -> str:
    """«Issues: Still open», «Villages not visited: for 30 days», «Visits»."""
    layer, sort = wish.what
    return tr(layer.label) if len(layer.sorts) == 1 else f"{tr(layer.label)}: {tr(sort.label)}"


def period_words(wish: Wish) -> str:
    """Of which days; a village that nobody visits is so today, whatever the days."""
    return tr("All days") if wish.period is None else wish.period.words()


def wish_words(wish: Wish) -> str:
    """What is on the map, in one line."""
    _, sort = wish.what
    return what_words(wish) if sort.days else f"{what_words(wish)} · {period_words(wish)}"


def measure_words(wish: Wish) -> str:
    """What districts are shaded by; "" for nothing."""
    measure = measure_of(wish.measure)
    return tr(measure.label) if measure else ""


def rows(content: Content, seen: list[str]) -> list[ListRow]:
    """Of the region its districts, of a district itself and all of its villages. `seen`: districts whose
    records are here."""
    if not content.scope:
        made = [_district_row(content, code) for code in seen]
        return sorted(made, key=_by_number(content.counted))
    found = _village_rows(content)
    return [_district_row(content, content.scope), *found]


def _district_row(content: Content, code: str) -> ListRow:
    said = [_shaded(content, code)]
    if content.scope:
        said.insert(0, tr("The whole district"))
    number = content.counted.districts.get(code, 0)
    below = " · ".join(filter(None, said))
    return ListRow((code, None), content.pack.full_name(code), below, grouped(number))


def _shaded(content: Content, code: str) -> str:
    words = measure_words(content.counted.wish)
    if not words:
        return ""
    return f"{content.value(code) or '—'} · {words}"  # the number is never cut off


def _village_rows(content: Content) -> list[ListRow]:
    """Those of the pack, and those that somebody typed; where something is, first."""
    counted, pack, scope = content.counted, content.pack, content.scope
    own = [code for code, village in pack.villages.items() if village.district == scope]
    numbers = counted.at(scope)
    codes = [*own, *(code for code in numbers if code not in own)]
    return sorted((_village_row(content, code) for code in codes), key=_by_number(counted))


def _village_row(content: Content, code: str) -> ListRow:
    counted, pack = content.counted, content.pack
    village = pack.village(code)
    title = village.words() if village else pack.full_name(code).split(", ")[0]
    said = [pack.okrug_name(village.okrug)] if village and village.okrug else []
    if not code:
        title = tr("Without a village")
    elif code not in content.plan.spots:
        said.append(tr("not on the map"))
    _, sort = counted.wish.what
    key = (content.scope, code)
    if not sort.days:
        number = counted.at(content.scope).get(code, 0)
        return ListRow(key, title, " · ".join(said), grouped(number) if number else "—")
    days = counted.days_since(code)
    if days is None:
        said.insert(0, tr("never visited"))
        return ListRow(key, title, " · ".join(said), "!")
    said.insert(0, tr("last visit {day}", day=plain_day(counted.last[code])))
    return ListRow(key, title, " · ".join(said), trn("{n} day", "{n} days", days))


@dataclass(frozen=True)
class _by_number:  # noqa: N801  # a key of sorted()
    """The largest number first, in an order of the alphabet; who was never visited before all."""

    counted: Counted

    def __call__(self, row: ListRow) -> Any:
        district, village = row.key
        name = kazakh_key(row.title)
        if village is None:
            return (-self.counted.districts.get(district, 0), 0, name)
        number = self.counted.villages.get(district, {}).get(village, 0)
        days = self.counted.days_since(village) if self.counted.wish.what[1].days else 0
        return (-number, float("-inf") if days is None else -days, name)
