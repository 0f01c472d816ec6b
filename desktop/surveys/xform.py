"""The XML of an XForm → the nodes of a form, with all that is not supported said by name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from desktop.surveys.body import Body, attributes, child, normal, resolved
from desktop.surveys.cells import is_template
from desktop.surveys.events import FIRST, NEW, SetValue, setvalues
from desktop.surveys.form import Choices, Drawn, Form, FormNode
from desktop.surveys.kinds import kind_of
from desktop.surveys.markup import parse_xml
from desktop.surveys.messages import Message
from desktop.surveys.pictures import SHOWN, pictures_of
from desktop.surveys.search import Search, label_of, read_search
from desktop.surveys.texts import (
    EMPTY,
    Text,
    attribute_text,
    element_text,
    form_text,
    read_translations,
    text_place,
)
from desktop.surveys.unsupported import remarks
from desktop.surveys.xpath.errors import XPathError
from desktop.surveys.xpath.nodes import Node, document_of, local
from desktop.surveys.xpath.parser import Compiled, compile_expression
from sync.errors import UserError
from sync.language import mark

MOST = 2_000  # questions, notes and calculations: more would slow each answer down
MOST_WRITTEN = 1_000_000  # characters of all expressions: to read them takes seconds
WRITTEN = ("bind", "output", "setvalue", "itemset", "label", "value", "repeat", "input")
TEXT_COLUMNS = {
    "hint": "hint",
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
}
ASPECTS = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "calculate": "calculation",
}  # attribute of a bind: what FormNode calls it


def read_xform(xml: str) -> Form:
    """The parts of a form, not yet connected. Raises UserError where this is no XForm."""
    root = parse_xml(xml)
    model = next((one for one in root.iter() if local(str(one.tag)) == "model"), None)
    body = next((one for one in root.iter() if local(str(one.tag)) == "body"), None)
    main = child(child(model, "instance"), "*")
    if model is None or body is None or main is None:
        raise UserError(mark("This is not an XForm: it has no model, no body or no questions."))
    start = document_of(main).children[0]
    if _count_questions(start) > MOST:
        raise UserError(mark("This form has more than {most} questions."), most=MOST)
    if _count_written(root) > MOST_WRITTEN:
        raise UserError(mark("The expressions of this form are too long, all together."))
    reader = _Reader(model, body, start)
    nodes = reader.nodes()
    return Form(
        title=next((one.text or "" for one in root.iter() if local(str(one.tag)) == "title"), ""),
        id=main.get("id", ""),
        version=attributes(main).get("version", ""),
        languages=reader.languages,
        nodes=nodes,
        instances=reader.instances(),
        texts=reader.texts,
        besides=reader.besides,
        messages=(*remarks(root), *reader.messages),
        start=start,
        pictures=pictures_of(root),
        blanks=dict(reader.blanks(nodes)),
    )


def _count_questions(main: Node) -> int:
    """Notes and calculations count, too; what the form says about itself does not."""
    asked = (one for one in main.children if one.name != "meta")
    below = (node for one in asked for node in (one, *one.below()))
    return sum(not node.children and not node.name.startswith("@") for node in below)


def _count_written(root: Element) -> int:
    """Characters of what may be expressions."""
    return sum(
        len(text)
        for one in root.iter()
        if local(str(one.tag)) in WRITTEN
        for text in one.attrib.values()
    )


class _Reader:
    """Reads one form and collects what is wrong with it."""

    def __init__(self, model: Element, body: Element, start: Node) -> None:
        self._model, self._start = model, start
        self.messages: list[Message] = []
        self.texts, self.besides, self.languages, unread = read_translations(child(model, "itext"))
        for key, wrong in unread.items():
            sheet, name, values = text_place(key)
            self._tell(
                name, wrong, TEXT_COLUMNS.get(key.partition(":")[2], "label"), sheet, values
            )
        top = f"/{start.name}"
        self._binds = {
            resolved(one.get("nodeset", ""), top): attributes(one)
            for one in model
            if local(str(one.tag)) == "bind"
        }
        self._body = Body(body, top)
        # By target and event, of which the last one counts; by the question that is waited for.
        self._set_by: dict[tuple[str, str], SetValue] = {}
        self._set_on: dict[str, list[SetValue]] = defaultdict(list)
        for one in setvalues(model, self._body, top):
            self._set_by |= {(one.target, event): one for event in one.events}
            self._set_on[one.source].append(one)

    def instances(self) -> dict[str, Node]:
        """The lists of choices, by their ids; one that is not there is empty, and this was told."""
        return {
            one.get("id", ""): Node("") if (root := child(one, "*")) is None else document_of(root)
            for one in self._model
            if local(str(one.tag)) == "instance" and "id" in one.attrib
        }

    def blanks(self, nodes: dict[str, FormNode]) -> Iterator[tuple[str, Node]]:
        """Of each repeat its template, or else the first instance that the form shows."""
        for path, node in nodes.items():
            if node.kind == "repeat":
                found = self._start.down(path.split("/")[2:])
                yield path, next(filter(is_template, found), found[0])

    def nodes(self) -> dict[str, FormNode]:
        """All nodes of the main instance, by path, in their order."""
        found: dict[str, FormNode] = {}
        pending = [(self._start, "")]
        while pending:
            node, above = pending.pop()
            path = f"{above}/{node.name}"
            if path not in found:
                found[path] = self._node(node, path)
            pending += [(one, path) for one in reversed(node.children)]
        return found

    def _node(self, node: Node, path: str) -> FormNode:
        bind, control = self._binds.get(path, {}), self._body.controls.get(path)
        repeat = self._body.repeats.get(path)
        aspects = {
            ours: self._compile(bind.get(theirs), path, theirs) for theirs, ours in ASPECTS.items()
        }
        holds = bool(node.children)
        return FormNode(
            path=path,
            kind=kind_of(control, bind, holds, path) if repeat is None else "repeat",
            whole=local(bind.get("type", "")) in ("int", "integer"),
            default="" if holds else node.text,
            first_value=self._set(path, FIRST),
            new_value=self._set(path, NEW),
            triggers=tuple(self._triggers(path)),
            count=self._compile(attributes(repeat).get("count"), path, "repeat_count"),
            fixed=attributes(repeat).get("noAddRemove", "").strip() == "true()",
            bounds=_bounds(control),
            label=self._text(control, "label", path),
            drawn=self._drawn(control),
            hint=self._text(control, "hint", path),
            guidance=form_text(child(control, "hint"), "guidance", self.besides),
            required_message=attribute_text(bind.get("requiredMsg"), self.texts),
            constraint_message=attribute_text(bind.get("constraintMsg"), self.texts),
            choices=self._choices(control, path),
            appearance=_looks(control, repeat),
            preload=bind.get("preload", ""),
            personal=self._personal(path),
            **aspects,
        )

    def _personal(self, path: str) -> bool:
        """Whether an answer tells of who gave it: what the bind, or that of a group around, says."""
        while path:
            said = self._binds.get(path, {}).get("personal", "").strip().lower()
            if said:
                return said not in ("no", "false", "false()")
            path = path.rpartition("/")[0]
        return True

    def _set(self, target: str, event: str) -> Compiled | None:
        """What an event of the form or of its repeats sets a node to."""
        found = self._set_by.get((target, event))
        return None if found is None else self._compile(found.value, target, "default")

    def _triggers(self, path: str) -> Iterator[tuple[str, Compiled]]:
        for one in self._set_on.get(path, ()):
            value = self._compile(one.value, one.target, "calculation")
            if value is not None:
                yield one.target, value

    def _compile(self, text: str | None, path: str, column: str) -> Compiled | None:
        if not text or not text.strip():
            return None
        try:
            return compile_expression(text.strip())
        except XPathError as wrong:
            column = {"calculate": "calculation", "readonly": "read_only"}.get(column, column)
            self._tell(path.rpartition("/")[2], wrong, column, values={"expression": text.strip()})
            return None

    def _text(self, control: Element | None, name: str, path: str) -> Text:
        try:
            return element_text(child(control, name), self.texts)
        except XPathError as wrong:
            self._tell(path.rpartition("/")[2], wrong, name)
            return EMPTY

    def _drawn(self, control: Element | None) -> Drawn:
        label = child(control, "label")
        image, large = (form_text(label, form, self.besides) for form in SHOWN)
        return Drawn(image, large)

    def _tell(
        self,
        name: str,
        wrong: XPathError,
        column: str,
        sheet: str = "survey",
        values: Mapping[str, str] | None = None,
    ) -> None:
        said = UserError(
            mark("Question “{name}”: {wrong}"), name=name, wrong=wrong, **values or {}
        )
        self.messages.append(Message(said, sheet, column=column))

    def _choices(self, control: Element | None, path: str) -> Choices | None:
        if control is None:
            return None
        if query := control.get("query"):  # select_one_external: the list came with the form
            return Choices(nodes=self._compile(query, path, "choice_filter"))
        if local(str(control.tag)) not in ("select", "select1", "rank"):
            return None
        itemset = child(control, "itemset")
        if itemset is None:
            items = [one for one in control if local(str(one.tag)) == "item"]
            if (search := read_search(control.get("appearance", ""))) is not None:
                return self._searched(search, items, path)
            return Choices(
                fixed=tuple((_value(one), self._text(one, "label", path)) for one in items),
                drawn={_value(one): self._drawn(one) for one in items},
            )
        label = attributes(child(itemset, "label")).get("ref")
        value = attributes(child(itemset, "value")).get("ref", "name")
        return Choices(
            nodes=self._compile(itemset.get("nodeset"), path, "choice_filter"),
            value=normal(value),
            label=self._compile(label, path, "label"),
        )

    def _searched(self, search: Search, items: list[Element], path: str) -> Choices:
        """Choices out of a file: the first item that is no number names its columns."""
        own = [one for one in items if _value(one).isdecimal()]
        columns = next((one for one in items if one not in own), None)
        label = child(columns, "label")
        key = "" if label is None else label.get("ref", "")
        text = f"*[name() = {key}]" if key else label_of("" if label is None else label.text or "")
        return Choices(
            fixed=tuple((_value(one), self._text(one, "label", path)) for one in own),
            drawn={_value(one): self._drawn(one) for one in own},
            nodes=self._compile(search.nodes, path, "appearance"),
            value="name" if columns is None else _value(columns),
            label=self._compile(text, path, "label"),
        )


def _looks(*elements: Element | None) -> str:
    """The appearances of a control, or of a repeat and the group around it."""
    return " ".join(filter(None, (attributes(one).get("appearance") for one in elements)))


def _bounds(control: Element | None) -> tuple[str, str, str] | None:
    if control is None or local(str(control.tag)) != "range":
        return None
    return control.get("start", ""), control.get("end", ""), control.get("step", "")


def _value(item: Element) -> str:
    value = child(item, "value")
    return "" if value is None else (value.text or "").strip()
