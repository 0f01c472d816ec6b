"""python -m ui --self-test: whether an installed program has everything that it needs.

Used by the installer's check and by support: opens an encrypted file, a window, a form and the
texts, in a folder that is thrown away. Prints one JSON document; 0 when all is well.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sync import VERSION


def main() -> int:
    """Run every probe, also after one that fails."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        for name, probe in PROBES.items():
            try:
                found[name] = probe(Path(folder))
            except Exception as error:  # noqa: BLE001  # a report of whatever is wrong
                found[name] = f"failed: {type(error).__name__}: {error}"
    well = not any(said.startswith("failed") for said in found.values())
    sys.stdout.write(
        json.dumps({"ok": well, "version": VERSION, **found}, ensure_ascii=False) + "\n"
    )
    return 0 if well else 1


def _file(folder: Path) -> str:
    """The encrypted file: made with its migrations, opened again."""
    from desktop.store import check, create_store, open_store

    path, key, copies = folder / "dala.db", os.urandom(32), folder / "copies"
    create_store(path, key, copies).close()
    store = open_store(path, key, copies)
    try:
        damage = check(store)
    finally:
        store.close()
    return f"failed: {damage}" if damage else "made, opened, sound"


def _places(folder: Path) -> str:
    from sync.places import load_pack

    return f"{len(load_pack().villages)} villages"


def _texts(folder: Path) -> str:
    from sync.language import tr

    said = tr("Issue", "kk")
    return said if said != "Issue" else "failed: no Kazakh texts"


def _form(folder: Path) -> str:
    """An XLSForm through the worker process, and its questions."""
    from desktop.surveys.bundled import bundled_forms
    from desktop.surveys.form import load_form
    from desktop.surveys.xlsform import read_xlsform

    workbook = folder / "form.xlsx"
    workbook.write_bytes(bundled_forms()[0].workbook())
    checked = read_xlsform(workbook)
    if not checked.ok or checked.xform is None:
        return f"failed: {[message.text for message in checked.messages]}"
    return f"{len(load_form(checked.xform).nodes)} nodes"


def _network(folder: Path) -> str:
    from sync.client.line import open_http

    with open_http() as http:
        return f"{len(http.adapters)} adapters"


def _keystore(folder: Path) -> str:
    from desktop.keystore import backend_name

    return backend_name() or "none: the password stands alone"


def _window(folder: Path) -> str:
    """The first window, painted, with the bundled font."""
    from ui.app import make_app
    from ui.screens.sign_in import SignIn

    app = make_app(["dala"])
    page = SignIn(enrolled=False)
    page.show()
    app.processEvents()
    picture = page.grab()
    page.close()
    return f"{app.font().family()}, {picture.width()}×{picture.height()}"


PROBES: dict[str, Callable[[Path], str]] = {
    "file": _file,
    "places": _places,
    "texts": _texts,
    "form": _form,
    "network": _network,
    "keystore": _keystore,
    "window": _window,
}
