"""The page over a gallery's pictures, and those that the documents show."""

import re

from tests import gallery_index
from tests.gallery_index import DOCS, SHOWN, USUAL, for_docs, write_index


def test_all_looks_of_a_state_stand_together(tmp_path):
    for name in ("today-kk-light-100", "today-ru-dark-200", "map-x-en-contrast-150", "odd"):
        (tmp_path / f"{name}.png").write_bytes(b"")

    write_index(tmp_path)

    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<section id="([^"]+)">', page) == ["map-x", "odd", "today"]
    today = page[page.index('id="today"') :]
    assert today.index("kk-light-100") < today.index("ru-dark-200")


def test_the_documents_pictures_come_from_the_gallery(tmp_path, monkeypatch):
    (tmp_path / f"design-{USUAL}.png").write_bytes(b"drawn")
    monkeypatch.setattr(gallery_index, "DOCS", tmp_path / "docs")
    (tmp_path / "docs").mkdir()

    assert set(for_docs(tmp_path)) == SHOWN.keys() - {"design"}
    assert (tmp_path / "docs" / "design.png").read_bytes() == b"drawn"


def test_there_is_no_picture_that_nothing_draws():
    assert {path.stem for path in DOCS.glob("*.png")} <= set(SHOWN.values())
