"""Why a form that people were asked by is not changed any more: what both ends say of it."""

from sync.language import mark

FORM_USED = mark(
    "“{wave}” asks by this version, so it stays as it is: its answers would mean something else. "
    "Publish a new version; the wave goes on with this one."
)
FORM_FILLED = mark(
    "This version was filled in already, so it stays as it is: the answers would mean something else. "
    "Publish a new version; what was filled in stays readable."
)
