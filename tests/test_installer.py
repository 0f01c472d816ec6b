import subprocess
import sys
from pathlib import Path

import pytest

from deploy import check_bundle, installer

QT = "program/PySide6/Qt"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/translations/qtbase_kk.qm",
        f"{QT}/lib/libQt6Widgets.so.6",
        "program/resources/i18n/kk.mo",
        "program/sync/client/migrations/versions/0001.py",
        "program/libpython3.11.so.1.0",
    ],
)
def test_what_a_laptop_uses_stays(name):
    assert check_bundle.is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/lib/libQt6VirtualKeyboard.so.6",
        f"{QT}/lib/libQt6Quick.so.6",
        "program/python3.11/lib-dynload/readline.cpython-311-x86_64-linux-gnu.so",
        "program/libreadline.so.8",
        "program/psycopg_binary/_psycopg.cpython-311-x86_64-linux-gnu.so",
        "program/sync/server/migrations/env.py",
        "program/resources/i18n/kk.po",
        "program/pyxform/validators/ODK_Validate.jar",
    ],
)
def test_what_no_laptop_uses_is_left_out(name):
    assert not check_bundle.is_wanted(name)


def test_of_the_systems_libraries_only_pythons_own_are_carried():
    assert check_bundle.is_wanted("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3")
    assert not check_bundle.is_wanted("libgtk-3.so.0", "/lib/x86_64-linux-gnu/libgtk-3.so.0")
    assert not check_bundle.is_wanted("libgnutls.so.30", "/usr/lib/libgnutls.so.30")
    math = "python3.11/lib-dynload/_math.so"
    assert check_bundle.is_wanted(math, f"/usr/lib/{math}")


def test_an_unwanted_file_in_a_bundle_is_named(tmp_path):
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "libreadline.so.8").touch()
    (tmp_path / "program" / "libssl.so.3").touch()

    assert check_bundle.unwanted(tmp_path) == ["program/libreadline.so.8"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """The package's files for a bundle of one file; in a process of its own, for Qt draws."""
    folder = tmp_path_factory.mktemp("package")
    bundle = folder / "bundle"
    bundle.mkdir()
    (bundle / "dala").write_text("program")
    code = f"""
from pathlib import Path
from deploy.installer import lay_out
lay_out(Path({str(bundle)!r}), Path({str(folder / "tree")!r}))
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=installer.ROOT)
    return folder / "tree"


def test_the_package_has_the_program_its_menu_entry_and_its_licences(tree):
    share = tree / "usr/share"

    assert (tree / "usr/bin/dala").resolve().read_text() == "program"
    entry = (share / "applications/dala.desktop").read_text()
    assert "Exec=dala %f\n" in entry
    [kind] = [row.partition("=")[2] for row in entry.splitlines() if row.startswith("MimeType=")]
    assert f'type="{kind.rstrip(";")}"' in (share / "mime/packages/dala-join.xml").read_text()
    assert "LGPL-3.0" in (share / "doc/dala/copyright").read_text()
    assert f'version="{installer.VERSION}"' in (
        (share / "metainfo/kz.dala.Dala.metainfo.xml").read_text()
    )


def test_the_icon_is_drawn_in_every_size_with_clear_corners(tree):
    from PySide6.QtGui import QImage

    for size in installer.SIZES:
        name = f"usr/share/icons/hicolor/{size}x{size}/apps/dala.png"
        image = QImage(str(tree / name))

        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(size // 2, size // 2).alpha() == 255


def test_apt_is_told_of_every_library_that_qt_loads(tree):
    control = (tree / "DEBIAN/control").read_text()

    for package in ("libc6 (>= 2.34)", "libgl1", "libxcb-cursor0", "libwayland-client0"):
        assert package in control
    assert f"Version: {installer.VERSION}\n" in control


def test_what_the_build_needs_of_the_system_is_named_before_it_begins(monkeypatch):
    """On a bare Debian, which has dpkg but no binutils."""
    monkeypatch.setattr(installer.shutil, "which", lambda tool: tool == "dpkg-deb" or None)
    monkeypatch.setattr(installer, "freeze", lambda: pytest.fail("it began"))

    with pytest.raises(SystemExit, match=r"apt-get install binutils\)"):
        installer.main()


def test_a_program_that_was_not_built_ends_in_words_and_is_not_packed(monkeypatch):
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(installer.shutil, "which", lambda tool: tool)
    monkeypatch.setattr(installer.subprocess, "run", lambda *_, **__: failed)

    with pytest.raises(SystemExit, match="see above"):
        installer.main()
