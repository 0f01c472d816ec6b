"""Functions that are no functions here: of the specification but not run, or of another dialect.

What is said names the dialect and what to write instead, for the form was made for somebody.
"""

from collections.abc import Container

from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

UNSUPPORTED = frozenset({"extract-signed", "intersects", "property"})
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
            *("CONCATENATE", "CONCAT", "LEN", "ISBLANK", "IFERROR", "COUNTIF", "TEXT", "COUNTA"),
            *("SUMIF", "IFS", "XLOOKUP", "SQRT", "ABS", "UPPER", "LOWER", "TRIM", "YEAR", "MONTH"),
            *("ЕСЛИ", "И", "ИЛИ", "НЕ", "СУММ", "СЧЁТ", "СЧЕТ", "МИН", "МАКС", "СРЗНАЧ", "ОКРУГЛ"),
            *("СЕГОДНЯ", "ДАТА", "ВПР", "СЦЕПИТЬ", "ДЛСТР", "СУММЕСЛИ", "СЧЁТЕСЛИ", "ЕСЛИОШИБКА"),
        }
    ),
    "Survey Solutions": frozenset(
        {
            *("InRange", "InList", "IsAnswered", "ContainsAny", "ContainsOnly", "ContainsAll"),
            *(
                "ContainsAnyOtherThan",
                "IsNoneOf",
                "IsAnyOf",
                "CountValue",
                "CountValues",
                "IsValidEmail",
            ),
            *(
                "FullYearsSince",
                "FullYearsBetween",
                "CenturyMonthCode",
                "IsDate",
                "Length",
                "Contains",
            ),
            *(
                "StartsWith",
                "EndsWith",
                "GpsDistance",
                "InsideShape",
                "Quest",
                "IsMissing",
                "Any",
                "All",
            ),
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
    "ЕСЛИ": "if",
    "СУММ": "sum",
    "СЧЁТ": "count",
    "СЧЕТ": "count",
    "МИН": "min",
    "МАКС": "max",
    "НЕ": "not",
    "ОКРУГЛ": "round",
    "СЕГОДНЯ": "today",
    "ДАТА": "date",
    "СЦЕПИТЬ": "concat",
    "ДЛСТР": "string-length",
    "ВПР": "pulldata",
    "Contains": "contains",
    "StartsWith": "starts-with",
    "EndsWith": "ends-with",
    "Length": "string-length",
    "ContainsAny": "selected",
    "ContainsAll": "selected",
    "CountValue": "count-selected",
    "IsAnyOf": "selected",
    "GpsDistance": "distance",
    "COUNTA": "count-non-empty",
    "SQRT": "sqrt",
    "ABS": "abs",
    "UPPER": "translate",
    "LOWER": "translate",
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
    "LEFT": "substr",
    "format-dateTime": "format-date-time",
    "choice-name": "jr:choice-name",
    "itext": "jr:itext",
    "lower-case": "translate",
    "upper-case": "translate",
}


EXAMPLES = {  # of what takes more than another name
    **dict.fromkeys(("count-if", "COUNTIF", "СЧЁТЕСЛИ", "CountValues"), "count(${q}[. > 1])"),
    **dict.fromkeys(("sum-if", "SUMIF", "СУММЕСЛИ"), "sum(${q}[. > 1])"),
    **dict.fromkeys(("max-if", "min-if"), "max(${q}[. > 1])"),
    "join-if": "join(', ', ${q}[. != ''])",
    **dict.fromkeys(("AVERAGE", "СРЗНАЧ", "avg"), "sum(${q}) div count(${q})"),
    **dict.fromkeys(("AND", "И", "All"), "${a} = 1 and ${b} = 2"),
    **dict.fromkeys(("OR", "ИЛИ", "Any"), "${a} = 1 or ${b} = 2"),
    **dict.fromkeys(("IsAnswered", "exists", "relevant"), "${q} != ''"),
    **dict.fromkeys(("ISBLANK", "IsMissing", "empty"), "${q} = ''"),
    **dict.fromkeys(("IFERROR", "ЕСЛИОШИБКА"), "coalesce(${q}, 0)"),
    "IFS": "if(${q} = 1, 'a', if(${q} = 2, 'b', 'c'))",
    "InRange": ". >= 1 and . <= 9",
    **dict.fromkeys(("InList", "IsNoneOf"), "selected('1 2 3', .)"),
    **dict.fromkeys(("XLOOKUP", "INDEX", "MATCH"), "pulldata('file', 'column', 'key', ${q})"),
    **dict.fromkeys(("TRIM",), "normalize-space(${q})"),
    "YEAR": "format-date(${q}, '%Y')",
    "MONTH": "format-date(${q}, '%n')",
    **dict.fromkeys(("FullYearsSince",), "int((today() - ${q}) div 365.25)"),
    "RIGHT": "substr(${q}, -2)",
    "TEXT": "string(${q})",
}
SIGNS = {  # of other languages: what is written here
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "&": "and",
    "||": "or",
    "!": "not(…)",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "−": "-",
    "–": "-",
    "%": "mod",
    "^": "pow(…, …)",
    ";": ",",
    "«": "'",
    "»": "'",
    "“": "'",
    "”": "'",
    "„": "'",
    "`": "'",
    "$": "${name}",
    "{": "${name}",
    "/": "div",
}
WORDS = {
    **dict.fromkeys(("and", "и", "және", "мен", "пен"), "and"),
    **dict.fromkeys(("or", "или", "немесе", "әлде"), "or"),
    **dict.fromkeys(("div", "mod"), "div"),
}
HINT = mark("“{found}” at character {position} does not belong here. Write “{instead}”.")


def hint(found: str, position: int) -> XPathError | None:
    """What to say of a sign or word of another language that stands where none can."""
    instead = SIGNS.get(found) or WORDS.get(found.lower())
    if instead is None or instead == found:
        return None
    return XPathError(HINT, position, found=found, instead=instead)


def unknown_function(name: str, position: int, known: Container[str] = ()) -> XPathError:
    """What to say of a name that no function of ours has; `known` are those that there are."""
    if name in UNSUPPORTED:
        text = mark("The function {name}() is not supported (character {position}).")
        return XPathError(text, position, name=name)
    name = name.rpartition(".")[2] or name  # self.InRange
    dialect = next((one for one, names in DIALECTS.items() if name in names), "")
    instead = INSTEAD.get(name) or (name.lower() if name.lower() in known else "")
    if dialect and (example := EXAMPLES.get(name)):
        text = mark(
            "{name}() at character {position} is a function of {dialect}, not of the standard of "
            "forms. Write it as {example}."
        )
        return XPathError(text, position, name=name, dialect=dialect, example=example)
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
