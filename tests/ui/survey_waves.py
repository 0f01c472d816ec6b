"""A running wave with the real rating form, for the tests of surveys, interviews and ratings."""

from datetime import date, timedelta

import resources
from tests.ui.desks import SOZAQ, record, seen_by

OKRUG = "615647000"  # Созақ ауылдық округі
POSTS = ("Созақ ауданының әкімі", "Партия филиалының төрағасы")


def start_wave(
    desk, *, posts=POSTS[:1], title="Күзгі рейтинг", target=10, ended=False, xform=None
):
    """(wave, officials): a wave of the rating form or another, as the coordinator made it."""
    coordinator = seen_by(desk, "coordinator")
    xform = xform or resources.text("forms", "rating.xml")
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": xform})
    officials = [
        record(coordinator, "official", {"post": post, "body": "akimat"}) for post in posts
    ]
    today = date.today()  # noqa: DTZ011  # the day of the place  # noqa: DTZ011  # a wave that runs while the test does
    values = {
        "title": title,
        "form": str(form),
        "districts": [SOZAQ],
        "rated": [str(each) for each in officials],
        "target": target,
        "starts_on": today - timedelta(days=9),
        "ends_on": today + timedelta(days=-1 if ended else 9),
    }
    return record(coordinator, "wave", values), officials
