"""What has to be known beside ratings, in words: how people were asked, and why figures are missing."""

from collections.abc import Sequence

from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import WaveRatings
from desktop.surveys.waves.passport import BY_CHANCE
from sync.language import tr, trn

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


def _named(names: Sequence[str]) -> str:
    first = "; ".join(names[:NAMED])
    if len(names) <= NAMED:
        return first
    return trn("{names} and {n} more", "{names} and {n} more", len(names) - NAMED, names=first)
