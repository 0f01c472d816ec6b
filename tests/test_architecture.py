"""The arrows between the packages, and the proof that the contracts in pyproject.toml bite."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("resources", "sync", "desktop", "ui")

FORBIDDEN = {  # a module that does not exist yet: what it must not import
    "resources/breach.py": ["sync"],
    "sync/records/breach.py": ["sync.client", "desktop", "PySide6.QtCore", "fastapi"],
    "sync/client/breach.py": ["sync.server", "fastapi", "psycopg"],
    "sync/server/breach.py": ["sync.client", "PySide6.QtWidgets"],
    "desktop/breach.py": ["ui", "sync.server", "PySide6.QtCore", "uvicorn"],
    "ui/breach.py": ["sqlalchemy", "sqlcipher3", "requests", "keyring", "cryptography", "fastapi"],
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint_imports = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [lint_imports, "--no-cache"], cwd=folder, check=False, capture_output=True, text=True
    )


@pytest.fixture
def copy(tmp_path) -> Path:
    """The packages of this repository, code only, with its contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            target = tmp_path / module.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    return tmp_path


def test_imports_go_one_way(copy):
    result = lint(copy)

    assert result.returncode == 0, result.stdout


def test_every_forbidden_import_is_found(copy):
    for module, imported in FORBIDDEN.items():
        lines = "".join(f"import {name}\n" for name in imported)
        (copy / module).write_text(lines, encoding="utf-8")

    result = lint(copy)

    assert result.returncode == 1
    arrows = [
        f"{module.removesuffix('.py').replace('/', '.')} -> {root(name)}"
        for module, imported in FORBIDDEN.items()
        for name in imported
    ]
    missed = [arrow for arrow in arrows if f"{arrow} (" not in result.stdout]
    assert missed == [], result.stdout


def root(name: str) -> str:
    """Foreign packages are known to the linter by their first name only."""
    return name if name.split(".")[0] in PACKAGES else name.split(".")[0]


def test_every_contract_can_be_broken(copy):
    for module, imported in FORBIDDEN.items():
        lines = "".join(f"import {name}\n" for name in imported)
        (copy / module).write_text(lines, encoding="utf-8")

    assert " 0 kept," in lint(copy).stdout


@pytest.mark.parametrize(
    ("packages", "absent"),
    [
        (("sync.client", "sync.records", "desktop"), ("PySide6", "fastapi", "psycopg", "ui")),
        (("sync.server",), ("PySide6", "keyring", "sqlcipher3", "desktop")),
        (("ui",), ("fastapi", "uvicorn", "psycopg", "sync.server")),
    ],
    ids=["laptop", "server", "window"],
)
def test_what_is_really_loaded(packages, absent):
    """All modules are imported in a new process: lazy and indirect imports show here."""
    program = f"""
import importlib, pkgutil, sys
for name in {packages!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
print(*(name for name in {absent!r} if name in sys.modules))
"""
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []
