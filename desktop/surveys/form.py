"""An XForm, as any tool of the standard makes it → a form ready to be run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.surveys.messages import Message
from desktop.surveys.texts import EMPTY, Forms, Text, Translations
from desktop.surveys.xpath.nodes import Node
from desktop.surveys.xpath.parser import Compiled

ASKED = (
    *("select_one", "select_multiple", "rank", "integer", "decimal", "text", "boolean"),
    *("date", "time", "dateTime", "geopoint", "geotrace", "geoshape"),
    *("image", "audio", "video", "file"),
)
SHOWN = (*ASKED, "acknowledge", "note")


# Path of a node: {path of one that looks at it: the repeat whose same instance both are in, or ""}.
Links = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Drawn:
    """The names of the picture of a text, and of a larger one, in each language."""

    image: Text = EMPTY
    large: Text = EMPTY


NOT_DRAWN = Drawn()


@dataclass(frozen=True)
class Choices:
    """What can be chosen: a fixed list, or the nodes of another instance, filtered."""

    fixed: tuple[tuple[str, Text], ...] = ()
    drawn: Mapping[str, Drawn] = field(default_factory=dict, hash=False)  # of these, by value
    nodes: Compiled | None = None
    value: str = "name"  # of each node, the child that is its value
    label: Compiled | None = None  # evaluated at each node

    def expressions(self) -> Iterator[Compiled]:
        """All that decides about them."""
        if self.nodes is not None:
            yield self.nodes
        for _, text in self.fixed:
            yield from text.expressions()


@dataclass(frozen=True)
class FormNode:
    """One node of the form: a question, a group, or a value that is not shown.

    `kind` is one of SHOWN, or group, repeat, calculate, hidden, meta.
    """

    path: str
    kind: str
    whole: bool = False  # it keeps whole numbers: of what is worked out, the rest is cut off
    default: str = ""
    relevant: Compiled | None = None
    required: Compiled | None = None
    readonly: Compiled | None = None
    constraint: Compiled | None = None
    calculation: Compiled | None = None
    first_value: Compiled | None = None  # the default, where it is calculated
    new_value: Compiled | None = None  # the same, in an instance of a repeat that is added
    triggers: tuple[tuple[str, Compiled], ...] = ()  # paths that its answer sets, and to what
    count: Compiled | None = None  # of a repeat: how many instances there are
    fixed: bool = False  # of a repeat: nobody adds or removes instances by hand
    bounds: tuple[str, str, str] | None = None  # of a range: start, end and step
    label: Text = EMPTY
    drawn: Drawn = NOT_DRAWN
    hint: Text = EMPTY
    guidance: Text = EMPTY
    required_message: Text = EMPTY
    constraint_message: Text = EMPTY
    choices: Choices | None = None
    appearance: str = ""
    preload: str = ""
    personal: bool = True  # in a named form: tells of who answers; `personal` of its bind says no

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def begins(self) -> bool:
        """Whether it may have a value before anybody answers."""
        return bool(self.default or self.first_value or self.new_value)

    @property
    def parent(self) -> str:
        """The path of the group around it; of the topmost node empty."""
        return self.path.rpartition("/")[0]

    def column_of(self, expression: Compiled) -> str:
        """The column of a workbook in which this expression of its stands."""
        choices = self.choices.nodes if self.choices is not None else None
        return next(
            (
                column
                for column, own in (
                    ("relevant", self.relevant),
                    ("calculation", self.calculation),
                    ("repeat_count", self.count),
                    ("required", self.required),
                    ("read_only", self.readonly),
                    ("constraint", self.constraint),
                    ("choice_filter", choices),
                )
                if own is expression
            ),
            "label",
        )

    def calculations(self) -> list[Compiled]:
        """The expression that says its value."""
        return [] if self.calculation is None else [self.calculation]

    def conditions(self) -> list[Compiled]:
        """The other expressions on which its value depends: whether it counts, how often."""
        return [one for one in (self.relevant, self.count) if one is not None]

    def others(self) -> list[Compiled]:
        """All other expressions, and what its texts quote."""
        own = (self.required, self.readonly, self.constraint)
        texts = (
            self.label,
            self.drawn.image,
            self.drawn.large,
            self.hint,
            self.guidance,
            self.required_message,
            self.constraint_message,
        )
        return [
            *(one for one in own if one is not None),
            *(one for text in texts for one in text.expressions()),
            *(self.choices.expressions() if self.choices else ()),
        ]


@dataclass(frozen=True)
class Form:
    """A form: its nodes by path in their order, its lists, its texts, and who depends on whom."""

    title: str
    id: str
    version: str
    languages: tuple[str, ...]  # codes, the default one first
    nodes: Mapping[str, FormNode]
    instances: Mapping[str, Node]
    texts: Translations
    besides: Forms  # what texts have besides their words, by their ids
    messages: tuple[Message, ...]  # what is not supported or not filled in, never silent
    start: Node  # the instance that an interview begins with
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by the names in Drawn; unsafe
    blanks: Mapping[str, Node] = field(default_factory=dict)  # by path: a new instance of a repeat
    order: tuple[str, ...] = ()  # each node after those that its value depends on
    dependents: Links = field(default_factory=dict)  # by value
    reworked: Links = field(default_factory=dict)  # of these, what is calculated of it
    readers: Links = field(default_factory=dict)  # by anything at all

    @property
    def usable(self) -> bool:
        """Whether it can be run as its author meant it."""
        return not any(message.stops for message in self.messages)


def load_form(xml: str) -> Form:
    """Compile an XForm. Raises UserError where it is none; all else is told in `messages`."""
    # Here, as both modules make what is declared above.
    from desktop.surveys.dependencies import connect
    from desktop.surveys.xform import read_xform

    form = read_xform(xml)
    order, dependents, reworked, readers, messages = connect(form.nodes)
    return replace(
        form,
        order=order,
        dependents=dependents,
        reworked=reworked,
        readers=readers,
        messages=(*form.messages, *messages),
    )
