"""What this program itself finds wrong with a form before or after it is compiled, by its codes."""

from desktop.surveys.faults import HEAD, Fault
from desktop.surveys.spoken_faults import DAMAGED
from sync.language import mark

TOO_LARGE = mark("The workbook is too large when unpacked, and was not opened.")
CRASHED = mark(
    "The form compiler failed at this workbook ({words}). Write what is here more simply."
)
UNKNOWN = mark("The form compiler says: {words}")

OWN: dict[str, Fault] = {
    # Of the whole file
    "empty": Fault(mark("The file is empty. Save the form again and try that one.")),
    "not_workbook": Fault(
        mark(
            "This is not an Excel workbook. Open it in Excel, save it as “Excel workbook (.xlsx)” "
            "and try that one."
        )
    ),
    "opendocument": Fault(
        mark("This is an OpenDocument file. Save the form as .xlsx and try again.")
    ),
    "locked": Fault(
        mark(
            "The workbook has a password. In Excel, take it away in File → Info → Protect "
            "workbook, save, and try again."
        )
    ),
    "one_sheet": Fault(
        mark(
            "This is one sheet of a form, saved as CSV. Save the whole workbook as .xlsx instead."
        )
    ),
    "damaged": Fault(DAMAGED),
    "too_large": Fault(TOO_LARGE),
    "too_many_cells": Fault(
        mark(
            "The workbook has more than 250,000 filled cells, and was not opened. Put long lists "
            "into a CSV file beside it."
        )
    ),
    "entities": Fault(
        mark("The workbook declares XML entities. No spreadsheet does; it was not opened.")
    ),
    # Of files beside it
    "list": Fault(
        mark(
            "The list in “{file}” cannot be read. It must be CSV, GeoJSON or XML in UTF-8, up to 5 "
            "MB."
        )
    ),
    "list_long": Fault(
        mark("The list in “{file}” has more than {most} rows. Make it shorter, or two of it.")
    ),
    "list_column": Fault(
        mark("The column “{column}” of “{file}” is left out: its name is no name in a form.")
    ),
    "picture": Fault(
        mark(
            "“{picture}” of “{name}” is not shown: it is damaged, has too many pixels, or is no "
            "picture. Save it as JPEG, PNG or WebP."
        )
    ),
    "picture_missing": Fault(
        mark(
            "“{picture}” of “{name}” is not shown: there is no such file. Put it beside the form, or "
            "into the folder of its media."
        )
    ),
    "picture_name": Fault(
        mark(
            "“{picture}” of “{name}” is not shown: write the bare name of a file, without a folder, an "
            "address or an answer in it."
        )
    ),
    "pictures_large": Fault(
        mark(
            "“{picture}” of “{name}” is not shown: with it the pictures of this form are more than 1 "
            "MB. Use fewer, or smaller ones."
        )
    ),
    # Of its sheets
    "nested": Fault(mark("More than {most} groups stand within each other here. Use fewer.")),
    "no_head": Fault(
        mark(
            "The first row of the sheet “{sheet}” must hold the names of its columns, such as "
            "type, name and label. Put that row on top."
        ),
        values=HEAD,
    ),
    "no_lists": Fault(
        mark("The sheet “choices” has no lists. Each of its rows needs a list_name and a name."),
        "list_name",
        values=HEAD,
    ),
    "no_questions": Fault(mark("The sheet “survey” has no questions yet.")),
    "column": Fault(
        mark("The column “{column}” is not known and is left out. Is it “{near}”? Rename it.")
    ),
    "excel_error": Fault(mark("Excel shows an error in this cell: {found}. Correct it.")),
    # Of its rows
    "type": Fault(
        mark("The question type “{type}” is not known. Write text, integer, select_one …")
    ),
    "type_meant": Fault(mark("The question type “{type}” is not known. Write “{near}”.")),
    "type_of_dialect": Fault(
        mark(
            "“{type}” is a question type of {dialect}, not of the standard of forms. Delete the row."
        )
    ),
    "type_of_dialect_instead": Fault(
        mark(
            "“{type}” is a question type of {dialect}, not of the standard of forms. Try “{near}”."
        )
    ),
    "name": Fault(
        mark(
            "The name “{value}” cannot be used. A name begins with a letter and has only letters, "
            "digits, _, - and points."
        ),
        "name",
    ),
    "not_closed_so": Fault(
        mark(
            "Row {open_row} began a {open_type}: close it with “end {open_type}”, not “end {type}”."
        ),
        "type",
    ),
    # Of references
    "alike": Fault(
        mark(
            "There is no question “{q}”, but one that looks the same with other letters (Cyrillic "
            "or Latin, small or capital) in row {near_row}. Copy its name from there."
        )
    ),
    "near": Fault(mark("There is no question “{q}”. Is “{near}” meant?")),
    "list_near": Fault(
        mark("There is no list “{list}” on the sheet “choices”. Is “{near}” meant?"), "type"
    ),
    "list_alike": Fault(
        mark(
            "There is no list “{list}” on the sheet “choices”, but one that looks the same with "
            "other letters (Cyrillic or Latin, small or capital). Copy its name from there."
        ),
        "type",
    ),
    "blanks": Fault(mark("No blanks stand between the braces: write ${{{q}}}.")),
}
