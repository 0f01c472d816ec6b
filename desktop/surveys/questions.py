"""What a form asks, for people who look at a form instead of answering it: labels, choices, languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.surveys.form import ASKED, Choices, Form, FormNode
from desktop.surveys.texts import Text
from desktop.surveys.xpath.nodes import Node
from sync.language import named

_LIST = re.compile(r"\s*instance\(\s*(['\"])(.*?)\1\s*\)")
ITEXT = re.compile(r"jr:itext\(\s*([\w.\-]+)\s*\)")  # of a list: the child that has the id
GAP = "…"  # where a text quotes an answer
LONGEST = 80  # characters of a label inside a sentence


@dataclass(frozen=True)
class Label:
    """A text of a form inside one of our sentences: in the language of that, in one line."""

    name: str  # stands where the text is empty
    text: Text

    def words(self, language: str | None = None) -> str:
        """At most LONGEST characters."""
        said = " ".join(text_words(self.text, language).split()) or self.name
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 1].rstrip()}{GAP}"


@dataclass(frozen=True)
class Question:
    """One thing that is asked. `choices` are (value, label), whatever an answer may filter of them."""

    node: FormNode
    choices: tuple[tuple[str, Label], ...]

    @property
    def path(self) -> str:
        """By this its answers are kept."""
        return self.node.path

    @property
    def label(self) -> Label:
        """What is asked."""
        return Label(self.node.name, self.node.label)


def questions(form: Form) -> list[Question]:
    """All that is asked of a respondent, in order; notes and calculations are not."""
    return [
        Question(node, tuple(_choices(form, node.choices)))
        for node in form.nodes.values()
        if node.kind in (*ASKED, "acknowledge")
    ]


def text_words(text: Text, language: str | None = None) -> str:
    """A text without an interview: a gap stands for each answer that it quotes."""
    said = {
        code: "".join(part if isinstance(part, str) else GAP for part in parts).strip()
        for code, parts in text.parts.items()
    }
    return named(said, language) or next((one for one in said.values() if one), "")


def _choices(form: Form, choices: Choices | None) -> Iterator[tuple[str, Label]]:
    if choices is None:
        return
    for value, text in choices.fixed:
        yield value, Label(value, text)
    found = _LIST.match(choices.nodes.text) if choices.nodes else None
    if found is None or (listed := form.instances.get(found[2])) is None:
        return
    for item in listed.down(("root", "item")):
        value = _below(item, choices.value)
        yield value, Label(value, _label(form, choices, item))


def _label(form: Form, choices: Choices, item: Node) -> Text:
    said = choices.label.text if choices.label else "label"
    if found := ITEXT.fullmatch(said.strip()):
        return form.texts.get(_below(item, found[1]), Text())
    return Text({"": (_below(item, said.strip()),)})


def _below(item: Node, name: str) -> str:
    return next((child.value() for child in item.children if child.name == name), "")
