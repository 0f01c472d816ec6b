"""What the serving process does by itself, each day: a thread that looks now and then."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sync.errors import UserError
from sync.person import REGION, SERVER, Person

KEEPER = Person(SERVER, "", "coordinator", REGION)  # reads and erases everywhere
DAY = timedelta(hours=20)  # after so long it is another day's turn, also where work takes hours
LEAVING = 20.0  # seconds that a turn has to come to its end: systemd waits for 30
LOOK = 600.0  # seconds between looks whether it is time; also before the first
log = logging.getLogger("dala.server")

Work = Callable[[threading.Event], float | None]


@contextmanager
def daily(name: str, work: Work, failed: str, look: float = LOOK) -> Iterator[None]:
    """While the block lasts, `work` each `look` seconds, or when it says; it knows its own day.

    It is given what tells it to stop, and returns seconds until the next look, or None. Where it
    raises, `failed` is logged, and it is asked again at the next look.
    """
    stop = threading.Event()

    def turns() -> None:
        wait = look
        while not stop.wait(wait):
            try:
                wait = work(stop) or look
            except UserError as error:
                log.error("%s: %s", failed, error)  # its words say it all
                wait = look
            except Exception:
                log.exception(failed)
                wait = look

    thread = threading.Thread(target=turns, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LEAVING)  # what is half made then goes with the process: the next one sweeps
