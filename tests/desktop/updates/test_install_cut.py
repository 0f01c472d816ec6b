"""An install that is killed at any point: the old version or the new one starts, whole."""

import errno
import os
import signal
import subprocess
import sys
import warnings

import pytest

from desktop.lock import InUse, only_here
from desktop.updates import UpdateFailed, launching, versions
from desktop.updates.versions import Programs, executable
from sync import VERSION
from sync.errors import UserError
from sync.language import speak
from tests.releases import LIBRARY, Region, current, install

POINTS, SWITCH = 100, 12  # over the whole; and the last ones, each of them
SOAK = bool(os.environ.get("DALA_SOAK"))
TOUCHES = {  # what C functions are called that change something, or start a process
    "open", "write", "replace", "rename", "mkdir", "rmdir", "unlink", "remove", "chmod", "utime",
    "symlink", "link", "fsync", "ftruncate", "flock", "fork_exec", "copyfileobj", "truncate",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    speak("en")


def in_a_child(work, kill_at=0):
    """Run it in a process that is killed before its n-th touch; how many there were, by the way
    it ended: None where it was killed."""
    read, write = os.pipe()
    with warnings.catch_warnings():  # of threads that other tests left: the child needs none
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        seen = 0

        def watch(frame, event, called):
            nonlocal seen
            if event == "c_call" and called.__name__ in TOUCHES:
                seen += 1
                if seen == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.setprofile(watch)
            work()
            sys.setprofile(None)
            os.write(write, str(seen).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as end:
        said = end.read()
    os.waitpid(child, 0)
    return int(said) if said else None


def started(programs: Programs) -> str:
    """What the program that a start becomes says of itself: its version."""
    program = launching.choose(programs, window=True)
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
@pytest.mark.parametrize("library", [b"", LIBRARY], ids=["whole", "what changed"])
def test_killed_at_any_point_the_old_or_the_new_version_starts(tmp_path, library):
    region = Region(tmp_path / "region")
    region.offer("0.2.0", library=library)

    def laptop(name: str) -> Programs:
        programs = Programs(tmp_path / name)
        install(programs, older, region.root)
        return programs

    older = region.stick()
    region.offer("0.3.0", library=library)
    assert bool(list(region.repository.rglob("*.delta"))) == bool(library)
    whole = laptop("whole")
    touches = in_a_child(lambda: install(whole, region.repository, region.root))
    assert touches is not None
    assert current(whole) == "0.3.0"
    points = sorted({1 + touches * n // POINTS for n in range(POINTS)})
    assert len(points) >= 60
    found = set()
    switch = range(touches - SWITCH, touches + 1)
    for point in sorted({*(points if SOAK else points[::7]), *switch}):
        programs = laptop(f"killed-{point}")

        assert (
            in_a_child(lambda p=programs: install(p, region.repository, region.root), point)
            is None
        )

        says = started(programs)
        assert says == current(programs)
        found.add(says)
        launching.choose(programs, window=False)
        assert install(programs, region.repository, region.root) == (
            "0.3.0" if says == "0.2.0" else None
        )
        assert started(programs) == "0.3.0"
        kept = {path.name for path in (programs.folder / "versions").iterdir()}
        assert kept == {"0.2.0", "0.3.0"}
        assert not list(programs.folder.glob("*.coming"))
    assert found == {"0.2.0", "0.3.0"}


def test_a_version_is_current_only_after_it_was_tried(tmp_path):
    region = Region(tmp_path / "region")
    region.offer("0.2.0", well=False)
    programs = Programs(tmp_path / "laptop")

    with pytest.raises(UpdateFailed, match="does not work on this computer"):
        install(programs, region.repository, region.root)

    assert versions.read_state(programs) == versions.State()
    assert not executable(programs.folder / "versions" / "0.2.0").exists()


def test_one_install_at_a_time(tmp_path):
    region = Region(tmp_path / "region")
    programs = Programs(tmp_path / "laptop")
    programs.folder.mkdir()

    with only_here(programs.lock), pytest.raises(InUse):
        install(programs, region.repository, region.root)


def test_a_full_disk_leaves_the_old_version(tmp_path, monkeypatch):
    region = Region(tmp_path / "region")
    region.offer("0.2.0")
    programs = Programs(tmp_path / "laptop")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("desktop.updates.versions.tarfile.TarFile.extractall", full)

    with pytest.raises(UserError, match="the disk is full"):
        install(programs, region.repository, region.root)
    assert current(programs) == VERSION


def test_what_a_cut_install_left_half_unpacked_is_no_part_of_the_next_one(tmp_path):
    region = Region(tmp_path / "region")
    region.offer("0.2.0")
    programs = Programs(tmp_path / "laptop")
    left = programs.folder / "versions" / "0.2.0.coming" / "left"
    left.mkdir(parents=True)

    assert install(programs, region.repository, region.root) == "0.2.0"
    assert not (programs.folder / "versions" / "0.2.0" / "left").exists()
