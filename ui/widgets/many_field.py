"""Several of many as a field of a form."""

from typing import Any

from sync.records.base import Field
from ui.widgets.form_field import FormField
from ui.widgets.many_input import ManyInput, Pairs


class ManyField(FormField):
    """A field of a record that holds several keys, each with its words."""

    def __init__(self, field: Field, pack: Any) -> None:
        super().__init__(field, pack)
        self.input.adder.setAccessibleName(field.words())

    def value(self) -> Any:
        """The keys, or None."""
        return self.input.value()

    def set_choices(self, pairs: Pairs) -> None:
        """What may be chosen."""
        self.input.set_choices(pairs)

    def _make_input(self) -> Any:
        return ManyInput()

    def _typed(self, value: Any) -> Any:
        return value
