"""An example for every entry of docs/forms.md: how it runs, or where it is asked for and not run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """A small form, answers, and what follows: values, and paths at which something is wrong.

    Paths are below /data. `labels` are what is shown; `choices` what is offered.
    """

    nodes: str
    body: str = ""
    binds: str = ""
    instances: str = ""
    itext: str = ""
    answers: Answers = field(default_factory=dict)
    shows: Answers = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    labels: Answers = field(default_factory=dict)
    choices: Answers = field(default_factory=dict)
    gone: tuple[str, ...] = ()  # not relevant
    fixed: tuple[str, ...] = ()  # read only
    added: tuple[str, ...] = ()  # places where an instance is added first
    message: str = ""  # at the first that is wrong or missing


def asked(kind: str, good: object, bad: object, control: str = "input") -> Case:
    """A question that takes the one answer and not the other."""
    return Case(
        "<q/><r/>",
        f"<{control} ref='/data/q'/><{control} ref='/data/r'/>",
        f"<bind nodeset='/data/q' type='{kind}'/><bind nodeset='/data/r' type='{kind}'/>",
        answers={"q": good, "r": bad},
        shows={"q": good},
        wrong=("r",) if bad is not None else (),
    )


def worked_out(expression: str, value: str) -> Case:
    """A calculation over three answers in a repeat."""
    return Case(
        "<p><a>1</a></p><p><a>2</a></p><p><a>5</a></p><c/>",
        "<repeat nodeset='/data/p'><input ref='/data/p/a'/></repeat>",
        f'<bind nodeset="/data/c" calculate="{expression}"/>',
        shows={"c": value},
    )


ITEMS = (
    "<item><label>A</label><value>a</value></item><item><label>B</label><value>b</value></item>"
)
LIST = "<root><item><name>a</name><label>A</label></item><item><name>b</name><label>B</label></item></root>"
ITEMSET = "<itemset nodeset=\"instance('l')/root/item\"><value ref='name'/><label ref='label'/></itemset>"
PEOPLE = "<repeat nodeset='/data/p'><input ref='/data/p/a'/></repeat>"
CHOOSES = Case(
    "<q/>",
    f"<select1 ref='/data/q'>{ITEMSET}</select1>",
    instances=f"<instance id='l'>{LIST}</instance>",
    answers={"q": "b"},
    shows={"q": "b"},
    choices={"q": "a b"},
)
TWO_LANGUAGES = (
    "<itext><translation lang='Русский (ru)' default='true()'>"
    "<text id='t'><value>Вопрос <output value='/data/n'/></value></text></translation>"
    "<translation lang='English (en)'><text id='t'><value>Question <output value='/data/n'/></value>"
    "</text></translation></itext>"
)
TRANSLATED = Case(
    "<n>7</n><q/>",
    "<input ref='/data/q'><label ref=\"jr:itext('t')\"/></input>",
    itext=TWO_LANGUAGES,
    labels={"q": "Question 7"},
)
RANGE = Case(
    "<q/><r/><s/>",
    "".join(f"<range ref='/data/{n}' start='1' end='9' step='2'/>" for n in "qrs"),
    "".join(f"<bind nodeset='/data/{n}' type='int'/>" for n in "qrs"),
    answers={"q": 3, "r": 4, "s": 11},
    shows={"q": "3"},
    wrong=("r", "s"),
)
SET_ON_CHANGE = Case(
    "<a/><b/><c/>",
    "<input ref='/data/a'><setvalue event='xforms-value-changed' ref='/data/b' value='/data/a + 1'/>"
    "</input><input ref='/data/b'><setvalue event='xforms-value-changed' ref='/data/c'>set</setvalue>"
    "</input>",
    answers={"a": 1},
    shows={"b": "2", "c": "set"},
)
NEW_REPEAT = Case(
    "<p><a/></p>",
    "<repeat nodeset='/data/p'><input ref='/data/p/a'/><setvalue event='odk-new-repeat' "
    "ref='/data/p/a' value='position(..) * 10'/></repeat>",
    added=("p",),
    shows={"p[1]/a": "", "p[2]/a": "20"},
)
COUNTED = Case(
    "<n/><p><a/></p>",
    "<input ref='/data/n'/><repeat nodeset='/data/p' jr:count='/data/n'><input ref='/data/p/a'/></repeat>",
    answers={"n": 2, "p[2]/a": "x"},
    shows={"p[1]/a": "", "p[2]/a": "x"},
)
FIRST = Case(
    "<q/>", "<input ref='/data/q'/>", "<setvalue event='{}' ref='/data/q' value='1 + 1'/>"
)


def first(event: str) -> Case:
    """A value that is set when the interview begins."""
    return Case(FIRST.nodes, FIRST.body, FIRST.binds.format(event), shows={"q": "2"})


RUNS: dict[str, Case] = {
    "|": worked_out("count(/data/p | /data/p/a)", "6"),
    "and": worked_out("1 = 2 and digest('a', 'none')", "false"),
    "or": worked_out("1 = 1 or digest('a', 'none')", "true"),
    "mod": worked_out("-7 mod 3", "-1"),
    "div": worked_out("1 div 0", "Infinity"),
    "=": worked_out("/data/p/a = 5", "true"),
    "!=": worked_out("/data/p/a != 5", "true"),
    "<=": worked_out("2 &lt;= 2", "true"),
    "<": worked_out("'2025-02-28' &lt; '2025-03-01'", "true"),
    ">=": worked_out("1 >= 2", "false"),
    ">": worked_out("/data/p/a > 4", "true"),
    "+": worked_out("'1970-01-02' + 1", "2"),
    "-": worked_out("date('2025-03-02') - date('2025-02-28')", "2"),
    "[]": worked_out("/data/p[a > 1][2]/a", "5"),
    "parent": worked_out("count(/data/p/a/../parent::data)", "1"),
    "child": worked_out("sum(/data/child::p/a)", "8"),
    "self": worked_out("/data/p[self::p][./a = 2]/a", "2"),
    "string": asked("string", "Айгүл", None),
    "int": asked("int", "5", "4.5"),
    "boolean": asked("boolean", "true", "maybe"),
    "decimal": asked("decimal", "4.5", "x"),
    "date": asked("date", "2025-03-01", "2025-02-30"),
    "time": asked("time", "14:30", "25:00"),
    "dateTime": asked("dateTime", "2025-03-01T14:30:00.000+05:00", "2025-03-01"),
    "geopoint": asked("geopoint", "43.3 68.25 0 0", "91 0"),
    "geotrace": asked("geotrace", "43 68 0 0; 44 68 0 0", "43 68 0 0"),
    "geoshape": asked("geoshape", "43 68; 44 68; 44 69; 43 68", "43 68; 44 68; 44 69"),
    "binary": asked("binary", "photo.jpg", None, "upload"),
    "barcode": asked("barcode", "4870001", None),
    "intent": asked("intent", "x", None),
    "nodeset": asked("int", "5", "x"),
    "type": asked("int", "5", "x"),
    "readonly": Case(
        "<q/>", "<input ref='/data/q'/>", "<bind nodeset='/data/q' readonly='1 = 1'/>", fixed=("q",)
    ),
    "required": Case(
        "<q/>",
        "<input ref='/data/q'/>",
        "<bind nodeset='/data/q' required='true()'/>",
        missing=("q",),
    ),
    "relevant": Case(
        "<q/><r>x</r>",
        "<input ref='/data/q'/><input ref='/data/r'/>",
        "<bind nodeset='/data/r' relevant='/data/q = 1'/>",
        answers={"q": 2},
        gone=("r",),
        shows={"r": ""},
    ),
    "constraint": Case(
        "<q/><r/>",
        "<input ref='/data/q'/><input ref='/data/r'/>",
        "<bind nodeset='/data/q' constraint='. &lt; 5'/><bind nodeset='/data/r' constraint='. = 5'/>",
        answers={"q": 7},
        wrong=("q",),
    ),
    "calculate": worked_out("sum(/data/p/a)", "8"),
    "jr:requiredMsg": Case(
        "<q/>",
        "<input ref='/data/q'/>",
        "<bind nodeset='/data/q' required='true()' jr:requiredMsg='Please!'/>",
        missing=("q",),
        message="Please!",
    ),
    "jr:constraintMsg": Case(
        "<n/><q/>",
        "<input ref='/data/q'/>",
        "<bind nodeset='/data/q' constraint='. = 1' jr:constraintMsg=\"jr:itext('t')\"/>",
        itext=TWO_LANGUAGES,
        answers={"q": 2},
        wrong=("q",),
        message="Question",
    ),
    "jr:preload": Case("<q/>", "", "<bind nodeset='/data/q' jr:preload='date'/>", shows={"q": "2025-03-01"}),
    "jr:preloadParams": Case(
        "<q/>",
        "",
        "<bind nodeset='/data/q' jr:preload='date' jr:preloadParams='today'/>",
        shows={"q": "2025-03-01"},
    ),
    "uid": Case(
        "<meta><instanceID/></meta><q/>", "", "<bind nodeset='/data/meta/instanceID' jr:preload='uid'/>"
    ),
    "input": asked("string", "x", None),
    "select1": Case(
        "<q/><r/>",
        f"<select1 ref='/data/q'>{ITEMS}</select1><select1 ref='/data/r'>{ITEMS}</select1>",
        answers={"q": "a", "r": "c"},
        shows={"q": "a"},
        wrong=("r",),
        choices={"q": "a b"},
    ),
    "select": Case(
        "<q/><r/>",
        f"<select ref='/data/q'>{ITEMS}</select><select ref='/data/r'>{ITEMS}</select>",
        answers={"q": ["b", "a"], "r": "a a"},
        shows={"q": "b a"},
        wrong=("r",),
    ),
    "upload": asked("binary", "voice.ogg", None, "upload"),
    "trigger": Case("<q/>", "<trigger ref='/data/q'/>", answers={"q": True}, shows={"q": "OK"}),
    "range": RANGE,
    "odk:rank": Case(
        "<q/><r/>",
        f"<odk:rank ref='/data/q'>{ITEMS}</odk:rank><odk:rank ref='/data/r'>{ITEMS}</odk:rank>",
        answers={"q": ["b", "a"], "r": "b"},
        shows={"q": "b a"},
        wrong=("r",),
    ),
    "group": Case(
        "<g><q/></g><r/>",
        "<group ref='/data/g'><label>Group</label><input ref='q'><label>Q</label></input></group>"
        "<group><input ref='/data/r'><label>R</label></input></group>",
        labels={"g": "Group", "g/q": "Q", "r": "R"},
    ),
    "repeat": Case(
        "<p><k><a/></k></p>",
        "<repeat nodeset='/data/p'><repeat nodeset='/data/p/k'><input ref='/data/p/k/a'/></repeat></repeat>",
        added=("p", "p[2]/k"),
        answers={"p[2]/k[2]/a": "x"},
        shows={"p[2]/k[2]/a": "x"},
    ),
    "label": Case("<q/>", "<input ref='/data/q'><label>Q</label></input>", labels={"q": "Q"}),
    "hint": Case("<q/>", "<input ref='/data/q'><label>Q</label><hint>H</hint></input>", labels={"q": "Q"}),
    "output": TRANSLATED,
    "item": Case("<q/>", f"<select1 ref='/data/q'>{ITEMS}</select1>", choices={"q": "a b"}),
    "itemset": CHOOSES,
    "value": CHOOSES,
    "ref": asked("string", "x", None),
    "appearance": Case("<q/>", "<input ref='/data/q' appearance='multiline'/>"),
    "jr:count": COUNTED,
    "jr:noAddRemove": Case(
        "<p><a/></p><p><a>x</a></p>",
        "<repeat nodeset='/data/p' jr:noAddRemove='true()'><input ref='/data/p/a'/></repeat>",
        shows={"p[2]/a": "x"},
    ),
    "mediatype": Case("<q/>", "<upload ref='/data/q' mediatype='image/*'/>", answers={"q": "a.jpg"}),
    "start": RANGE,
    "end": RANGE,
    "step": RANGE,
    "field-list": Case("<g><q/></g>", "<group ref='/data/g' appearance='field-list'><input ref='q'/></group>"),
    "search()": Case(
        "<q/>",
        "<select1 ref='/data/q' appearance=\"search('l')\"><item><label>k</label><value>name</value></item></select1>",
        instances="<instance id='l'><root><item><name>a</name><k>A</k></item></root></instance>",
        choices={"q": "a"},
    ),
    "likert": Case("<q/>", f"<select1 ref='/data/q' appearance='likert'>{ITEMS}</select1>", choices={"q": "a b"}),
    "multiline": Case("<q/>", "<input ref='/data/q' appearance='multiline'/>", answers={"q": "a\nb"}, shows={"q": "a\nb"}),
    **{look: Case("<q/>", f"<select1 ref='/data/q' appearance='{look}'>{ITEMS}</select1>", choices={"q": "a b"}) for look in (
        "quick", "quickcompact", "minimal", "autocomplete", "horizontal-minimal", "horizontal", "horizontal-compact",
        "compact", "columns", "columns-pack", "columns-2", "list-nolabel", "list",
    )},
    **{look: Case("<q/>", f"<input ref='/data/q' appearance='{look}'/>", answers={"q": "1"}, shows={"q": "1"}) for look in (
        "numbers", "masked", "month-year", "year", "no-calendar", "picker", "no-ticks", "pages", "table-list",
    )},
    "guidance": Case(
        "<q/>", "<input ref='/data/q'><label>Q</label><hint ref=\"jr:itext('h')\"/></input>",
        itext="<itext><translation lang='English (en)'><text id='h'><value form='guidance'>G</value></text></translation></itext>",
        labels={"q": "Q"},
    ),
    "odk-instance-first-load": first("odk-instance-first-load"),
    "xforms-ready": first("xforms-ready"),
    "xforms-value-changed": SET_ON_CHANGE,
    "odk-new-repeat": NEW_REPEAT,
    "setvalue": SET_ON_CHANGE,
    "id": CHOOSES,
    "orx:version": Case("<q/>"),
    "jr:template": Case(
        "<p jr:template=''><a>new</a></p><p><a>old</a></p>", PEOPLE, added=("p",),
        shows={"p[1]/a": "old", "p[2]/a": "new"},
    ),
    "defaults": Case("<q>x</q><p><a>1</a></p><p><a>2</a></p>", PEOPLE, shows={"q": "x", "p[2]/a": "2"}),
    "internal": CHOOSES,
    "instanceID": Case("<meta><instanceID/></meta><q/>"),
    "instanceName": Case(
        "<meta><instanceName/></meta><q>x</q><c/>",
        "",
        "<bind nodeset='/data/meta/instanceName' calculate='/data/q'/>"
        "<bind nodeset='/data/c' calculate='/data/meta/instanceName'/>",
        shows={"c": "x"},
    ),
    "itext": TRANSLATED,
    "translation": TRANSLATED,
    "default": TRANSLATED,
}  # fmt: skip
IN_FILES = {
    *("external", "jr://file", "jr://file-csv"),  # see test_external_lists
    *("image", "big-image", "jr://images"),  # see test_form_pictures
}

# Entry: sheet, column, and the cells of a row in which it is asked for.
Row = tuple[str, str, dict[str, str]]
TEXT = {"type": "text", "label::English (en)": "Q", "label::Русский (ru)": "В"}


def _on(column: str, **cells: str) -> Row:
    return "survey", column, {**TEXT, **cells}


def _typed(type_: str, column: str = "type", **cells: str) -> Row:
    return "survey", column, {**TEXT, "type": type_, **cells}


SAID: dict[str, Row] = {
    "saveIncomplete": _on("bind::saveIncomplete", **{"bind::saveIncomplete": "true()"}),
    "orx:max-pixels": _typed("image", "parameters", parameters="max-pixels=640"),
    "timestamp:start": _typed("start"),
    "timestamp:end": _typed("end"),
    "property:deviceid": _typed("deviceid"),
    "property:email": _typed("email"),
    "property:username": _typed("username"),
    "property:phone": _typed("phonenumber"),
    "class": ("settings", "style", {}),
    "autoplay": _on("autoplay", autoplay="audio"),
    "accuracyThreshold": _typed(
        "geopoint", "body::accuracyThreshold", **{"body::accuracyThreshold": "10"}
    ),
    "rows": _on("parameters", parameters="rows=5"),
    "accept": _typed("file", "body::accept", **{"body::accept": ".pdf"}),
    "odk:setgeopoint": _typed("start-geopoint"),
    "odk:prefix": ("settings", "prefix", {}),
    "odk:delimiter": ("settings", "delimiter", {}),
    "odk:tag": _on("instance::odk:tag", **{"instance::odk:tag": "t"}),
    "compact-record": _on("instance::odk:tag", **{"instance::odk:tag": "t"}),
    "jr://instance/last-saved": _typed("calculate", "calculation", calculation="${last-saved#known}"),
    "audit": _typed("audit", name="audit"),
    "short": ("", "", {}),
    "audio": _on("audio", **{"audio::English (en)": "a.ogg"}),
    "video": _on("video", **{"video::English (en)": "a.mp4"}),
    "jr://audio": ("choices", "audio", {}),
    "jr://video": ("choices", "video", {}),
    "encryption": ("settings", "public_key", {}),
    "submission": ("settings", "submission_url", {}),
    "background-audio": _typed("background-audio"),
}  # fmt: skip
SETTINGS = {
    "style": "pages",
    "public_key": "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
    "submission_url": "https://example.kz/submit",
    "prefix": "p",
    "delimiter": "+",
}
CHOICES = (
    ("yn", "y", "Yes", "Да", "y.png", "y.ogg", "y.mp4"),
    ("yn", "n", "No", "Нет", "", "", ""),
)
CHOICE_COLUMNS = (
    *("list_name", "name", "label::English (en)", "label::Русский (ru)"),
    *("image::English (en)", "audio::English (en)", "video::English (en)"),
)
LOG = ("odk:location-priority", "odk:location-min-interval", "odk:location-max-age")
IN_XFORM = {
    **{
        name: f"<meta><{name}/></meta>"
        for name in [
            "timeStart",
            "timeEnd",
            "userID",
            "deviceID",
            "deprecatedID",
            "email",
            "phoneNumber",
        ]
    },
    "entities": "<meta><entity dataset='d'/></meta>",
}  # what no workbook, or only one of its own, can ask for
