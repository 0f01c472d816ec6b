"""Write resources/calendar/days.csv: the days off of Kazakhstan, and weekend days that are worked.

From the package `holidays` (MIT), which is no part of the program: two laptops reckon alike whatever
is installed on them, and what a term came from can be read. Run it when the package has news of a
year, look at what changed, and name the act of the year in years.csv.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "calendar"
FIRST, LAST = 2016, 2040
SUBSTITUTED, OBSERVED = "Демалыс күні (", "қайта белгіленген демалыс"
NAMES = {  # what the package calls it: its key in the vocabulary `holiday`
    "Жаңа жыл": "new_year",
    "Православиелік Рождество": "orthodox_christmas",
    "Халықаралық әйелдер күні": "womens_day",
    "Наурыз мейрамы": "nauryz",
    "Қазақстан халқының бірлігі мерекесі": "unity_day",
    "Отан Қорғаушы күні": "defender_day",
    "Жеңіс күні": "victory_day",
    "Астана күні": "capital_day",
    "Қазақстан Республикасының Конституциясы күні": "constitution_day",
    "Республика күні": "republic_day",
    "Қазақстан Республикасы күні": "republic_day",
    "Қазақстан Республикасының Тұңғыш Президенті күні": "first_president_day",
    "Тәуелсіздік күні": "independence_day",
    "Құрбан айт": "kurban_ait",
}


def rows() -> Iterator[tuple[str, str, str]]:
    """(day, sort, holiday) of every day that is not as its weekday says, and of every holiday."""
    import holidays

    years = range(FIRST, LAST + 1)
    plain = holidays.country_holidays("KZ", years=years, language="kk", observed=False)
    found = holidays.country_holidays("KZ", years=years, language="kk")
    kept: dict[date, tuple[str, str]] = {}
    for day, words in found.items():
        kept[day] = _told(words, observed=day not in plain)
    for day in found.weekend_workdays:
        if FIRST <= day.year <= LAST:
            kept[day] = ("working", "")
    for day in sorted(kept):
        yield day.isoformat(), *kept[day]


def _told(words: str, *, observed: bool) -> tuple[str, str]:
    first = words.split("; ")[0]
    if first.startswith(SUBSTITUTED):
        return "moved", ""
    name = re.sub(r" \((?:бағаланған|қайта белгіленген демалыс)[^)]*\)$", "", first)
    if "бағаланған" in first:
        return "estimated", NAMES[name]
    return "observed" if observed and OBSERVED in words else "holiday", NAMES[name]


def table() -> str:
    """The whole file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("day", "sort", "holiday"))
    writer.writerows(rows())
    return out.getvalue()


if __name__ == "__main__":
    (FOLDER / "days.csv").write_text(table(), encoding="utf-8")
