"""`make installer`: the Debian package build/installer/dala_<version>_amd64.deb.

PyInstaller makes the folder, it is checked and started once outside this environment, and
dpkg-deb packs it: the program in /opt/dala, and what a desktop needs to show it in its menu.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from deploy.check_bundle import unwanted, unwanted_modules
from deploy.sbom import write
from sync import VERSION

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)  # of the icon, in pixels
# What PyInstaller and we start, and Debian's package that has it.
TOOLS = {"dpkg-deb": "dpkg", "objdump": "binutils", "objcopy": "binutils", "strip": "binutils"}
# Qt is built against glibc 2.34; the rest is what it loads from the system, and Wayland's part.
BASE = ("libc6 (>= 2.34)", "libstdc++6")
WAYLAND = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")


def main() -> None:
    """Build, check and pack; prints the path of the package and its size."""
    if missing := [package for tool, package in TOOLS.items() if not shutil.which(tool)]:
        sys.exit(
            "make installer: this builds on Debian and its kin, with what is missing here "
            f"(apt-get install {' '.join(dict.fromkeys(missing))})"
        )
    bundle = freeze()
    if found := [*unwanted(bundle), *unwanted_modules(bundle / "dala")]:
        sys.exit("make installer: must not be in the bundle:\n  " + "\n  ".join(found))
    self_test(bundle)
    package = pack(bundle, BUILD / "installer", "dpkg-deb")
    write(package.with_suffix(".cdx.json"))
    sys.stdout.write(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB\n")


def freeze() -> Path:
    """The program as a folder that needs no Python.

    The same source gives the same bytes, and its modules are packed once, with the package: so
    that little of it differs from the version before (decision 0079).
    """
    bundles = BUILD / "bundle"
    same = {"PYTHONHASHSEED": "0", "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}
    done = subprocess.run(  # noqa: S603  # our own words only
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", bundles, "--workpath", BUILD / "pyinstaller", "build_installer.spec"],
        cwd=ROOT, env={**os.environ, **same}, check=False,
    )  # fmt: skip
    if done.returncode:  # it says itself what it lacks, Debian's libpython for one
        sys.exit("make installer: PyInstaller could not build the program, see above")
    return bundles / f"dala-{VERSION}"


def self_test(bundle: Path) -> None:
    """Start the bundle as on a laptop: no Python of ours in reach, an empty home."""
    with tempfile.TemporaryDirectory() as home:
        bare = {"HOME": home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                "XDG_RUNTIME_DIR": home, "QT_QPA_PLATFORM": "offscreen"}  # fmt: skip
        for words in (["--self-test"], ["diagnostics", "--json"]):
            done = subprocess.run(  # noqa: S603  # our own words only
                [bundle / "dala", *words], env=bare, cwd=home, check=False, timeout=120
            )
            if done.returncode:
                sys.exit(f"make installer: dala {' '.join(words)} failed ({done.returncode})")


def pack(bundle: Path, folder: Path, dpkg_deb: str) -> Path:
    """The Debian package of a bundle, written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / f"dala_{VERSION}_amd64.deb"
    with tempfile.TemporaryDirectory(prefix="dala-deb-") as temporary:
        tree = Path(temporary) / "tree"
        lay_out(bundle, tree)
        tree.chmod(0o755)
        subprocess.run(  # noqa: S603  # our own words only
            [dpkg_deb, "--root-owner-group", "-Zxz", "--build", tree, package],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return package


def lay_out(bundle: Path, tree: Path) -> None:
    """Write the files of the package below `tree`, as they will stand below /."""
    shutil.copytree(bundle, tree / "opt/dala", symlinks=True)
    share = tree / "usr/share"
    put(share / "applications/dala.desktop", text("deploy/dala.desktop"))
    put(share / "mime/packages/dala-join.xml", text("deploy/dala-join.xml"))
    today = datetime.now(UTC).date().isoformat()
    metainfo = text("deploy/kz.dala.Dala.metainfo.xml.in")
    metainfo = metainfo.replace("@VERSION@", VERSION).replace("@DATE@", today)
    put(share / "metainfo/kz.dala.Dala.metainfo.xml", metainfo)
    put(share / "doc/dala/copyright", text("deploy/copyright") + text("LICENSE"))
    draw_icons(share / "icons/hicolor")
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/dala").symlink_to("../../opt/dala/dala")
    size = sum(path.stat().st_size for path in tree.rglob("*") if not path.is_symlink())
    put(tree / "DEBIAN/control", control(size // 1024))


def control(kilobytes: int) -> str:
    """The package's own description for apt."""
    rows = text("deploy/system-libraries.txt").splitlines()
    qt = [row.split()[1] for row in rows if row and not row.startswith("#")]
    return f"""\
Package: dala
Version: {VERSION}
Architecture: amd64
Maintainer: The Dala authors <dala@localhost>
Installed-Size: {kilobytes}
Depends: {", ".join([*BASE, *qt, *WAYLAND])}
Recommends: libcups2, gnome-keyring | kwalletmanager
Section: misc
Priority: optional
Description: field work of district operative groups
 Meetings, issues and surveys are recorded without a network, kept encrypted,
 and exchanged with the regional server when the network returns.
"""


def draw_icons(folder: Path) -> None:
    """The icon in all sizes, and as it was drawn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt  # only here: packing alone needs no Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(ROOT / "deploy/dala.svg"))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        target = folder / f"{size}x{size}/apps/dala.png"
        target.parent.mkdir(parents=True)
        image.save(str(target))
    put(folder / "scalable/apps/dala.svg", text("deploy/dala.svg"))
    del application


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
