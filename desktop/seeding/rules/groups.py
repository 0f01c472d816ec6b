"""The group itself: its people, their weeks and their days in villages."""

from datetime import timedelta

from desktop.seeding.scene import Scene
from sync.records.base import Values


def member(values: Values, scene: Scene, _: Values) -> None:
    """In the group since the first day; who leads it, `making` says."""
    values["role"], values["state"], values["until"] = "member", "active", None


def week_plan(values: Values, scene: Scene, _: Values) -> None:
    """A week begins on a Monday."""
    values["week_on"] = scene.day - timedelta(days=scene.day.weekday())


def outing(values: Values, scene: Scene, _: Values) -> None:
    """A trip of that week."""
    monday = scene.day - timedelta(days=scene.day.weekday())
    values["day"] = monday + timedelta(days=scene.number(0, 4))


def visit(values: Values, scene: Scene, _: Values) -> None:
    """More people than households."""
    values["households"] = scene.number(4, 28)
    values["people"] = values["households"] + scene.number(2, 40)
