"""The XML of an XForm → the nodes of a form, with all that is not supported said by name."""

from xml.etree.ElementTree import Element

from desktop.surveys.form import Choices, Form, FormNode
from desktop.surveys.markup import parse_xml
from desktop.surveys.messages import Message
from desktop.surveys.texts import (
    EMPTY,
    Text,
    Translations,
    attribute_text,
    element_text,
    read_translations,
)
from desktop.surveys.unsupported import kind_of, remarks
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node, document_of, local
from desktop.surveys.xpath.parser import Compiled, compile_expression
from sync.errors import UserError
from sync.language import mark

MOST = 2_000  # questions, notes and calculations: more would slow each answer down
MOST_WRITTEN = 1_000_000  # characters of all expressions: to read them takes seconds
WRITTEN = ("bind", "output", "setvalue", "itemset", "label", "value")  # what may hold them
ASPECTS = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "calculate": "calculation",
}  # attribute of a bind: what FormNode calls it

NOT_CONTROLS = {"label", "hint", "value", "output", "setvalue", "itemset"}


def read_xform(xml: str) -> Form:
    """The parts of a form, not yet connected. Raises UserError where this is no XForm."""
    root = parse_xml(xml)
    model = next((one for one in root.iter() if local(str(one.tag)) == "model"), None)
    body = next((one for one in root.iter() if local(str(one.tag)) == "body"), None)
    main = _child(_child(model, "instance"), "*")
    if model is None or body is None or main is None:
        raise UserError(mark("This is not an XForm: it has no model, no body or no questions."))
    if _count_questions(main) > MOST:
        raise UserError(mark("This form has more than {most} questions."), most=MOST)
    if _count_written(root) > MOST_WRITTEN:
        raise UserError(mark("The expressions of this form are too long, all together."))
    reader = _Reader(model, body)
    return Form(
        title=next((one.text or "" for one in root.iter() if local(str(one.tag)) == "title"), ""),
        id=main.get("id", ""),
        version=main.get("version", ""),
        languages=reader.languages,
        nodes=reader.nodes(main),
        instances=reader.instances(),
        texts=reader.texts,
        messages=(*remarks(root), *reader.messages),
    )


def _child(parent: Element | None, name: str) -> Element | None:
    for child in parent if parent is not None else ():
        if name in ("*", local(str(child.tag))):
            return child
    return None


def _count_questions(main: Element) -> int:
    """Notes and calculations count, too; what the form says about itself does not."""
    asked = (child for child in main if local(str(child.tag)) != "meta")
    return sum(not len(one) for child in asked for one in child.iter())


def _count_written(root: Element) -> int:
    """Characters of what may be expressions."""
    return sum(
        len(text)
        for one in root.iter()
        if local(str(one.tag)) in WRITTEN
        for text in one.attrib.values()
    )


def _attributes(element: Element | None) -> dict[str, str]:
    """Attributes by their names without namespaces."""
    return {} if element is None else {local(key): text for key, text in element.attrib.items()}


class _Reader:
    """Reads one form and collects what is wrong with it."""

    def __init__(self, model: Element, body: Element) -> None:
        self._model = model
        self.messages: list[Message] = []
        self.texts: Translations = {}
        self.languages: tuple[str, ...] = ()
        try:
            self.texts, self.languages = read_translations(_child(model, "itext"))
        except XPathError as wrong:
            self.messages.append(Message(wrong, "survey", column="label"))
        self._binds = {
            one.get("nodeset", ""): _attributes(one) for one in model if local(one.tag) == "bind"
        }
        self._first = {
            one.get("ref", ""): one.get("value") or f"'{one.text or ''}'"
            for one in model
            if local(one.tag) == "setvalue" and "first-load" in one.get("event", "")
        }
        self._controls: dict[str, Element] = {}
        for one in body.iter():
            reference = one.get("ref") or one.get("nodeset") or ""
            if reference.startswith("/") and local(one.tag) not in NOT_CONTROLS:
                self._controls.setdefault(reference, one)

    def instances(self) -> dict[str, Node]:
        """The lists of choices, by their ids."""
        return {
            one.get("id", ""): document_of(root)
            for one in self._model
            if local(one.tag) == "instance" and (root := _child(one, "*")) is not None
            if "id" in one.attrib
        }

    def nodes(self, main: Element) -> dict[str, FormNode]:
        """All nodes of the main instance, by path, in their order."""
        found: dict[str, FormNode] = {}
        pending = [(main, "")]
        while pending:
            element, above = pending.pop()
            path = f"{above}/{local(element.tag)}"
            found.setdefault(path, self._node(element, path))
            pending += [(child, path) for child in reversed(element)]
        return found

    def _node(self, element: Element, path: str) -> FormNode:
        bind, control = self._binds.get(path, {}), self._controls.get(path)
        aspects = {
            ours: self._compile(bind.get(theirs), path, theirs) for theirs, ours in ASPECTS.items()
        }
        return FormNode(
            path=path,
            kind=kind_of(control, bind, len(element) > 0, path),
            default="" if len(element) else (element.text or ""),
            first_value=self._compile(self._first.get(path), path, "default"),
            label=self._text(control, "label"),
            hint=self._text(control, "hint"),
            required_message=attribute_text(bind.get("requiredMsg"), self.texts),
            constraint_message=attribute_text(bind.get("constraintMsg"), self.texts),
            choices=self._choices(control, path),
            appearance=_attributes(control).get("appearance", ""),
            preload=bind.get("preload", ""),
            **aspects,
        )

    def _compile(self, text: str | None, path: str, column: str) -> Compiled | None:
        if not text or not text.strip():
            return None
        try:
            return compile_expression(text.strip())
        except XPathError as wrong:
            located = UserError(
                mark("Question “{name}”: {wrong}"), name=path.rpartition("/")[2], wrong=wrong
            )
            column = {"calculate": "calculation", "readonly": "read_only"}.get(column, column)
            self.messages.append(Message(located, "survey", column=column))
            return None

    def _text(self, control: Element | None, name: str) -> Text:
        try:
            return element_text(_child(control, name), self.texts)
        except XPathError as wrong:
            self.messages.append(Message(wrong, "survey", column=name))
            return EMPTY

    def _choices(self, control: Element | None, path: str) -> Choices | None:
        if control is None or local(control.tag) not in ("select", "select1", "rank"):
            return None
        itemset = _child(control, "itemset")
        if itemset is None:
            items = [one for one in control if local(one.tag) == "item"]
            return Choices(fixed=tuple((_value(one), self._text(one, "label")) for one in items))
        label = _attributes(_child(itemset, "label")).get("ref")
        return Choices(
            nodes=self._compile(itemset.get("nodeset"), path, "choice_filter"),
            value=_attributes(_child(itemset, "value")).get("ref", "name"),
            label=self._compile(label, path, "label"),
        )


def _value(item: Element) -> str:
    value = _child(item, "value")
    return "" if value is None else (value.text or "").strip()
