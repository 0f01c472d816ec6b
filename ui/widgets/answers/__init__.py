"""The sorts of answers, and which question has which: a new sort is a module and a line here.

The first line that fits is taken: the kind of the question, and one of the appearances that the
form asks for; a line without appearances takes all others.
"""

from dataclasses import dataclass

from desktop.surveys.interview import NodeState
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.answers.choice_list import ChoiceList
from ui.widgets.answers.long_list import LongList, LongListOfSeveral
from ui.widgets.answers.moments import (
    DayAndTimeAnswer,
    DayAnswer,
    MonthAnswer,
    TimeAnswer,
    YearAnswer,
)
from ui.widgets.answers.picture import PhotoAnswer
from ui.widgets.answers.place import PlaceAnswer
from ui.widgets.answers.ranking import Ranking
from ui.widgets.answers.scale import Scale
from ui.widgets.answers.shown import CannotAnswer, Note, ValueShown
from ui.widgets.answers.slider import RangeAnswer
from ui.widgets.answers.typed import LineAnswer, WordsAnswer

__all__ = ["NO_AIDS", "Aids", "Answer", "answer_for", "sort_of"]
MANY = 30  # choices that nobody reads through: they are searched, whatever the form asks for
SEARCHED = ("minimal", "autocomplete", "search", "horizontal-minimal")


@dataclass(frozen=True)
class Sort:
    """Questions of these kinds with one of these looks; `many`: of so many choices."""

    made_by: type[Answer]
    kinds: tuple[str, ...]
    looks: tuple[str, ...] = ()
    many: bool = False

    def fits(self, node: NodeState) -> bool:
        """Whether this question is of this sort."""
        looks = not self.looks or not {*self.looks}.isdisjoint(node.appearance.split())
        return node.kind in self.kinds and looks and (not self.many or len(node.choices) > MANY)


SORTS = (
    Sort(Note, ("note",)),
    Sort(LongList, ("select_one",), SEARCHED),
    Sort(LongList, ("select_one",), many=True),
    Sort(LongListOfSeveral, ("select_multiple",), SEARCHED),
    Sort(LongListOfSeveral, ("select_multiple",), many=True),
    Sort(Scale, ("select_one",), ("likert",)),
    Sort(ChoiceList, ("select_one", "select_multiple", "acknowledge")),
    Sort(Ranking, ("rank",)),
    Sort(MonthAnswer, ("date",), ("month-year",)),
    Sort(YearAnswer, ("date",), ("year",)),
    Sort(DayAnswer, ("date",)),
    Sort(TimeAnswer, ("time",)),
    Sort(DayAndTimeAnswer, ("dateTime",)),
    Sort(PlaceAnswer, ("geopoint", "geotrace", "geoshape")),
    Sort(PhotoAnswer, ("image",)),
    Sort(CannotAnswer, ("audio", "video", "file")),
    Sort(LineAnswer, ("integer", "decimal", "boolean")),
    Sort(LineAnswer, ("text",), ("numbers", "masked", "url")),
    Sort(WordsAnswer, ("text",)),
)


def sort_of(node: NodeState, aids: Aids = NO_AIDS) -> type[Answer]:
    """What the question is answered with."""
    if node.readonly and node.kind != "note":
        return ValueShown
    if node.kind == "image" and aids.shelf is None:
        return CannotAnswer
    if node.bounds is not None:
        return RangeAnswer
    return next((sort.made_by for sort in SORTS if sort.fits(node)), WordsAnswer)


def answer_for(node: NodeState, aids: Aids = NO_AIDS) -> Answer:
    """An answer widget for a question."""
    return sort_of(node, aids)(node, aids)
