"""Forms that somebody made to stop a laptop: XForms as text, and workbooks as files."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from random import Random

from openpyxl import Workbook

import resources

SPACES = (
    "xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' "
    "xmlns:jr='http://openrosa.org/javarosa'"
)
PATTERNS = (
    "(a+)+b", "a?" * 30 + "a" * 30, "a*" * 12 + "b", "(a|a)" * 30 + "b", "((a|a){20}){20}",
    ".*" * 9 + "b", "(a{0,20}){0,20}b", "(?:a|aa)*b", "(a*)*b", "a{1,19}" * 20 + "b", "(" * 500,
    "[" * 900, "a" * 2_000, "(?=(a+))" * 20 + "b", "(a?){20}b", "((a?){9}){9}b", "(a*?b*?)*?c",
)  # fmt: skip


LINES = (
    *("//*//*//*", "//*[count(//*[count(//*) > 0]) > 0]", "//* = //*", "count(//*[. = //*])"),
    *(
        "(" * 30_000,
        "-" * 30_000 + "1",
        "1" + "+1" * 16_000,
        "/" * 3_000,
        "|".join(["//*"] * 3_000),
    ),
    *("join('', //*, //*, //*, //*)", "randomize(//*, 1e300)", "position(//*[//*])", "uuid(1e9)"),
    *("//*/following-sibling::*/preceding-sibling::*/following-sibling::*", "once(once(//*))"),
    *(
        "count(//*[contains(join('', //a), .)])",
        "round(1.5, 1e9)",
        "pow(9, pow(9, 9))",
        "date(1e15)",
    ),
    *(
        "if(" * 90 + "1" + ", 1, 1)" * 90,
        "checklist(" + "1, " * 9_000 + "1)",
        "string(1e999)",
        "'",
        "[",
    ),
    *(f"regex('{'a' * 9_000}', '{one}')" for one in ("(a+)+b", "a*a*a*b", "(?=b|a)a*b")),
    f"regex('{'a' * 300}', concat('(a', '+)+b'))",
)  # of the command xpath, over a document of thousands of nodes


def xform(questions: str, model: str = "", body: str = "") -> str:
    return (
        f"<h:html {SPACES}><h:head><h:title>t</h:title><model><instance><data id='d'>{questions}"
        f"</data></instance>{model}</model></h:head><h:body>{body}</h:body></h:html>"
    )


def calculated(*expressions: str) -> str:
    """A form whose questions q0, q1, … are calculated so."""
    questions = "".join(f"<q{n}/>" for n in range(len(expressions)))
    binds = "".join(
        f"<bind nodeset='/data/q{n}' calculate=\"{one}\"/>" for n, one in enumerate(expressions)
    )
    return xform(questions, binds)


def listed(items: int, filter: str = "") -> str:
    rows = "".join(f"<i><name>{n}</name><label>{n}</label></i>" for n in range(items))
    asked = (
        f"<select1 ref='/data/q'><itemset nodeset=\"instance('l')/root/i{filter}\">"
        "<value ref='name'/><label ref='concat(label, count(//*))'/></itemset></select1>"
    )
    return xform("<q/>", f"<instance id='l'><root>{rows}</root></instance>", asked)


def xforms(size: int) -> Iterator[tuple[str, str]]:
    """(name, XForm), each larger with `size`: 1 is enough to stop a program without limits."""
    deep, wide = 20_000 * size, 1_900
    yield "nested groups", xform("<g>" * deep + "</g>" * deep)
    yield "nested meta", xform("<meta>" + "<g>" * deep + "</g>" * deep + "</meta>")
    yield "nested controls", xform("<a/>", "", "<group>" * deep + "</group>" * deep)
    yield (
        "nested list",
        xform("<a/>", "<instance id='l'>" + "<i>" * deep + "</i>" * deep + "</instance>"),
    )
    yield "never closed", "<a>" * deep
    yield "many questions", xform("<a/>" * 210_000 * size)
    yield "many choices", listed(20_000 * size)
    yield "choices of choices", listed(5_000, "[count(//i[name = current()/name]) &gt; 0]")
    yield "many attributes", "<a " + " ".join(f"b{n}=''" for n in range(50_000)) + "/>"
    yield (
        "a long attribute",
        xform("<a/>", f"<bind nodeset='/data/a' relevant='{'(' * 3_000_000}'/>"),
    )
    yield "many long expressions", calculated(*(f"1{'+1' * 9_000}+{n}" for n in range(300 * size)))
    yield (
        "a long language",
        xform("<a/>", f"<itext><translation lang='{'(kk ' * 30_000}'/></itext>"),
    )
    yield "everyone asks everyone", calculated(*["count(//*)"] * wide)
    yield "rings", calculated(*["sum(/data/*)"] * 400)
    yield (
        "one ring",
        calculated(*(f"/data/q{(n + 1) % wide} + /data/q{n * 7 % wide}" for n in range(wide))),
    )
    yield (
        "names that are missed",
        calculated(*(f"/x/q{n} + /y/q{n} + /z/q{n}" for n in range(wide))),
    )
    yield (
        "doubled texts",
        calculated("'aaaaaaaaaa'", *(f"concat(/data/q{n}, /data/q{n})" for n in range(60))),
    )
    yield (
        "joined texts",
        calculated("'aaaaaaaaaa'", *(f"join(/data/q{n}, 1, 2, 3, 4, 5)" for n in range(60))),
    )
    yield (
        "texts of groups",
        xform(
            "".join(f"<g{n}><q{n}>a</q{n}>" for n in range(80))
            + "".join(f"</g{n}>" for n in reversed(range(80))),
            "".join(
                f"<bind nodeset='{path(n)}/q{n}' calculate='string({path(n + 1)})'/>"
                for n in range(79)
            ),
        ),
    )
    yield (
        "looks in looks",
        calculated(*["1"] * 900, "count(//*[count(//*[count(//*) &gt; 0]) &gt; 0])"),
    )
    yield (
        "brothers of brothers",
        calculated(
            *["1"] * 900,
            "count(//*/following-sibling::*/preceding-sibling::*/following-sibling::*)",
        ),
    )
    yield "all against all", calculated(*["1"] * wide, "//* = //*", "//* != //*", "//* &lt; //*")
    for number, pattern in enumerate(PATTERNS):
        yield (
            f"pattern {number}",
            calculated(
                f"regex('{'a' * 40}', '{pattern}')", f"regex('{'a' * 4_000}', '{pattern}')"
            ),
        )
    yield (
        "a pattern in each question",
        calculated(*[f"regex('{'a' * 300}', 'a*a*b{{0,{n % 9}}}')" for n in range(900)]),
    )
    yield (
        "a long number",
        calculated("9" * 30_000, "1e999", "pow(9, pow(9, 9))", "round(1.5, 1e9)"),
    )
    yield "brackets", calculated("(" * 30_000, "-" * 30_000 + "1", "[" * 30_000)
    yield "one union", calculated("/data/q0" + "|/data/q0" * 3_000)
    yield (
        "laughs",
        "<!DOCTYPE a [<!ENTITY a 'aaaa'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else '&a;'}'>" for n in range(12))
        + "]><a>&a11;</a>",
    )
    yield (
        "a file of the laptop",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    )
    yield "comments", "<a>" + "<!--a-->" * 100_000 * size + "</a>"
    yield "instructions", "<a>" + "<?a b?>" * 100_000 * size + "</a>"
    yield "namespaces", "<a " + " ".join(f"xmlns:b{n}='c{n}'" for n in range(20_000)) + "/>"
    yield "nothing", "<" * 1_000_000
    yield "nulls", "<a>" + "\0" * 1_000 + "</a>"
    yield "half a letter", "<a>\ud800</a>"


def path(number: int) -> str:
    return "/data" + "".join(f"/g{n}" for n in range(number + 1))


def workbook(rows: list[list[str]], name: str = "survey") -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for row in [["type", "name", "label", "calculation"], *rows]:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def altered(content: bytes, **parts: bytes) -> bytes:
    """A workbook with other parts: `sheet1` for xl/worksheets/sheet1.xml, `strings`, `styles`."""
    names = {
        "sheet1": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "workbook": "xl/workbook.xml",
    }
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        wanted = {names.get(name, name): part for name, part in parts.items()}
        for name in {*before.namelist(), *wanted}:
            after.writestr(name, wanted[name] if name in wanted else before.read(name))
    return out.getvalue()


def workbooks(size: int) -> Iterator[tuple[str, bytes]]:
    """(name, workbook): each needs a process of its own."""
    plain = workbook([["text", "q", "Question"]])
    cells = b"<row r='1'><c r='A1' t='inlineStr'><is><t>type</t></is></c></row>"
    begin = (
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    )
    end = b"</sheetData></worksheet>"
    deep = 2_000 * size
    yield (
        "nested groups",
        workbook(
            [["begin group", f"g{n}", "G"] for n in range(deep)]
            + [["text", "q", "Q"]]
            + [["end group"]] * deep
        ),
    )
    yield "many rows", workbook([["note", f"q{n}", "Q"] for n in range(15_000 * size)])
    yield (
        "far away",
        altered(
            plain,
            sheet1=begin + cells + b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>" + end,
        ),
    )
    yield (
        "one long text",
        altered(plain, strings=b"<sst><si><t>" + b"a" * 50_000_000 + b"</t></si></sst>"),
    )
    yield (
        "many styles",
        altered(
            plain,
            styles=b"<styleSheet><cellXfs>" + b"<xf/>" * 3_000_000 + b"</cellXfs></styleSheet>",
        ),
    )
    yield (
        "late entities",
        altered(
            plain,
            sheet1=b"<!--"
            + b"a" * 5_000
            + b"--><!DOCTYPE a [<!ENTITY a '"
            + b"b" * 100_000
            + b"'>]>"
            + begin
            + b"&a;" * 5_000
            + end,
        ),
    )
    yield "a bomb", altered(plain, sheet1=b"0" * 70_000_000)
    yield "many parts", altered(plain, **{f"xl/{n}.xml": b"<a/>" for n in range(2_100)})
    yield "nested XML", altered(plain, sheet1=begin + b"<a>" * 1_000_000)
    yield "a form as a workbook", xform("<g>" * 50_000 + "</g>" * 50_000).encode()
    yield (
        "looks in looks",
        workbook(
            [
                ["calculate", f"q{n}", "", "count(//*[count(//*[count(//*)>0])>0])"]
                for n in range(300)
            ]
        ),
    )


def damaged(seed: int) -> bytes:
    """A workbook of ours with a few bytes changed, inside of its parts or outside."""
    chance = Random(seed)
    raw = bytearray(resources.data("forms", "rating.xlsx"))
    if seed % 2:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            name = chance.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
            part = bytearray(archive.read(name))
        for _ in range(chance.randrange(1, 20)):
            part[chance.randrange(len(part))] = chance.randrange(256)
        return altered(bytes(raw), **{name: bytes(part)})
    for _ in range(chance.randrange(1, 20)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw[: chance.randrange(4, len(raw) + 1)]) if seed % 4 else bytes(raw)
