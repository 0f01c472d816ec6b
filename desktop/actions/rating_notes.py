"""What has to be known beside ratings, in words: how people were asked, and why figures are missing."""

from collections.abc import Sequence
from datetime import date

from desktop.actions import in_use
from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import WaveRatings
from desktop.surveys.ratings.fitting import LARGEST, How
from desktop.surveys.waves.passport import BY_CHANCE
from sync.language import spoken, tr, trn

NAMED = 6  # lines that a sentence names; of more it tells how many there are


def counted(found: WaveRatings) -> str:
    """How many answered, and where."""
    people = trn("{n} answer", "{n} answers", found.answers)
    okrugs = trn("{n} okrug", "{n} okrugs", found.okrugs)
    said = tr("{answers} · {okrugs}", answers=people, okrugs=okrugs)
    if len(found.districts) > 1:
        districts = trn("{n} district", "{n} districts", len(found.districts))
        said = f"{said} · {districts}"
    return said


def cautions(found: WaveRatings) -> list[str]:
    """What such numbers cannot tell: a sentence each."""
    said = []
    if found.record["ends_on"] and not in_use.is_over(found.record, date.today()):  # noqa: DTZ011
        said.append(
            tr(
                "The survey still runs: a part of the answers waits on the laptops and comes when it "
                "has ended."
            )
        )
    if found.record["sample"] != BY_CHANCE:
        said.append(
            tr(
                "This is not a probability sample: the interval shows how far answers scatter, not "
                "how far they are from what the whole district thinks."
            )
        )
    if not found.clustered and found.answers:
        said.append(
            tr("All were asked in one okrug, so likeness of neighbours is not counted in.")
        )
    if found.together:
        said.append(
            tr(
                "Only counts are kept of this survey: 90 days after its end the answers were deleted. "
                "Okrugs where fewer than ten people answered about an official were put together and "
                "count as one."
            )
        )
    if method := found.record["method"]:
        said.append(tr("Method: {method}", method=method))
    return said


def fitted(found: WaveRatings) -> list[str]:
    """To which numbers of people the answers are fitted, and how, or why they are not."""
    census, fit = found.census, found.figures.fit
    if census is None:
        return []
    if fit is None or census.matched is None:
        return [str(census.lacks)] if census.lacks else []
    said = [tr("Fitted to the numbers of people: {counted}.", counted=census.counted.text)]
    if census.matched.groups:
        hows = fit.hows
        words = tr(
            "What people of a district said of an official is fitted by cells {cells} times, raked by "
            "one group after the other {margins} times, and left as it is {size} times: there too few "
            "answered, or not all of it may be published.",
            cells=hows[How.CELLS],
            margins=hows[How.MARGINS],
            size=hows[How.SIZE],
        )
    else:
        words = tr(
            "Districts count by their numbers of people; within one all answers count alike."
        )
    said.append(words)
    if fit.joined:
        values = dict.fromkeys(one.value for one in fit.joined)
        words = tr(
            "Where fewer than five of a group answered, or its weight was too large, it counts with the "
            "next one of the table: {names}.",
            names=_named(list(values)),
        )
        said.append(words)
    if bounds := fit.bounds:
        low, high = (_number(one) for one in bounds)
        said.append(
            tr(
                "Weights are {low} to {high} times the mean; none may be more than {most} times.",
                low=low,
                high=high,
                most=f"{LARGEST:g}",
            )
        )
    if left := (*census.matched.unasked, *census.matched.unknown):
        words = tr("Not asked by the form, so not fitted to: {names}.", names=_named(left))
        said.append(words)
    return said


def explained(view: View, lines: Sequence[Line]) -> list[str]:
    """What the signs of a list mean, as far as it has any."""
    said = []
    if any(line.rank for line in lines):
        said.append(tr("Who is in one group cannot be told apart by these answers."))
    if any(line.rating.estimate.shrunk for line in lines):
        said.append(
            tr(
                "The model’s mean is drawn towards that of all districts, the more the fewer answers "
                "there are: it is no answer of the district alone."
            )
        )
    if any(line.before for line in lines) and view.by is not By.WAVES:
        said.append(tr("A change within its interval around 0 cannot be told from none."))
    if any(line.rating.figure.alone and line.rating.shown for line in lines):
        names = [line.name for line in lines if line.rating.figure.alone and line.rating.shown]
        said.append(
            tr(
                "Asked in one okrug only, so that likeness of neighbours is not counted in: {names}.",
                names=_named(names),
            )
        )
    return said


def reasons(lines: Sequence[Line]) -> list[str]:
    """Why figures are not for publication: each reason once, with what it is about."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if why := line.rating.estimate.why:
            found.setdefault(str(why), []).append(line.name)
    return [
        tr("{why} Not for publication: {names}.", why=why, names=_named(names))
        if len(names) < len(lines)
        else tr("{why} None of these is for publication.", why=why)
        for why, names in found.items()
    ]


def _number(value: float) -> str:
    text = f"{value:.2f}"
    return text if spoken() == "en" else text.replace(".", ",")


def _named(names: Sequence[str]) -> str:
    first = "; ".join(names[:NAMED])
    if len(names) <= NAMED:
        return first
    return trn("{names} and {n} more", "{names} and {n} more", len(names) - NAMED, names=first)
