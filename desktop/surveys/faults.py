"""What the form compiler may find wrong with a workbook, and what we say of it.

Some of its faults have a code, of the rest the sentence is known by its words. A test walks the
compiler's own source, so that a new version with a new fault is noticed.
"""

import re
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
TWICE = mark("The column “{column}” appears twice.")
DAMAGED = mark("The workbook is damaged or has a password. Save it again and try that one.")
NO_QUESTION = mark("There is no question “{q}”. Check the name between the braces.")
NOT_ONE = mark("The name “{q}” appears more than once, so it cannot be referred to.")
NO_SURVEY = mark("The workbook has no sheet “survey”. It holds the questions; name it so.")
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
    "SURVEY_001": Fault(mark("“end {type}” has no “begin {type}” before it."), "type"),
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

_SPOKEN: list[tuple[str, Fault]] = [
    # Sheets
    (
        r"must have a sheet named 'survey'.*similar names were found: (?P<candidates>.*)\.",
        Fault(MISSPELT, values={"sheet": "survey"}),
    ),
    (r"must have a sheet named '?survey|no survey", Fault(NO_SURVEY)),
    (
        r"'(?P<sheet>settings|entities)'.*similar names were found: (?P<candidates>.*?)\.",
        Fault(MISSPELT),
    ),
    (
        r"should be an? (?P<sheet>\w+) sheet.*similar names were found: (?P<candidates>.*?)\. ",
        Fault(MISSPELT),
    ),
    (
        r"should be a choices sheet",
        Fault(mark("The workbook has no sheet “choices” for its lists."), None, "choices"),
    ),
    (
        r"should be an external_choices sheet|the 'external_choices' sheet is missing",
        Fault(
            mark(
                "The workbook has no sheet “external_choices”. Add it, with the columns list_name, "
                "name and label, or write select_one instead of select_one_external."
            ),
            None,
            "external_choices",
        ),
    ),
    (r"Duplicate column header: (?P<column>.*)", Fault(TWICE, values=HEAD)),
    (
        r"form_id and id_string column headers",
        Fault(
            mark("“form_id” and “id_string” are two names of one column. Delete “id_string”."),
            "id_string",
            "settings",
        ),
    ),
    (
        r"invalid date on the (?P<at>\S+) sheet, under the (?P<column>.+?) column",
        Fault(mark("The cell holds a date that Excel itself cannot tell. Type it as text.")),
    ),
    (r"Error reading \.|not recognized as a supported type|could not be read", Fault(DAMAGED)),
    # Rows
    (
        r"Unknown question type '(?P<type>[^']*)'",
        Fault(mark("The question type “{type}” is not known."), "type"),
    ),
    (
        r"Question with no type",
        Fault(mark("This question has no type. Fill in the column “type”."), "type"),
    ),
    (
        r"with no name",
        Fault(mark("This question or group has no name. Fill in the column “name”."), "name"),
    ),
    (
        r"named '(?P<name>[^']*)' has no label",
        Fault(mark("The question “{name}” has no label. Write what is asked."), "label"),
    ),
    (
        r"\w has no label: (?:\{'name': '(?P<name>[^']*)')?",
        Fault(mark("“{name}” has no label: nobody sees what repeats. Write it."), "label"),
    ),
    (
        r"Missing calculation",
        Fault(
            mark("This row calculates, but its “calculation” is empty. Fill it in."), "calculation"
        ),
    ),
    (
        r"Row without name, text, or label is being skipped",
        Fault(mark("This row has no type, name or label and is left out.")),
    ),
    (
        r"'disabled' column header",
        Fault(
            mark("The column “disabled” is not of the standard. Write “relevant” with false()."),
            "disabled",
        ),
    ),
    (
        r"(?P<type>\S+) is no longer supported on most devices",
        Fault(mark("“{type}” stays empty: answers are anonymous. Delete the row."), "type"),
    ),
    (
        r"This section has not been included",
        Fault(
            mark("A part in another file cannot be included. Copy its rows into this sheet."),
            "type",
        ),
    ),
    (
        r"The question \$\{+(?P<q>[^}]*)\}+ is not user-visible .*question \$\{+(?P<name>[^}]*)\}",
        Fault(
            mark("“{q}” is not asked, so no answer to it can trigger “{name}”. Name a question."),
            "trigger",
        ),
    ),
    (r"no survey element named '(?P<q>[^']*)'", Fault(NO_QUESTION)),
    (r"multiple survey elements named '(?P<q>[^']*)'", Fault(NOT_ONE)),
    (
        r"'background-geopoint'.*'calculation' column must be empty",
        Fault(
            mark("A row “background-geopoint” calculates nothing. Empty this cell."), "calculation"
        ),
    ),
    (
        r"'background-geopoint'.*'trigger' column must not be empty",
        Fault(
            mark("A row “background-geopoint” needs a trigger: the question that it waits for."),
            "trigger",
        ),
    ),
    # Lists and choices
    (
        r"List name not in (?:choices|columns) sheet: (?P<list>.*)",
        Fault(mark("The list “{list}” is not on the sheet “choices”."), "type"),
    ),
    (
        r"List name not in external choices sheet: (?P<list>.*)",
        Fault(mark("The list “{list}” is not on the sheet “external_choices”."), "type"),
    ),
    (
        r"loop without list name",
        Fault(mark("A loop goes over a list: write “begin loop over” and its name."), "type"),
    ),
    (
        r"File name for '\S+ (?P<file>.*)' should end with .*extensions: (?P<endings>.*)",
        Fault(mark("The file “{file}” must end with {endings}."), "type"),
    ),
    (
        r"Choice names with spaces .* See \[(?P<choice>.*)\] in \[(?P<list>.*)\]",
        Fault(
            mark(
                "The name “{choice}” in the list “{list}” has a space, which parts the answers of "
                "select_multiple. Write _ instead."
            ),
            "name",
            "choices",
        ),
    ),
    (
        r"Choice filter not supported with or_other",
        Fault(
            mark(
                "“or_other” does not go with a choice_filter. Add the choice “other” to the list."
            ),
            "choice_filter",
        ),
    ),
    (
        r"specify choices for this 'or other'|should be choices for this question"
        r"|'itemset' and 'list_name'",
        Fault(mark("This question needs choices. Write its list on the sheet “choices”."), "type"),
    ),
    (
        r"select one external is only meant for filtered",
        Fault(
            mark("select_one_external needs a choice_filter. Write it, or use select_one."),
            "choice_filter",
        ),
    ),
    (
        r"Choice filter not supported for table-list",
        Fault(
            mark("A choice_filter does not go with “table-list”. Empty one of the two."),
            "choice_filter",
        ),
    ),
    (
        r"Badly formatted table list.*match: (?P<one>\S+) vs\. (?P<other>\S+)",
        Fault(
            mark("All questions of a “table-list” share one list, not “{one}” and “{other}”."),
            "type",
        ),
    ),
    (
        r"The name '(?P<name>.*)' was found \w+ time",
        Fault(
            mark("The list “{name}” comes from two places. Rename one of the files or rows."),
            "name",
        ),
    ),
    (
        r"same instance id .* Instance name: '(?P<name>[^']*)'.*Existing URI: '(?P<one>[^']*)'"
        r".*Duplicate URI: '(?P<other>[^']*)'",
        Fault(mark("“{name}” is the list of two files: {one} and {other}. Rename one of them.")),
    ),
    (
        r"Question '(?P<name>[^']*)' is a select from file type, using 'search\(\)'",
        Fault(
            mark("“{name}” takes its choices from a file and needs no search(). Delete it here."),
            "appearance",
        ),
    ),
    (
        r"Question '(?P<name>[^']*)' uses 'search\(\)'.*choice list name '(?P<list>[^']*)'",
        Fault(
            mark(
                "“{name}” looks its choices up with search(), so no other question can use its list "
                "“{list}”. Make a list of its own."
            ),
            "appearance",
        ),
    ),
    (
        r"Found a cascading_select (?P<type>\S+),",
        Fault(mark("“{type}” is old. Write select_one with a choice_filter instead."), "type"),
    ),
    # Media and languages
    (
        r"Media type: (?P<type>.*) not supported",
        Fault(mark("“media::{type}” is no kind of media. Write image, audio or video.")),
    ),
    (
        r"To use big-image.* element named (?P<name>.*)\.",
        Fault(mark("“{name}” has a big-image but no image. Fill in “image” as well."), "image"),
    ),
    (
        r"language declarations .* machine-readable codes: (?P<languages>.*)\. Learn",
        Fault(
            mark("A column's language has no code: {languages}. Write it as “Қазақша (kk)”."),
            "label",
            "survey",
            HEAD,
        ),
    ),
    (
        r"Language '(?P<language>.*)' is missing the (?P<sheet>\w+) (?:columns )?(?P<columns>.*?)"
        r"(?: column)?\.$",
        Fault(
            mark(
                "The language “{language}” lacks columns on the sheet “{sheet}”: {columns}. Another "
                "language is shown there."
            ),
            values=HEAD,
        ),
    ),
    (
        r"This form uses or_other and translations",
        Fault(
            mark(
                "“or_other” adds a question in English. Add the choice “other” and a question of "
                "your own instead."
            ),
            "type",
            values={"part": "or_other"},
        ),
    ),
    # Parameters
    (
        r"Use the max-pixels parameter",
        Fault(mark("Photos are made smaller by the program itself."), "parameters"),
    ),
    (
        r"(?:^|\s)(?P<part>[\w-]+) must be set to (?P<values>[\w-]+(?: or \w+)?)",
        Fault(mark("“{part}” must be {values}."), "parameters"),
    ),
    (
        r"Parameter (?P<part>[\w-]+) must be set to (?P<values>.*?):\s*'",
        Fault(mark("“{part}” must be {values}."), "parameters"),
    ),
    (
        r"Parameter (?P<part>[\w-]+) must have an integer value",
        Fault(mark("“{part}” must be a whole number."), "parameters"),
    ),
    (
        r"Parameter (?P<part>[\w-]+) must be greater +than or equal to (?P<least>[\w-]+)",
        Fault(mark("“{part}” must be at least {least}."), "parameters"),
    ),
    (
        r"To include location information in the audit, (?P<names>.*) are required",
        Fault(
            mark("Of the places in “audit” all three are needed: {names}."),
            "parameters",
            values={"part": "location-"},
        ),
    ),
    (
        r"(?P<part>seed) value must be a number",
        Fault(mark("“{part}” must be a number, or a reference to a question."), "parameters"),
    ),
    (
        r"include randomize=true to use a (?P<part>seed)",
        Fault(mark("“{part}” needs randomize=true beside it."), "parameters"),
    ),
    (
        r"Invalid value for (?P<part>quality)",
        Fault(mark("“{part}” must be normal, low, voice-only or external."), "parameters"),
    ),
    (
        r"Parameter '(?P<part>app)' has an invalid",
        Fault(
            mark("“{part}” names no program. Delete it: photos are chosen as files."), "parameters"
        ),
    ),
    (
        r"Audits must always be named 'audit",
        Fault(mark("A row “audit” has no name of its own. Empty this cell."), "name"),
    ),
    # Settings
    (
        r"Cannot omit instanceID",
        Fault(
            mark("“omit_instanceID” does not go with “public_key”. Delete one of the two."),
            "omit_instanceID",
            "settings",
        ),
    ),
    (
        r"Survey cannot have an empty id_string",
        Fault(mark("The form has no id. Fill in “form_id”."), "form_id", "settings"),
    ),
]
SPOKEN = [(re.compile(pattern, re.DOTALL), fault) for pattern, fault in _SPOKEN]
