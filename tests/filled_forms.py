"""A published form of a household visit, and one that was filled in."""

import resources
from tests.ui.desks import VILLAGE, record, seen_by

NAME, PHONE = "Гүлсім Ахметова", "+7 701 123 45 67"
CONSENT = {"consent_way": "signed", "consent_on": "2026-11-28"}
ABOUT = {"filled_on": "2026-11-28", "village": VILLAGE}
HOUSE = {  # without the people in it
    "/data/keep_data": "no",
    "/data/size": 2,
    "/data/home/dwelling": "own_house",
    "/data/home/condition": "dangerous",
    "/data/home/amenities": "electricity gas",
    "/data/topics": "housing",
    "/data/problem_count": 1,
    "/data/problem[1]/category": "roads",
    "/data/problem[1]/essence": "Көпір құлап тұр",
    "/data/problem[1]/since": "month",
    "/data/problem[1]/applied": "nobody",
    "/data/promise/promised": "no",
}
PEOPLE = {
    "/data/keep_data": "yes",
    "/data/host/name": NAME,
    "/data/host/phone": PHONE,
    "/data/member[1]/relation": "head",
    "/data/member[1]/sex": "female",
    "/data/member[1]/age": 41,
    "/data/member[1]/occupation": "works",
    "/data/member[2]/relation": "child",
    "/data/member[2]/sex": "male",
    "/data/member[2]/age": 7,
}


def publish(desk, key="household", use="named", name="Үй аралау"):
    """The form's record, as the coordinator published it."""
    values = {"name": name, "use": use, "xform": resources.text("forms", f"{key}.xml")}
    return record(seen_by(desk, "coordinator"), "form", values)


def fill_in(desk, answers=HOUSE | PEOPLE, form=None, **more):
    """A form that was filled in; its id."""
    form = form or publish(desk)
    values = {"form": str(form), **ABOUT, **CONSENT, **more, "answers": answers}
    return record(desk, "filled_form", values)
