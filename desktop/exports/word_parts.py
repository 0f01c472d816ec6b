"""The parts of a Word document that are not its body (ECMA-376, part 1)."""

from xml.sax.saxutils import escape

from desktop.exports.pages import Look
from sync.cells import holdable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT = "Times New Roman"  # what offices write with, on every computer with Word; with all Kazakh letters
LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}  # by which spelling is checked
HEADING = "Heading1"
STYLES = {  # name: half points, bold, twips above and below
    "Normal": (24, False, 0, 80),
    "Office": (24, False, 0, 0),
    "Title": (32, True, 200, 80),
    "Subtitle": (24, False, 0, 200),
    HEADING: (24, True, 200, 80),
    "Small": (20, False, 0, 40),
    "Cell": (20, False, 20, 20),
    "Head": (20, True, 20, 20),
    "Caption": (20, False, 40, 160),
    "Sign": (24, False, 200, 0),
    "Footer": (17, False, 0, 0),
}
STYLE_OF = {
    Look.OFFICE: "Office",
    Look.TITLE: "Title",
    Look.LEAD: "Subtitle",
    Look.HEADING: HEADING,
    Look.TEXT: "Normal",
    Look.SMALL: "Small",
}
KEPT = ("Office", "Title", "Subtitle", HEADING)  # never alone at the foot of a page
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.'
    'core-properties+xml"/>'
    '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'custom-properties+xml"/>'
    "</Types>"
)


def _text(words: str) -> str:
    return f'<w:t xml:space="preserve">{escape(holdable(words))}</w:t>'


def run(words: str, *, bold: bool = False) -> str:
    """Words as they are, in several lines if they have any."""
    lines = "<w:br/>".join(_text(line) for line in words.split("\n"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{lines}</w:r>"


def styles(language: str) -> str:
    """How paragraphs look, and in which language they are."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    spoken = f'<w:lang w:val="{LANGUAGES[language]}"/>'
    found = [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{spoken}</w:rPr></w:rPrDefault></w:docDefaults>"
    ]
    for name, (size, bold, above, below) in STYLES.items():
        default = ' w:default="1"' if name == "Normal" else ""
        heavy = "<w:b/>" if bold else ""
        first = "<w:keepNext/>" if name in KEPT else ""
        last = '<w:outlineLvl w:val="0"/>' if name == HEADING else ""
        found.append(
            f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{name}"/>'
            f'<w:pPr>{first}<w:spacing w:before="{above}" w:after="{below}"/>{last}</w:pPr>'
            f'<w:rPr>{fonts}{heavy}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )
    return f'<w:styles xmlns:w="{W}">{"".join(found)}</w:styles>'


def footer(words: str, room: int) -> str:
    """Below each page: these words, and at its right end its number and how many there are."""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    numbers = f"{_number('PAGE')}{run(' / ')}{_number('NUMPAGES')}"
    line = (
        f'<w:pPr><w:pStyle w:val="Footer"/>{stop}</w:pPr>{run(words)}<w:r><w:tab/></w:r>{numbers}'
    )
    return f'<w:ftr xmlns:w="{W}"><w:p>{line}</w:p></w:ftr>'


def _number(code: str) -> str:
    """What Word reckons itself."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def relations(*all_: tuple[str, str, str]) -> str:
    """(id, kind, target) of each part that a part names."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships"
    told = "".join(
        f'<Relationship Id="{id}" Type="{_type(kind)}" Target="{target}"/>'
        for id, kind, target in all_
    )
    return f'<Relationships xmlns="{core}">{told}</Relationships>'


def _type(kind: str) -> str:
    if kind.startswith("metadata/"):
        return f"http://schemas.openxmlformats.org/package/2006/relationships/{kind}"
    return f"{R}/{kind}"


def core(title: str) -> str:
    """The properties that every document has."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(holdable(title))}</dc:title><dc:creator>Dala</dc:creator></cp:coreProperties>"
    )


def custom(mark: str) -> str:
    """Those of our own: the id of the export."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="export">'
        f"<vt:lpwstr>{escape(mark)}</vt:lpwstr></property></Properties>"
    )
