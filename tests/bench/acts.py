"""Acts without a screen: hints of duplicates, a photo taken in, a file checked, starts after a kill."""

import os
import random
import signal
from io import BytesIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PIL import Image
from sqlalchemy import text

from desktop.actions import duplicates, records
from desktop.folder import Profile
from desktop.photos import PhotoFolder
from desktop.profile import close_desk
from desktop.repair import check_and_repair
from desktop.training import PASSWORD, new_profile
from sync.change import new_id
from sync.records.base import Values
from tests.bench import pairs, report
from tests.bench.material import KEY, Writer
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

A_MB = 550  # issues with their replies, about so many
CAMERA = (4_000, 3_000)
DIES = (0.001, 0.03)  # seconds after its start at which a program is killed that saves without end


def hints(runs: int, records: int) -> Figure:
    """What is probably the same as an issue that is being typed."""
    with TemporaryDirectory(prefix="dala-bench-") as folder, desk_at(Path(folder)) as desk:
        pairs.fill(desk, records)
        with desk.store() as session:
            rows = [dict(row) for row in session.execute(duplicates.asked("issue")).mappings()]
        typed = cycle(random.Random(7).sample(rows, min(len(rows), runs + 1)))

        def floor() -> float:
            began = perf_counter()
            place = {"place": rows[0]["village"]}
            with desk.store() as session:
                session.execute(text("SELECT * FROM issue WHERE village = :place"), place).all()
            return perf_counter() - began

        def ours() -> float:
            one = next(typed)
            began = perf_counter()
            duplicates.hints(desk, "issue", one, one["id"])
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs)
    facts = {"issues": float(records), "ms, most": 1000 * max(owns)}
    return Figure("hints of duplicates", "the issues of one village, read", floors, owns, facts)


def photo(runs: int) -> Figure:
    """A photo as a phone writes it becomes what is kept, with its small picture, on the disk."""
    content, sizes = camera(), list[int]()
    with TemporaryDirectory(prefix="dala-bench-") as folder:

        def floor() -> float:
            began, out = perf_counter(), BytesIO()
            image = Image.open(BytesIO(content))
            image.thumbnail((1600, 1600))
            image.save(out, "JPEG", quality=80)
            return perf_counter() - began

        def ours() -> float:
            photos = PhotoFolder(Path(folder) / f"{len(sizes)}", KEY)
            began = perf_counter()
            kept = photos.add(content, "photo.jpg")
            took = perf_counter() - began
            sizes.append(kept.size)
            made = Image.open(BytesIO(photos.read(kept.sha256)))
            assert max(made.size) == 1600
            assert not dict(made.getexif())
            return took

        floors, owns = in_turns(floor, ours, runs)
    facts = {"bytes before": float(len(content)), "bytes": float(sizes[0])}
    return Figure("a photo of 12 MP", "Pillow alone makes it small", floors, owns, facts)


def camera(fine: float = 0.15) -> bytes:
    """A JPEG of 12 megapixels, with a place and a camera in its EXIF, in which details are the fainter the
    smaller they are, as in nature; less so by `fine`."""
    chance, page = random.Random(1), None
    for wide in (CAMERA[0], *(2**power for power in range(10, 1, -1))):
        high = wide * 3 // 4
        noise = Image.frombytes("L", (wide, high), chance.randbytes(wide * high))
        noise = noise.resize(CAMERA, Image.Resampling.BICUBIC)
        page = noise if page is None else Image.blend(page, noise, fine)
    assert page is not None
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    page.convert("RGB").save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def checked(runs: int, large: int) -> Figure:
    """Every page of a file and what hangs on it; beside reading its bytes."""
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), report.COORDINATOR) as desk,
    ):
        profile = Profile(Path(folder))
        report.fill(desk, max(20, large * A_MB))

        def floor() -> float:
            began = perf_counter()
            profile.store.read_bytes()
            return perf_counter() - began

        def ours() -> float:
            began = perf_counter()
            assert check_and_repair(profile, desk).sound
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs)
        facts = {"MB": profile.store.stat().st_size / 1e6}
    return Figure("check and repair", "its bytes, read", floors, owns, facts)


def restarts(pairs: int) -> Figure:
    """So many starts after a clean end and so many after a kill while it saved, as signing in makes them;
    whether anything is said of what was not damaged, or given back that nobody typed."""
    from ui.models.record_page import blank_page
    from ui.opening import unlock

    prompts, killed = 0, 0
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        profile, chance, writer = Profile(Path(folder)), random.Random(9), Writer(seed=9)
        close_desk(new_profile(profile, role="leader"))

        def start(dies: float) -> float:
            nonlocal prompts, killed
            values = writer.fields("issue")
            if (child := os.fork()) == 0:
                _live(profile, values, dies)
            killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
            began = perf_counter()
            opened = unlock(profile, PASSWORD, token_gone=False)
            took = perf_counter() - began
            said = (opened.mended, opened.recoveries, opened.left, opened.refused)
            prompts += any(said) or blank_page(opened.desk, "issue", new_id()).draft is not None
            close_desk(opened.desk)
            return took

        floors, owns = in_turns(lambda: start(0), lambda: start(chance.uniform(*DIES)), pairs - 1)
    facts = {"starts": 2.0 * pairs, "killed": float(killed), "false prompts": float(prompts)}
    return Figure("start after a kill", "start after a clean end", floors, owns, facts)


def _live(profile: Profile, values: Values, dies: float) -> None:
    """A child: sign in, save once and end, or save until it is killed."""
    from ui.opening import unlock

    desk = unlock(profile, PASSWORD, token_gone=False).desk
    if dies:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, dies)
    while True:
        records.save(desk, "issue", values)
        if not dies:
            close_desk(desk)
            os._exit(0)
