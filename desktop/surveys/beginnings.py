"""What is wrong with a form as soon as an interview by it begins: defaults, counts, calculations.

It is worked out in the process that reads the form, and told by who asked for that.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.surveys.cells import MANY
from desktop.surveys.form import ASKED, FormNode
from desktop.surveys.interview import Interview
from desktop.surveys.messages import Message
from desktop.surveys.states import FormWords
from desktop.surveys.xpath.nodesets import NO_LIST
from sync.errors import UserError
from sync.language import mark

Fault = dict[str, Any]  # {"name", "column", "text", "values"}
DEFAULT = mark("The default of “{name}”: {wrong}")
AT_ONCE = mark("Question “{name}”, before anything is answered: {wrong}")


def faults_at_beginning(interview: Interview) -> Iterator[Fault]:
    """Of each question whose first value is wrong, or cannot be worked out."""
    told: set[str] = set()
    for state in interview.nodes():
        node = interview.form.nodes[state.path]
        wrong = state.message
        if wrong is None or node.name in told or isinstance(wrong, FormWords):
            continue
        if wrong.text == NO_LIST:  # told already, of each expression
            continue
        failed = not state.value and wrong.values  # of an expression
        if failed or (state.value and node.kind in ASKED and node.calculation is None):
            told.add(node.name)
            column = _column(node) if failed else "default"
            values = {name: str(value) for name, value in wrong.values.items()}
            name = node.name
            if wrong.text == MANY:  # of the repeat, not of what it lies in
                name, column = values["name"], "repeat_count"
            yield {"name": name, "column": column, "text": wrong.text, "values": values}


def _column(node: FormNode) -> str:
    if node.calculation is not None:
        return "calculation"
    return "relevant" if node.relevant is not None else "constraint"


def beginning_message(fault: Mapping[str, Any]) -> Message:
    """The message about such a fault."""
    wrong = UserError(fault["text"], **fault["values"])
    text = DEFAULT if fault["column"] == "default" else AT_ONCE
    said = UserError(text, name=fault["name"], wrong=wrong)
    return Message(said, "survey", column=fault["column"], stops=fault["text"] == MANY)
