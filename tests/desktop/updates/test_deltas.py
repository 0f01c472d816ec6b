"""What changed between two versions, put together with the one that is here, is the other one."""

import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy import deltas as writing
from deploy import release
from desktop.updates import Unfit, deltas, versions
from desktop.updates.deltas import put_together
from desktop.updates.versions import Programs, Version
from tests.releases import LIBRARY

NAMES = [
    "dala",
    "words",
    "program/a",
    "program/b/c",
    "program/b/d",
    "program/\u0441\u04e9\u0437",
    f"far/{'x' * 120}",
]
CONTENTS = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([LIBRARY, LIBRARY[9:], LIBRARY[:20_000] + b"new" + LIBRARY[20_000:]]),
)
FILES = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(CONTENTS, st.booleans(), st.booleans()), max_size=len(NAMES)
)


def made(folder: Path, files: dict[str, tuple[bytes, bool, bool]]) -> Path:
    """A folder of files: their contents, whether they are programs, and whether they are links."""
    folder.mkdir()
    (folder / "empty").mkdir()
    for name, (content, program, link) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if link:
            path.symlink_to("words")
        else:
            path.write_bytes(content)
            path.chmod(0o755 if program else 0o644)
    return folder


def seen(folder: Path) -> dict[str, object]:
    """All that a folder has."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = path.readlink()
        elif path.is_file():
            found[name] = (path.read_bytes(), bool(path.stat().st_mode & stat.S_IXUSR))
        else:
            found[name] = None
    return found


def between(folder: Path, before: Path, after: Path) -> tuple[Path, bytes, str]:
    """The delta of two folders, the tar that it has to give, and its sum."""
    delta, package = folder / "delta", folder / "package"
    release.pack(after, package)
    with writing.tar_of(package) as tar:
        writing.write_delta(before, tar, delta)
        sum = writing.sum_of(tar)
        tar.seek(0)
        return delta, tar.read(), sum


def read(delta: Path, base: Path, sum: str) -> bytes:
    with put_together(delta, base, sum) as tar:
        return tar.read()


@given(before=FILES, after=FILES)
@settings(max_examples=40, deadline=None)
def test_whatever_two_versions_are_the_delta_gives_the_newer_one_byte_for_byte(before, after):
    with TemporaryDirectory() as name:
        folder = Path(name)
        old, new = made(folder / "old", before), made(folder / "new", after)
        delta, tar, sum = between(folder, old, new)

        assert read(delta, old, sum) == tar

        programs = Programs(folder / "programs")
        with put_together(delta, old, sum) as stream:
            assert seen(versions.unpack(programs, Version("0.3.0", 13), stream)) == seen(new)


@pytest.fixture
def two(tmp_path):
    """Two versions with a file that stayed, one that changed a little, and a new one."""
    before = {"dala": (LIBRARY[::-1], True, False), "program/a": (LIBRARY, False, False)}
    news = {"program/a": (LIBRARY[:9000] + b"new" + LIBRARY[9000:], False, False)}
    old = made(tmp_path / "old", before)
    new = made(
        tmp_path / "new", before | news | {"words": (LIBRARY[:20_000:3] * 12, False, False)}
    )
    return old, *between(tmp_path, old, new)


def test_what_stayed_does_not_come_again_and_what_changed_a_little_is_little(two):
    _, delta, tar, _ = two

    assert delta.stat().st_size < len(LIBRARY[:20_000:3]) + 600
    assert len(tar) > 3 * len(LIBRARY)


def test_what_only_has_another_name_does_not_come_again(tmp_path):
    old = made(tmp_path / "old", {"program/a": (LIBRARY, False, False)})
    new = made(tmp_path / "new", {"program/b/c": (LIBRARY, True, False)})

    delta, tar, sum = between(tmp_path, old, new)

    assert delta.stat().st_size < 1000
    assert read(delta, old, sum) == tar


@pytest.mark.parametrize("name", ["dala", "program/a"])
def test_a_changed_byte_in_the_version_here_is_found_out(two, name):
    old, delta, _, sum = two
    content = bytearray((old / name).read_bytes())
    content[500] ^= 1
    (old / name).write_bytes(content)

    with pytest.raises(Unfit):
        read(delta, old, sum)


@pytest.mark.parametrize("name", ["dala", "program/a"])
@pytest.mark.parametrize("other", [None, b"", LIBRARY[:700], LIBRARY[::2]])
def test_another_version_here_is_found_out(two, name, other):
    old, delta, _, sum = two
    (old / name).unlink()
    if other is not None:
        (old / name).write_bytes(other)

    with pytest.raises(Unfit):
        read(delta, old, sum)


def test_a_delta_that_ends_too_soon_is_found_out(two):
    old, delta, _, sum = two
    whole = delta.read_bytes()

    for size in (0, 5, 15, 200, len(whole) // 2, len(whole) - 1):
        delta.write_bytes(whole[:size])
        with pytest.raises(Unfit):
            read(delta, old, sum)


def test_a_changed_byte_anywhere_in_a_delta_is_found_out_or_changes_nothing(two):
    old, delta, tar, sum = two
    whole = delta.read_bytes()

    for place in range(0, len(whole), len(whole) // 60):
        delta.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            assert read(delta, old, sum) == tar
        except Unfit:
            continue


def test_a_sum_that_is_not_the_signed_one_is_found_out_though_all_of_it_fits(two):
    old, delta, _, sum = two

    with pytest.raises(Unfit), put_together(delta, old, sum[::-1]) as stream:
        stream.read(512)  # who unpacks it may not read to the end


def test_a_file_too_large_to_be_held_is_told_whole_and_never_read_into_memory(
    tmp_path, monkeypatch
):
    old = made(tmp_path / "old", {"dala": (LIBRARY, True, False)})
    new = made(tmp_path / "new", {"dala": (LIBRARY[:-9], True, False)})
    delta, tar, sum = between(tmp_path, old, new)
    monkeypatch.setattr(deltas, "LARGEST", len(LIBRARY) - 1)
    with pytest.raises(Unfit):
        read(delta, old, sum)

    monkeypatch.setattr(writing, "LARGEST", len(LIBRARY) - 1)
    delta, tar, sum = between(tmp_path, old, new)
    assert delta.stat().st_size > len(LIBRARY)
    assert read(delta, old, sum) == tar
