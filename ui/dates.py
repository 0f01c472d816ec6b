"""Days and moments as a person says them, in the language that the program speaks."""

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale

from sync.language import spoken, tr, trn

# Kazakh puts the weekday last; none of the three languages writes a year that everyone knows
_DAY = {"kk": "d MMMM, dddd", "ru": "dddd, d MMMM", "en": "dddd, d MMMM"}
_SHORT = {"kk": "d MMM, ddd", "ru": "ddd, d MMM", "en": "ddd, d MMM"}


def long_day(day: date) -> str:
    """«24 қараша, сейсенбі», «Вторник, 24 ноября»: a line of its own."""
    words = _say(day, _DAY)
    return words[:1].upper() + words[1:]


def short_day(day: date) -> str:
    """«24 қар., сс»: inside a line."""
    return _say(day, _SHORT)


def plain_day(day: date) -> str:
    """«24.11.2026»: as it is written in forms, for days that may be in another year."""
    return day.strftime("%d.%m.%Y")


def near_day(day: date, on: date) -> str:
    """«today», «tomorrow», «yesterday», or the short day."""
    near = {-1: tr("yesterday"), 0: tr("today"), 1: tr("tomorrow")}
    return near.get((day - on).days) or short_day(day)


def moment(at: datetime, now: datetime) -> str:
    """«today 09:14», else the day and the time; both with their zones."""
    at, now = at.astimezone(), now.astimezone()
    return tr("{day} {time}", day=near_day(at.date(), now.date()), time=at.strftime("%H:%M"))


def waiting_for(since: datetime, now: datetime) -> str:
    """How long something has waited: «just now», «3 hours», «3 days»."""
    hours = int((now.astimezone(UTC) - since.astimezone(UTC)).total_seconds() // 3600)
    if hours < 1:
        return tr("just now")
    if hours < 24:
        return trn("{n} hour", "{n} hours", hours)
    return trn("{n} day", "{n} days", hours // 24)


def _say(day: date, formats: dict[str, str]) -> str:
    language = spoken()
    return QLocale(language).toString(QDate(day.year, day.month, day.day), formats[language])
