"""python -m ui demo [--headless] [--json]: the main job, from the first word to the rating."""

import argparse
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QtMsgType, qInstallMessageHandler

from sync.errors import Offline, UserError
from sync.language import tr
from ui.demo.hands import press, wait, write
from ui.demo.laptop import Laptop
from ui.demo.server import DemoServer
from ui.demo.story import Counts, Story, told
from ui.display import has_screen

OUT = Path("build/demo")
SEED = 2026


def main(words: list[str]) -> int:
    """Tell the story; 0 when nothing was lost, else 1."""
    asked = _arguments(words)
    if asked.headless or not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        asked.headless = True
        qInstallMessageHandler(_without_plugin_limits)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # leave no trace
    say = _speaker(quiet=asked.json)
    from ui.app import catch_bugs, make_app

    app = make_app(language=asked.lang)
    catch_bugs(app)
    app.setQuitOnLastWindowClosed(False)
    shutil.rmtree(asked.out, ignore_errors=True)
    asked.out.mkdir(parents=True)
    server = DemoServer(asked.out / "server")
    laptops = [Laptop(asked.out, name) for name in ("activist", "coordinator")]
    try:
        counts = tell(server, laptops[0], laptops[1], say, asked.out)
        _show_counts(counts, as_json=asked.json)
        if not asked.headless:
            say(tr("The windows stay open: go on by hand. Close both to end."))
            ended = []
            for laptop in laptops:
                laptop.program.ended.connect(lambda: ended.append(1))
            wait(lambda: len(ended) == len(laptops), seconds=24 * 3600)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        for laptop in laptops:
            laptop.close()
        server.stop()
    return 1 if counts.lost else 0


def tell(
    server: DemoServer,
    activist: Laptop,
    coordinator: Laptop,
    say: Callable[[str], None],
    out: Path,
) -> Counts:
    """The story in real windows, on real processes; pictures of its turns go to `out`."""
    today = date.today()  # noqa: DTZ011  # the day of the person at this computer
    people = told()["people"]
    server.start()
    for laptop in (activist, coordinator):
        code = server.enrolment_code(people[laptop.name])
        laptop.bind(server.url, code, left=laptop is activist)
    say(tr("A regional server and two laptops, each with its own encrypted file."))
    story = Story(activist.desk, coordinator.desk, say)
    coordinator.do(lambda: story.open_wave(today))
    both = (coordinator, activist)
    exchange(story, *both)

    server.stop()
    try:
        exchange(story, activist)
    except Offline as away:
        say(str(away))
    activist.do(story.record_meeting)
    activist.do(story.add_photos)
    activist.do(lambda: story.hold_interviews(today, chance=random.Random(SEED)))  # noqa: S311
    activist.do(story.send_for_review)
    pictures(activist, out, "offline", ("today", "meetings", "issues", "surveys", "sync"))

    server.start()
    say(tr("The network is back."))
    exchange(story, activist, coordinator)
    pictures(coordinator, out, "arrived", ("today", "review"))
    review_by_keys(story, coordinator)
    say(tr("The coordinator returns one issue with a comment and approves the rest, by keys."))
    exchange(story, *both)
    pictures(activist, out, "returned", ("today", "issues"), opened=story.returned)
    activist.do(story.correct)
    exchange(story, activist, coordinator)
    review_by_keys(story, coordinator)
    say(tr("The coordinator approves it."))
    coordinator.do(lambda: story.end_wave(today))
    exchange(story, *both, *both)
    story.compare()
    story.rate()
    pictures(coordinator, out, "end", ("review", "ratings", "issues"), opened=story.returned)
    pictures(activist, out, "end", ("issues", "sync", "today"), opened=story.returned)
    return story.counts


def exchange(story: Story, *laptops: Laptop) -> None:
    """One after the other."""
    for laptop in laptops:
        laptop.exchange(partial(story.exchange, laptop.desk))


def review_by_keys(story: Story, laptop: Laptop) -> None:
    """Work the queue off as the coordinator does: A approves, R and a comment returns."""
    screen = laptop.go("review")
    said: set[object] = set()
    while screen.left.current() is not None:
        waiting = screen.left.current()
        wait(partial(_shows, screen, waiting.id))
        comment = "" if waiting.id in said else story.comment_on(waiting.id)
        if comment and not story.counts.returned:
            said.add(waiting.id)
            write("r", screen)
            write(comment, laptop.cursor())
            press(Qt.Key.Key_Return, at=laptop.cursor())
            story.counts.returned += 1
        else:
            write("a", screen)
            story.counts.approved += 1
        wait(partial(_left, screen, waiting.id))
        laptop.rest()


def _shows(screen: Any, id: UUID) -> bool:
    return screen.case is not None and bool(screen.case.id == id)


def _left(screen: Any, id: UUID) -> bool:
    return screen.left.current() is None or bool(screen.left.current().id != id)


def pictures(
    laptop: Laptop, out: Path, moment: str, screens: tuple[str, ...], opened: UUID | None = None
) -> None:
    """One picture of each screen; of the issues with one of them open."""
    for key in screens:
        screen = laptop.go(key)
        if key == "issues" and opened is not None:
            screen.open_record(opened)
        laptop.picture(out / f"{moment}-{laptop.name}-{key}.png")


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ui demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="no windows, even with a display")
    parser.add_argument("--json", action="store_true", help="one JSON document of counts")
    parser.add_argument("--lang", choices=("kk", "ru", "en"), default="kk")
    parser.add_argument("--out", type=Path, default=OUT, help="where the profiles and pictures go")
    return parser.parse_args(words)


def _without_plugin_limits(_kind: QtMsgType, _where: object, words: str) -> None:
    """Qt's messages as ever, except what its offscreen plugin says of itself."""
    if not words.startswith("This plugin does not support "):
        sys.stderr.write(f"{words}\n")


def _speaker(*, quiet: bool) -> Callable[[str], None]:
    stream = sys.stderr if quiet else sys.stdout

    def say(words: str) -> None:
        stream.write(f"{words}\n")
        stream.flush()

    return say


def _show_counts(counts: Counts, *, as_json: bool) -> None:
    document = counts.as_json()
    if as_json:
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
        return
    for name, value in document.items():
        if not isinstance(value, dict):
            sys.stdout.write(f"  {name:<13} {value}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
