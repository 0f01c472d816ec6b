"""What the form compiler says without a code: known by its words, and what we say instead."""

import re

from desktop.surveys.faults import HEAD, MISSPELT, NO_QUESTION, NOT_ONE, Fault
from sync.language import mark

TWICE = mark("The column “{column}” appears twice. Rename or delete one of the two.")
DAMAGED = mark("The workbook is damaged or has a password. Save it again and try that one.")
NO_SURVEY = mark(
    "The workbook has no sheet “survey”, only {names}. Name the one with the questions “survey”."
)
NO_CODE = mark("A column's language has no code: {languages}. Write it as “Қазақша (kk)”.")
NOT_LISTED = mark("The list “{list}” is not on the sheet “choices”.")
NO_LISTS = mark("The workbook has no sheet “choices” for its lists.")

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
        Fault(NO_LISTS, None, "choices"),
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
        Fault(
            mark(
                "This question has no type. Fill in “type”: of merged cells only the first one counts."
            ),
            "type",
        ),
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
        Fault(NOT_LISTED, "type"),
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
        r"File name for '\S+ (?P<file>.*)' should end with ",
        Fault(mark("The name of the file “{file}” must end with .csv, .xml or .geojson."), "type"),
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
        Fault(
            mark("“media::{type}” is no kind of media. Write image, audio or video."), values=HEAD
        ),
    ),
    (
        r"To use big-image.* element named (?P<name>.*)\.",
        Fault(mark("“{name}” has a big-image but no image. Fill in “image” as well."), "image"),
    ),
    (
        r"language declarations .* machine-readable codes: (?P<languages>.*)\. Learn",
        Fault(
            NO_CODE,
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
