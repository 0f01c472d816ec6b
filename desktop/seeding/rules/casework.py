"""Issues, visitors of the reception, households that move: how far each is by its age."""

import re
from datetime import date, timedelta

from desktop.seeding.scene import Scene
from sync.records.base import Values

OLD = 120  # days
DIGITS = re.compile(r"\d+")
HANDED = ("handed_over", "answered", "closed", "reopened")
ABOUT_A_PROJECT = 0.1
ENDED = ("answered", "closed")
OUTCOMES = {
    "satisfied": 5.0,
    "partly_satisfied": 2.0,
    "explained": 3.0,
    "refused": 1.0,
    "forwarded": 0.5,
}
STAGES = (
    *("interested", "explained", "applied", "in_quota", "found", "moved", "subsidised"),
    *("after_1", "after_3", "after_12"),
)
DAYS_OF = (0, 5, 20, 50, 80, 120, 160, 150, 210, 480)  # after the beginning, about


def issue(values: Values, scene: Scene, _: Values) -> None:
    """Young ones are new, old ones mostly closed; some are late."""
    state = values["state"] = _issue_state(scene)
    values["urgency"] = "urgent" if scene.happens(0.12) else "normal"
    values["due_on"] = scene.later(15, 30)
    for name in ("handed_to", "handed_on", "incoming_number", "answer_rule", "outcome"):
        values.pop(name, None)
    values.pop("satisfied", None)
    if state in HANDED:
        values["handed_to"] = scene.text("body")
        values["handed_on"] = scene.by_now(1, 6)
        values["incoming_number"] = f"ҚО-{scene.number(100, 9999)}"
    if state in ENDED:
        values["outcome"] = scene.pick(OUTCOMES)
    if state == "closed":
        values["satisfied"] = scene.happens(0.75)
    if not scene.happens(ABOUT_A_PROJECT):
        values.pop("project", None)
    values["received_how"] = "meeting" if values.get("meeting") else values.get("received_how")
    if values.get("reception"):
        values["received_how"] = "reception"


def _issue_state(scene: Scene) -> str:
    if scene.age <= 3:
        return scene.pick({"new": 7, "in_work": 3})
    if scene.age <= 20:
        return scene.pick({"new": 1, "in_work": 4, "handed_over": 4, "answered": 1})
    if scene.age <= 45:
        return scene.pick({"in_work": 1, "handed_over": 3, "answered": 3, "closed": 5})
    if scene.age > OLD:
        return scene.pick({"closed": 97, "handed_over": 1, "answered": 1, "reopened": 1})
    return scene.pick({"closed": 88, "handed_over": 5, "in_work": 2, "answered": 3, "reopened": 2})


def step(values: Values, scene: Scene, issue: Values) -> None:
    """What was done lies between the day the issue came and today."""
    kinds = {"note": 2.0, "call": 3.0, "site_visit": 3.0, "told_applicant": 1.0}
    if issue.get("handed_on"):
        kinds |= {"handed_over": 3.0, "reply": 2.0}
    values["type"] = scene.pick(kinds)
    values["done_on"] = scene.by_now(0, 25)
    values["text"] = scene.text("step")
    for name in ("until", "body", "part"):
        values.pop(name, None)


def reception(values: Values, scene: Scene, _: Values) -> None:
    """An entrepreneur has a number and a sphere; what is closed has an outcome and a day."""
    if values.setdefault("visitor_type", "individual") == "individual":
        for name in ("bin", "sphere", "regulator", "damage"):
            values.pop(name, None)
    for name in (
        *("outgoing_number", "outgoing_on", "prolonged_to", "answer_number", "answered_on"),
        *("outcome", "told_on", "satisfied"),
    ):
        values.pop(name, None)
    values["due_on"] = scene.later(15, 30)
    closed = scene.happens(0.1 if scene.age < 15 else 0.5 if scene.age < 40 else 0.94)
    values["state"] = "closed" if closed else "open"
    if closed:
        values["answered_on"] = values["told_on"] = scene.by_now(3, 28)
        values["outcome"] = scene.pick(OUTCOMES | {"consulted": 5.0})
        values["satisfied"] = scene.happens(0.78)


def relocation(values: Values, scene: Scene, _: Values) -> None:
    """As far as its age lets it be; one in sixteen came back after the move."""
    told = DIGITS.search(str(values["household"]))
    values["people"] = int(told[0]) if told else scene.number(2, 7)
    values["workers"] = scene.number(1, max(1, values["people"] - 2))
    for name in ("moved_on", "subsidy", "returned_on", "why_returned"):
        values.pop(name, None)
    reached = [one for one, after in zip(STAGES, DAYS_OF, strict=True) if after <= scene.age]
    at = max(0, len(reached) - scene.pick_weighted((6, 3, 1)) - 1)
    state = values["state"] = reached[at]
    if at < STAGES.index("found"):
        for name in ("place", "job", "dwelling"):
            values.pop(name, None)
    if at >= STAGES.index("moved"):
        values["moved_on"] = scene.by_now(115, 130)
        if scene.happens(1 / 16) and scene.age > 200:
            values["state"], values["returned_on"] = "returned", scene.by_now(190, 260)
            values["why_returned"] = scene.text("return")
    if state in STAGES[STAGES.index("subsidised") :]:
        values["subsidy"] = 70 * 3_932 * values["people"]


def stage(values: Values, scene: Scene, case: Values) -> None:
    """One of those that its case came to."""
    state = str(case.get("state"))
    reached = STAGES[: STAGES.index(state) + 1] if state in STAGES else STAGES[:6]
    values["state"] = scene.chance.choice(reached)
    began = date.fromisoformat(str(case["opened_on"]))
    days = DAYS_OF[STAGES.index(values["state"])]
    values["reached_on"] = min(began + timedelta(days=days + scene.number(0, 4)), scene.today)
    values["text"] = scene.text("stage")
