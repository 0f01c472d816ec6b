"""All inputs of a form in one place.

Each has value(), set_value(value), set_read_only(closed) and the signal changed().
"""

from ui.widgets.date_inputs import DateInput, TimeInput
from ui.widgets.search_inputs import ChoiceInput, PlacePicker
from ui.widgets.text_inputs import CheckInput, LongText, MoneyInput, NumberInput, TextLine

__all__ = [
    "CheckInput",
    "ChoiceInput",
    "DateInput",
    "LongText",
    "MoneyInput",
    "NumberInput",
    "PlacePicker",
    "TextLine",
    "TimeInput",
]
