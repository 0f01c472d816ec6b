"""One page over all pictures of a gallery, and those of them that docs/pictures shows."""

import html
import re
import shutil
from collections import defaultdict
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SHOWN = {  # {picture of the gallery: the same in docs/pictures}, in Kazakh, light, 100 %
    "filled-issues-opened": "returned-issue",
    "coordinator-review": "review",
    "filled-today": "today",
    "map-districts": "map",
    "figures-issues": "figures",
    "design": "design",
}
USUAL = "kk-light-100"
NAMED = re.compile(r"(?P<state>.+)-(?P<look>(?:kk|ru|en|pseudo)-(?:light|dark|contrast)-\d+)")
STYLE = """
body{font:15px system-ui;margin:24px;background:#f7f8f6;color:#17211f}
nav{position:sticky;top:0;background:#f7f8f6;padding:8px 0;columns:5;font-size:13px}
section{margin:32px 0}figure{display:inline-block;width:46%;margin:1%;vertical-align:top}
img{width:100%;border:1px solid #dfe5e1}figcaption{color:#51605b}
"""


def write_index(folder: Path) -> None:
    """A section for each state with all its looks side by side, and a list of the sections."""
    states: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(folder.glob("*.png")):
        named = NAMED.fullmatch(path.stem)
        state, look = (named["state"], named["look"]) if named else (path.stem, "")
        states[state].append((look, path.name))
    links = "".join(f'<div><a href="#{name}">{html.escape(name)}</a></div>' for name in states)
    sections = "".join(
        f'<section id="{name}"><h2>{html.escape(name)}</h2>{"".join(map(_figure, looks))}</section>'
        for name, looks in states.items()
    )
    page = (
        f"<!doctype html><meta charset=utf-8><title>Dala</title><style>{STYLE}</style>"
        f"<nav>{links}</nav>{sections}"
    )
    (folder / "index.html").write_text(page, encoding="utf-8")


def for_docs(folder: Path) -> list[str]:
    """Copy the pictures that the documents show; the names of those that the gallery lacks."""
    lacking = []
    for state, name in SHOWN.items():
        drawn = folder / f"{state}-{USUAL}.png"
        if drawn.exists():
            shutil.copy(drawn, DOCS / f"{name}.png")
        else:
            lacking.append(state)
    return lacking


def _figure(shown: tuple[str, str]) -> str:
    look, name = shown
    return (
        f'<figure><a href="{name}"><img src="{name}" loading="lazy" alt="{name}"></a>'
        f"<figcaption>{look}</figcaption></figure>"
    )
