"""What of the standard this program does not run or show, said by name when a form is read.

`docs/forms.md` lists all of the standard, and what is said of each; nothing is left out in silence.
What stops a form cannot be answered as its author meant it; the rest is for the author to know.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from desktop.surveys.body import CONTROLS, attributes
from desktop.surveys.events import CHANGED, FIRST, NEW, OLD
from desktop.surveys.messages import Message
from desktop.surveys.pictures import SHOWN
from desktop.surveys.search import read_search
from desktop.surveys.texts import text_place
from desktop.surveys.xpath.nodes import local
from sync.errors import UserError
from sync.language import mark

EVENTS = {FIRST, NEW, CHANGED, *OLD}
TYPES = {
    *("string", "int", "integer", "boolean", "decimal", "date", "time", "dateTime"),
    *("geopoint", "geotrace", "geoshape", "binary", "barcode", "intent"),
    *("select", "select1", "rank"),
}
TYPED = {"barcode", "intent"}  # of a bind
PLACES = {"geopoint", "geotrace", "geoshape"}
HARMLESS = {"uid", "date"}  # preloads: an id we make ourselves, and the day
LOOKS = {
    *("field-list", "pages", "likert", "multiline", "numbers", "masked", "quick", "quickcompact"),
    *("minimal", "autocomplete", "horizontal-minimal", "horizontal", "horizontal-compact"),
    *("compact", "columns", "columns-pack", "label", "list-nolabel", "list", "table-list"),
    *("month-year", "year", "no-calendar", "picker", "no-ticks"),
}  # appearances that the interview screen draws
IN_BODY = {
    *("body", "group", "repeat", "label", "hint", "value", "output", "item", "itemset"),
    *("setvalue", "setgeopoint", "recordaudio", "help", "alert", *CONTROLS),
}
OF_BIND = {
    *("nodeset", "type", "readonly", "required", "relevant", "constraint", "calculate"),
    *("requiredMsg", "constraintMsg", "preload", "preloadParams", "id"),
    "personal",  # our own: see FormNode
}
OF_CONTROL = {
    *("ref", "nodeset", "appearance", "count", "noAddRemove", "mediatype", "query", "id", "bind"),
    *("start", "end", "step", "value", "event"),
}

NOT_SENT = {
    *("timeStart", "timeEnd", "userID", "deviceID", "email", "phoneNumber"),
    *("deprecatedID", "audit", "entity"),
}  # of what a form says about itself
COLUMNS = {
    "rows": "parameters",
    "max-pixels": "parameters",
    "class": "style",
    "track-changes": "parameters",
    "identify-user": "parameters",
    "track-changes-reasons": "parameters",
    "location-priority": "parameters",
    "location-min-interval": "parameters",
    "location-max-age": "parameters",
    "capture-accuracy": "parameters",
    "base64RsaPublicKey": "public_key",
    "action": "submission_url",
    "method": "submission_url",
    "auto-send": "auto_send",
    "auto-delete": "auto_delete",
    "autoplay": "autoplay",
    "prefix": "prefix",
    "delimiter": "delimiter",
    "accuracyThreshold": "body::accuracyThreshold",
    "accept": "body::accept",
    "tag": "instance::odk:tag",
    "saveIncomplete": "bind::saveIncomplete",
    "saveto": "save_to",
}  # of a workbook, in which an attribute is asked for

# Questions that the form compiler adds: nobody wrote them, and nobody can change them.
MADE = ("reserved_name_for_field_list_labels_", "generated_table_list_label_")

NOT_RUN = mark("Question “{name}”: “{what}” is not supported by this version of the program yet.")
NOT_PLAYED = {
    "audio": mark("“{name}” has sound in its label: no label is played here, it is read out."),
    "video": mark(
        "“{name}” has a video in its label: none is played here, the label is read out."
    ),
}
ONLY_LABEL = mark("The text “{what}” of “{name}” is not shown, only its label and hint are.")
ANONYMOUS = mark("“{name}” stays empty: answers are anonymous, without time, device or person.")
NO_PLACE = mark("“{name}” stays empty: a laptop does not know where it is.")
NO_SOUND = mark("“{name}” stays empty: nobody is recorded in the background.")
NOT_KEPT = mark("“{name}” is not kept: {what} of the form is not sent.")
LAST_SAVED = mark(
    "“{name}” is empty: answers of one interview are not shown in the next, they are anonymous."
)
NO_FILE = mark("The list “{name}” is in the file “{file}”, which was not found. Put it beside it.")
NO_SEARCH = mark(
    "“{name}”: search() cannot be read. Write it as search('file', 'contains', 'column', '…'), or use "
    "select_one_from_file."
)
NOT_DRAWN = mark("The look “{what}” is not drawn: “{name}” is asked in the usual way.")
NO_EFFECT = mark("“{what}” of “{name}” changes nothing in this program.")
NO_MAP = mark("“{name}”: a place is typed, pasted, or that of a village; no map is drawn.")
PHOTO = mark("“{name}”: photos are taken in named forms only; an anonymous wave has none.")
PASSED = mark(
    "“{name}”: sound, video and files cannot be answered on a laptop; it is passed over."
)
NEVER = mark(
    "“{name}” is required, but sound, video and files cannot be answered on a laptop. "
    "Take “required” out."
)
BY_HAND = mark("“{name}”: an answer of the kind “{what}” is typed, nothing helps to make it.")
AS_TEXT = mark("“{name}”: the type “{what}” is not known and is taken as text.")

NO_LIST = mark(
    "“{name}” looks at the list “{list}”, which this form does not have. Check its name."
)
OTHERS_LIST = mark("“{name}” looks at “{list}”, which is a list of {dialect}. Take it out.")
DATE = mark("“{name}”: a date in an expression stands in quotes, as '{date}'.")
COMMCARE = {"casedb", "commcaresession", "locations", "results"}
EXPRESSIONS = {
    "calculate": "calculation",
    "relevant": "relevant",
    "constraint": "constraint",
    "required": "required",
    "readonly": "read_only",
}
_LIST = re.compile(r"instance\(\s*['\"]([^'\"]*)['\"]\s*\)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DATE = re.compile(r"(?<![\w.])\d{4}-\d\d-\d\d(?![\w.])")

Found = Iterator[Message]


def remarks(root: Element) -> Found:
    """What of a form is not run, not filled in or not shown, with the names of the questions."""
    body = False
    told: set[object] = set()
    lists = {one.get("id", "") for one in root.iter() if local(str(one.tag)) == "instance"}
    must = {
        one.get("nodeset") for one in root.iter() if one.get("required", "").strip() == "true()"
    }
    for element in root.iter():
        tag = local(str(element.tag))
        body = body or tag == "body"
        if tag == "upload" and _medium(element) not in _UPLOADS and element.get("ref") in must:
            yield _message(NEVER, _name(element), stops=True, column="required")
        own = OF.get(tag, _nothing)(element)
        for message in (
            *own,
            *_anywhere(element, tag, body, lists),
            *_lists_of(element, tag, lists),
        ):
            values = message.text.values
            if str(values.get("name", "")).startswith(MADE):
                continue
            said = values.get("look") or (message.text.text, *sorted(values.items()))
            if said not in told:  # in each language, or at each question
                told.add(said)
                yield message


def _nothing(element: Element) -> Found:
    yield from ()


def _anywhere(element: Element, tag: str, body: bool, lists: set[str]) -> Found:
    """What any element may have."""
    if tag in ("tag", "prefix", "delimiter"):
        return
    for name in sorted(attributes(element).keys() & {"tag", "prefix", "delimiter"}):
        sheet = "survey" if name == "tag" else "settings"
        yield _message(NO_EFFECT, tag, sheet=sheet, column=COLUMNS[name], what=name)
    if not body:
        return
    if tag not in IN_BODY:
        yield _message(NOT_RUN, _name(element) or tag, stops=True, what=tag)
    query = re.match(r"\s*instance\(\s*['\"]([^'\"]*)", element.get("query", ""))
    if query and query[1] not in lists:
        yield _message(NO_FILE, query[1], stops=True, file="itemsets.csv")
    if tag in CONTROLS or tag in ("group", "repeat", "body"):
        yield from _looks(element, lists)
        for name in sorted(attributes(element).keys() - OF_CONTROL):
            sheet, column = "settings" if tag == "body" else "survey", COLUMNS.get(name)
            yield _message(NO_EFFECT, _name(element) or tag, sheet=sheet, column=column, what=name)


def _looks(element: Element, lists: set[str]) -> Found:
    looks = element.get("appearance", "")
    if "search(" in looks:
        found = read_search(looks)
        if found is None:
            yield _message(NO_SEARCH, _name(element), stops=True, column="appearance")
            return
        if found.file not in lists:
            file = f"{found.file}.csv"
            yield _message(NO_FILE, found.file, stops=True, column="appearance", file=file)
        looks = found.rest
    for look in looks.split():
        if look not in LOOKS and not re.fullmatch(r"columns-\d+", look):
            yield _message(NOT_DRAWN, _name(element), column="appearance", what=look, look=look)


def _of_bind(bind: Element) -> Found:
    told, name = attributes(bind), _name(bind)
    kind = local(told.get("type", "string"))
    in_meta = "/meta/" in re.sub(r"/\w+:", "/", told.get("nodeset", ""))
    if kind in PLACES:
        yield _message(NO_MAP, name)
    elif kind in TYPED:
        yield _message(BY_HAND, name, what=kind)
    elif kind not in TYPES:
        yield _message(AS_TEXT, name, what=kind)
    preload = told.get("preload")
    if preload and preload not in HARMLESS:
        yield _message(ANONYMOUS, name)
    for attribute in sorted(told.keys() - OF_BIND):
        if not in_meta or name == "audit":
            yield _message(NO_EFFECT, name, column=COLUMNS.get(attribute), what=attribute)


def _lists_of(element: Element, tag: str, lists: set[str]) -> Found:
    """What expressions look at that is not there, or is no date."""
    if tag not in ("bind", "itemset") or "/meta/" in element.get("nodeset", ""):
        return
    for attribute, text in attributes(element).items():
        if attribute not in EXPRESSIONS and attribute != "nodeset":
            continue
        column = EXPRESSIONS.get(attribute, "choice_filter")
        for name in dict.fromkeys(_LIST.findall(text)):
            if name in lists or name == "__last-saved":
                continue
            dialect = "CommCare" if name in COMMCARE else ""
            text_ = OTHERS_LIST if dialect else NO_LIST
            values = {"list": name, **({"dialect": dialect} if dialect else {})}
            yield _message(text_, _name(element), stops=True, column=column, **values)
        if found := _DATE.search(_QUOTED.sub("", text)):
            yield _message(DATE, _name(element), column=column, date=found[0])


def _of_instance(instance: Element) -> Found:
    source, key = instance.get("src"), instance.get("id", "")
    if source == "jr://instance/last-saved":
        yield _message(LAST_SAVED, key, column="calculation", file="last-saved")
    elif source is not None:
        yield _message(NO_FILE, key, stops=True, file=source.rpartition("/")[2])


def _of_text(text: Element) -> Found:
    """The forms of a text besides the plain one."""
    sheet, name, where = text_place(text.get("id", ""))
    for value in text:
        form, said = value.get("form", ""), value.text or ""
        if form in ("", "guidance", *SHOWN):  # pictures that are missing: see there
            continue
        if form in NOT_PLAYED and said.rpartition("/")[2].strip("- "):
            told = _message(NOT_PLAYED[form], name, sheet=sheet, column=form)
        elif form not in NOT_PLAYED:
            told = _message(ONLY_LABEL, name, sheet=sheet, column=f"label::{form}", what=form)
        else:
            continue
        told.text.values.update(where)
        yield told


def _of_meta(meta: Element) -> Found:
    for one in meta:
        if (name := local(str(one.tag))) in NOT_SENT:
            sheet = "entities" if name == "entity" else "survey"
            yield _message(NOT_KEPT, name, sheet=sheet, what=name)


def _of_setvalue(action: Element) -> Found:
    for event in action.get("event", "").split():
        if event not in EVENTS:
            yield _message(NOT_RUN, _name(action), stops=True, what=event)


def _of_submission(element: Element) -> Found:
    for name in sorted(attributes(element)):
        yield _message(
            NO_EFFECT, "submission", sheet="settings", column=COLUMNS.get(name), what=name
        )


_UPLOADS = {"image": PHOTO}


def _medium(upload: Element) -> str:
    return upload.get("mediatype", "").partition("/")[0]


OF: dict[str, Callable[[Element], Found]] = {
    "bind": _of_bind,
    "instance": _of_instance,
    "text": _of_text,
    "setvalue": _of_setvalue,
    "submission": _of_submission,
    "setgeopoint": lambda one: iter([_message(NO_PLACE, _name(one))]),
    "recordaudio": lambda one: iter([_message(NO_SOUND, _name(one))]),
    "upload": lambda one: iter([_message(_UPLOADS.get(_medium(one), PASSED), _name(one))]),
    "meta": _of_meta,
}


def _message(
    text: str,
    name: str,
    *,
    sheet: str = "survey",
    column: str | None = "type",
    stops: bool = False,
    **values: str,
) -> Message:
    return Message(UserError(text, name=name, **values), sheet, column=column, stops=stops)


def _name(element: Element) -> str:
    where = element.get("ref") or element.get("nodeset") or ""
    return local(where.rpartition("/")[2])
