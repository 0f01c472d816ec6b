"""What the form compiler finds wrong with a workbook by a code of its own, and what we say of it.

What it only says in words is in desktop.surveys.spoken_faults. A test walks the compiler's own
source, so that a new version with a new fault is noticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.language import mark


@dataclass(frozen=True)
class Fault:
    """Our sentence about a fault, and where it is if the compiler does not say so.

    `sample` is a part of what the compiler says: sheet, row and column of most faults follow it.
    """

    words: str
    column: str | None = None
    sheet: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


HEAD = {"row": "1"}  # where the names of columns are

NAME = mark("A name begins with a letter and has only letters, digits, _, - and points.")
NO_QUESTION = mark("There is no question “{q}”. Check the name between the braces.")
NOT_BEGUN = mark("“end {type}” has no “begin {type}” before it.")
NOT_ONE = mark("The name “{q}” appears more than once, so it cannot be referred to.")
MISSPELT = mark("A sheet has a name like “{sheet}”: {candidates}. Is it misspelt?")
PARAMETER = mark("“{name}” must be a number. Write it as in start=1 end=10 step=1.")

CODED: dict[str, Fault] = {
    # Sheets and columns
    "HEADER_001": Fault(
        mark(
            "The first row of the sheet “{sheet_name}” must hold the names of its columns, such as "
            "type, name and label. Put that row on top."
        ),
        values=HEAD,
    ),
    "HEADER_002": Fault(
        mark(
            "“{other}” and “{header}” are two names of one column. Delete or rename one of them."
        ),
        values=HEAD,
    ),
    "HEADER_003": Fault(
        mark(
            "The sheet lacks a column that it must have: {missing}. Add it, or check its spelling."
        ),
        values=HEAD,
    ),
    "HEADER_004": Fault(
        mark("The column “{column}” is left out: its name has a space, or is empty. Rename it.")
    ),
    "HEADER_005": Fault(
        mark("The sheet “entities” has columns that are not known: {columns}. Delete them.")
    ),
    "NAMES_013": Fault(MISSPELT),
    # Names
    "NAMES_001": Fault(
        mark("The name “{value}” appears twice in one group. Rename one of the two.")
    ),
    "NAMES_002": Fault(
        mark(
            "The name “{value}” differs from another only in capital letters, which tables may not "
            "tell apart. Rename one of the two."
        )
    ),
    "NAMES_003": Fault(mark("A repeat cannot be named “{value}”: so the form is. Rename it.")),
    "NAMES_004": Fault(
        mark("Another repeat is named “{value}”, too. Give each repeat a name of its own.")
    ),
    "NAMES_005": Fault(mark("The name “meta” belongs to the form itself. Rename this one.")),
    "NAMES_006": Fault(mark("A choice has no name. Write one that is unique in its list.")),
    "NAMES_007": Fault(mark("Two choices of one list have the same name. Rename one of them.")),
    "NAMES_008": Fault(NAME),
    "NAMES_009": Fault(NAME, "name", "settings"),
    "NAMES_010": Fault(mark("A name here must not begin with two underscores (__). Rename it.")),
    "NAMES_011": Fault(mark("A name here must not have a point in it. Rename it.")),
    "NAMES_012": Fault(mark("“name” and “label” cannot be names here. Write another one.")),
    "NAMES_014": Fault(mark("Two rows have the same “list_name”. Rename or delete one of them.")),
    "NAMES_015": Fault(mark("This row has no “list_name”. Fill it in, or delete the row.")),
    "LABEL_001": Fault(mark("A choice has no label. Write what the interviewer reads out.")),
    # References
    "PYREF_001": Fault(mark("A reference is written as a name in braces after a dollar sign.")),
    "PYREF_002": Fault(mark("Write a comma between two references.")),
    "PYREF_003": Fault(NO_QUESTION),
    "PYREF_004": Fault(NOT_ONE),
    # Groups and parameters
    "SURVEY_001": Fault(NOT_BEGUN, "type"),
    "SURVEY_002": Fault(
        mark("“begin {type}” ({name}) is never closed. Add “end {type}” after it."), "type"
    ),
    "SURVEY_003": Fault(
        mark("“incremental” can only be true. Write incremental=true or delete it.")
    ),
    "SURVEY_004": Fault(
        mark(
            "Parameters are written as name=value, with spaces between them, as in start=1 end=5."
        )
    ),
    "SURVEY_005": Fault(
        mark("This type does not take the parameter “{rejected}”, only {accepted}. Delete it.")
    ),
    "SURVEY_006": Fault(
        mark(
            "“reference-geometry” must be the name of a list or file, or a reference to a repeat. "
            "Correct it, or delete the parameter."
        )
    ),
    "SURVEY_007": Fault(mark("“capture-accuracy” must be a number of metres.")),
    "SURVEY_008": Fault(mark("“warning-accuracy” must be a number of metres.")),
    "SURVEY_009": Fault(mark("“allow-mock-accuracy” must be true or false.")),
    # Ranges
    "RANGE_001": Fault(PARAMETER),
    "RANGE_002": Fault(mark("“{name}” must not be 0. Write the size of one step of the range.")),
    "RANGE_003": Fault(
        mark("“{name}” is larger than the range from start to end. Make it smaller.")
    ),
    "RANGE_004": Fault(mark("“{name}” must be a whole number of steps. Correct it, or “step”.")),
    "RANGE_005": Fault(mark("“{name}” must lie between start and end. Correct it.")),
    "RANGE_006": Fault(
        mark(
            "“tick_labelset” must be the name of a list on the sheet “choices”. Check its spelling."
        )
    ),
    "RANGE_007": Fault(
        mark("With “no-ticks”, the list of “tick_labelset” must have two choices: start and end.")
    ),
    "RANGE_008": Fault(
        mark(
            "“tick_interval”, “placeholder” and “tick_labelset” do not go with this appearance. "
            "Empty it, or write vertical or no-ticks."
        )
    ),
    "RANGE_009": Fault(
        mark("The choices in the list of “tick_labelset” must be numbers. Correct their names.")
    ),
    "RANGE_010": Fault(
        mark("The choices in the list of “tick_labelset” must lie between start and end.")
    ),
    "RANGE_011": Fault(
        mark("The choices in the list of “tick_labelset” must be start plus some times “{name}”.")
    ),
    "RANGE_012": Fault(
        mark("With “no-ticks”, the choices of “tick_labelset” must be the start and the end.")
    ),
    # Entities, which this program does not keep
    "ENTITY_001": Fault(
        mark("“save_to” needs a sheet “entities”. Empty this cell: the program keeps no entities.")
    ),
    "ENTITY_002": Fault(
        mark("Row {other_row} saves to “{saveto}” already. Rename or empty one of the two.")
    ),
    "ENTITY_003": Fault(mark("A group or repeat cannot be saved to an entity. Empty this cell.")),
    "ENTITY_004": Fault(
        mark("There is no list “{dataset}” on the sheet “entities”. Check its spelling.")
    ),
    "ENTITY_005": Fault(
        mark("The list “{dataset}” makes entities and so needs a label. Fill in “label”."), "label"
    ),
    "ENTITY_006": Fault(
        mark(
            "The list “{dataset}” has “create_if” and “entity_id” and so needs “update_if”. Fill it "
            "in, or empty “entity_id”."
        ),
        "update_if",
    ),
    "ENTITY_007": Fault(
        mark(
            "The list “{dataset}” has “update_if” and so needs “entity_id”. Fill it in, or move the "
            "condition to “create_if”."
        ),
        "entity_id",
    ),
    "ENTITY_008": Fault(
        mark("There are several lists of entities: write the list as well, as in list#property.")
    ),
    "ENTITY_009": Fault(
        mark(
            "Row {other_row} makes an entity in “{scope}” already, and each group makes only one. "
            "Delete one of the two rows."
        ),
        "list_name",
    ),
    "ENTITY_011": Fault(
        mark(
            "The list “{dataset}” belongs to “{other_scope}”, but this cell lies in “{scope}”. Bring "
            "the answer there by a row “calculate” and save that one."
        )
    ),
    "ENTITY_012": Fault(
        mark(
            "The list “{dataset}” belongs to “{other_scope}”, but “{question}” lies in “{scope}”. "
            "Bring the answer there by a row “calculate” and refer to that one."
        ),
        "label",
    ),
    "ENTITY_013": Fault(mark("“save_to” has one # at most, as in list#property.")),
}
