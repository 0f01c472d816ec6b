"""Objects of the village projects: money and work apart, and what was seen there."""

from datetime import date, timedelta

from desktop.seeding.scene import Scene
from sync.records.base import Values

HEIGHT = {"good": 1.0, "minor": 0.9, "poor": 0.7, "stopped": 0.4}


def project(values: Values, scene: Scene, _: Values) -> None:
    """Some run behind their days; what is accepted has a day and a warranty."""
    length = scene.number(90, 240)
    ends = values["ends_on"] = scene.day + timedelta(days=length)
    values["contract_sum"] = total = round(scene.chance.lognormvariate(18, 0.7) / 1e5) * 100_000
    values["allotted"] = total
    values["contract_on"] = scene.day - timedelta(days=scene.number(10, 40))
    values["contract_number"] = f"{scene.number(1, 300)}-ҚЖ"
    values["jobs"] = scene.number(4, 40)
    values["accepted_on"] = values["warranty_until"] = None
    pace = scene.chance.uniform(0.6, 1.15)
    share = min(1.0, max(0.0, scene.age / length * pace))
    values["physical"] = round(100 * share)
    if share >= 1 and ends <= scene.today:
        values["state"] = scene.pick({"accepted": 8, "finished": 2})
    elif ends < scene.today:
        values["state"] = scene.pick({"under_way": 4, "carried_over": 3, "suspended": 1})
    else:
        values["state"] = "under_way" if scene.age > 0 else "planned"
    if values["state"] == "accepted":
        values["accepted_on"] = min(ends + timedelta(days=scene.number(2, 20)), scene.today)
        values["warranty_until"] = values["accepted_on"] + timedelta(days=730)


def payment(values: Values, scene: Scene, project: Values) -> None:
    """A part of the contract; three together stay below it."""
    values["paid_on"] = scene.by_now(15, 200)
    values["sum"] = (
        round(int(project["contract_sum"]) * scene.chance.uniform(0.1, 0.32) / 1e4) * 10_000
    )
    values["act"] = f"№ {scene.number(1, 9)}"


def inspection(values: Values, scene: Scene, _: Values) -> None:
    """What was found fits the quality."""
    values["quality"] = quality = scene.pick(
        {"good": 4, "minor": 3.5, "poor": 1.7, "stopped": 0.8}
    )
    values["found"] = scene.about(quality).text("found")
    values["physical"] = round(scene.number(20, 100) * HEIGHT[quality])


def defect(values: Values, scene: Scene, _: Values) -> None:
    """Most are mended by their day."""
    values["severity"] = severity = scene.pick({"minor": 5, "serious": 3, "dangerous": 1})
    values["text"] = scene.about(severity).text("defect")
    due: date = scene.later(10, 30)
    values["due_on"], values["mended_on"] = due, None
    over = due < scene.today
    values["state"] = scene.pick(
        {"mended": 8 if over else 2, "open": 2 if over else 8, "disputed": 0.5}
    )
    if values["state"] == "mended":
        values["mended_on"] = min(due, scene.today)
