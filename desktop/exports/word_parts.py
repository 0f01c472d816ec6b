"""The parts of a Word document that are not its body (ECMA-376, part 1)."""

from xml.sax.saxutils import escape

from sync.cells import holdable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEADING = "Heading1"
FONT = "Noto Sans"
STYLES = {  # name: half points, bold, twips above and below
    "Title": (32, True, 0, 60),
    "Subtitle": (22, False, 0, 160),
    HEADING: (24, True, 240, 80),
    "Normal": (20, False, 0, 60),
    "Small": (17, False, 0, 20),
    "Head": (17, True, 0, 20),
}
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
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


def run(words: str) -> str:
    """Words as they are, in several lines if they have any."""
    lines = "<w:br/>".join(_text(line) for line in words.split("\n"))
    return f"<w:r>{lines}</w:r>"


def styles() -> str:
    """How paragraphs look."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    found = []
    for name, (size, bold, above, below) in STYLES.items():
        default = ' w:default="1"' if name == "Normal" else ""
        heavy = "<w:b/>" if bold else ""
        first, last = (
            ("<w:keepNext/>", '<w:outlineLvl w:val="0"/>') if name == HEADING else ("", "")
        )
        found.append(
            f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{name}"/>'
            f'<w:pPr>{first}<w:spacing w:before="{above}" w:after="{below}"/>{last}</w:pPr>'
            f'<w:rPr>{fonts}{heavy}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )
    return f'<w:styles xmlns:w="{W}">{"".join(found)}</w:styles>'


def footer(words: str) -> str:
    """Below each page: these words and its number."""
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    line = f'<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr>{run(words + " · ")}{number}</w:p>'
    return f'<w:ftr xmlns:w="{W}">{line}</w:ftr>'


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
