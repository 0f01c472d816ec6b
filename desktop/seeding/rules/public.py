"""Meetings and what was decided there, work plans, publications."""

from datetime import date, timedelta

from desktop.seeding.scene import Scene
from sync.records.base import Values

DONE, LEFT = 0.78, 0.01  # of what was to be done by now, and of what was long ago and is not
FORGOTTEN = 60  # days after a term


def meeting(values: Values, scene: Scene, _: Values) -> None:
    """So many came as a hall holds."""
    values["present"] = scene.number(14, 120)


def question(values: Values, scene: Scene, _: Values) -> None:
    """An answer stands where it was given at once."""
    values["answered"] = scene.pick({"answered": 6, "promised": 4})
    values["answer"] = scene.text("answer") if values["answered"] == "answered" else None
    values["answered_by"] = scene.text("body")
    if not scene.happens(0.5):
        values.pop("asked_by", None)


def decision(values: Values, scene: Scene, _: Values) -> None:
    """Its term comes some weeks after the meeting; most are done by it."""
    values["due_on"] = due = scene.later(7, 45)
    values["state"] = _followed(scene, due)


def measure(values: Values, scene: Scene, _: Values) -> None:
    """The same of a work plan; what is done says when, and with what result."""
    values["due_on"] = due = scene.later(20, 80)
    values["state"] = _followed(scene, due)
    values["done_on"] = values["result"] = None
    if values["state"] == "done":
        values["done_on"] = min(due, scene.today)
        values["result"] = scene.text("result")


def work_plan(values: Values, scene: Scene, _: Values) -> None:
    """It holds for a quarter."""
    values["ends_on"] = scene.day + timedelta(days=90)


def publication(values: Values, scene: Scene, _: Values) -> None:
    """What is planned has no outcome; titles follow the topic, not the outlet."""
    values["outlet"] = scene.about(str(values.get("outlet_type", ""))).text("outlet")
    values["title"] = scene.about(str(values.get("category", ""))).text("headline")
    values["state"] = scene.pick(
        {"published": 20, "planned": 2 if scene.age < 9 else 0, "dropped": 1}
    )
    values["language"], values["script"] = scene.language, "cyrillic"
    values["own"] = scene.happens(0.45)
    values["tone"] = scene.pick({"neutral": 5, "positive": 3, "critical": 2})
    values["address"] = None
    if values["state"] != "published":
        values["result"] = None


def claim(values: Values, scene: Scene, _: Values) -> None:
    """What was found false is asked to be refuted, and often is."""
    values["verdict"] = scene.pick({"true": 3, "partly": 3, "false": 3, "unchecked": 2})
    values["evidence"] = None if values["verdict"] == "unchecked" else scene.text("evidence")
    values["asked_on"] = values["refuted_on"] = None
    if values["verdict"] == "false":
        values["asked_on"] = asked = scene.by_now(1, 4)
        later = asked + timedelta(days=scene.number(3, 15))
        values["refuted_on"] = later if later <= scene.today and scene.happens(0.6) else None


def _followed(scene: Scene, due: date) -> str:
    if due >= scene.today:
        return "done" if scene.happens(0.2) else "open"
    still = 1 - DONE if (scene.today - due).days < FORGOTTEN else LEFT
    return scene.pick({"done": DONE, "dropped": 0.05, "open": still})
