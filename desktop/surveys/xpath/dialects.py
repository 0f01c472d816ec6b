"""Functions that are no functions here: of the specification but not run, or of another dialect.

What is said names the dialect and what to write instead, for the form was made for somebody.
"""

from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

UNSUPPORTED = frozenset({"extract-signed", "id", "intersects", "lang", "property"})
DIALECTS = {
    "SurveyCTO": frozenset(
        {
            *("count-if", "sum-if", "max-if", "min-if", "join-if", "rank-value", "rank-index"),
            *("rank-index-if", "item-at", "item-index", "item-present", "count-items", "duration"),
            *("de-duplicate", "format-number", "empty", "hash", "linebreak", "relevant", "index"),
            *("phone-call-log", "phone-call-duration", "collect-is-phone-app", "version"),
            *("plug-in-metadata", "geo-scatter", "short-geopoint", "distance-between"),
            *("username", "device-info", "enum-id", "sensor-name", "choice-label", "filter-if"),
        }
    ),
    "CommCare": frozenset(
        {
            *("cond", "depend", "upper-case", "lower-case", "replace", "checksum", "sleep"),
            *("distinct-values", "sort", "sort-by", "unique-id", "is-selected", "format-address"),
            *("encrypt-string", "index-of", "closest-point-on-polygon", "sum-distinct"),
        }
    ),
    "Excel": frozenset(
        {
            *("IF", "AND", "OR", "NOT", "SUM", "COUNT", "AVERAGE", "MIN", "MAX", "ROUND"),
            *("TODAY", "NOW", "DATE", "VLOOKUP", "INDEX", "MATCH", "LEFT", "RIGHT", "MID"),
            *("CONCATENATE", "CONCAT", "LEN", "ISBLANK", "IFERROR", "COUNTIF", "TEXT"),
        }
    ),
    "XPath 2": frozenset(
        {
            *("matches", "tokenize", "string-join", "avg", "exists", "current-date", "data"),
            *("current-dateTime", "empty", "distinct-values", "format-dateTime", "head", "tail"),
        }
    ),
}
INSTEAD = {
    "IF": "if",
    "NOT": "not",
    "SUM": "sum",
    "COUNT": "count",
    "MIN": "min",
    "MAX": "max",
    "ROUND": "round",
    "TODAY": "today",
    "NOW": "now",
    "DATE": "date",
    "VLOOKUP": "pulldata",
    "CONCATENATE": "concat",
    "CONCAT": "concat",
    "LEN": "string-length",
    "MID": "substr",
    "cond": "if",
    "is-selected": "selected",
    "item-at": "selected-at",
    "index": "position",
    "distance-between": "distance",
    "matches": "regex",
    "string-join": "join",
    "current-date": "today",
    "current-dateTime": "now",
    "choice-label": "jr:choice-name",
    "hash": "digest",
    "count-items": "count-selected",
    "item-present": "selected",
    "replace": "translate",
    "unique-id": "uuid",
    "COUNTIF": "count",
    "LEFT": "substr",
    "format-dateTime": "format-date-time",
    "choice-name": "jr:choice-name",
    "itext": "jr:itext",
    "lower-case": "translate",
    "upper-case": "translate",
    "RIGHT": "substr",
}


def unknown_function(name: str, position: int) -> XPathError:
    """What to say of a name that no function of ours has."""
    if name in UNSUPPORTED:
        text = mark("The function {name}() is not supported (character {position}).")
        return XPathError(text, position, name=name)
    dialect = next((one for one, names in DIALECTS.items() if name in names), "")
    instead = INSTEAD.get(name, "")
    if dialect and instead:
        text = mark(
            "{name}() at character {position} is a function of {dialect}, not of the standard "
            "of forms. Try {instead}()."
        )
        return XPathError(text, position, name=name, dialect=dialect, instead=instead)
    if dialect:
        text = mark(
            "{name}() at character {position} is a function of {dialect}, not of the standard of "
            "forms. Write it with functions of the standard."
        )
        return XPathError(text, position, name=name, dialect=dialect)
    if instead:
        text = mark("There is no function {name}() (character {position}). Try {instead}().")
        return XPathError(text, position, name=name, instead=instead)
    return XPathError(
        mark("There is no function {name}() (character {position})."), position, name=name
    )
