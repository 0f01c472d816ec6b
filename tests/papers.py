"""A meeting, an inspection, an issue and visitors, as papers are made of them in tests."""

from datetime import date
from io import BytesIO
from uuid import UUID

from PIL import Image

from desktop.actions import attachments
from desktop.session import Desk
from tests.ui.desks import VILLAGE, record

DAY = date(2026, 11, 5)
MEETING = {
    "type": "dialogue",
    "title": "Ауыл ішіндегі су құбыры",
    "held_on": "2026-11-05",
    "held_at": "15:30",
    "village": VILLAGE,
    "place": "Мәдениет үйі",
    "present": 47,
    "chair": "Ә. Төлегенов",
    "secretary": "Г. Һ. Ысқақова",
    "side_a": "Б. Үсенов, ТҮКШ бөлімі\nЖ. Нұрланқызы, білім бөлімі",
    "agenda": "Су құбыры\nМектеп жолы",
}
VISITOR = {
    "received_on": "2026-11-05",
    "form": "personal",
    "village": VILLAGE,
    "essence": "Жер кезегі",
    "category": "housing",
    "visitor_type": "individual",
    "applicant": "Қанат Серіков",
    "phone": "+7 701 123 45 67",
    "consent_way": "signed",
}


def meeting(desk: Desk, **more: object) -> UUID:
    """One with two questions, of which one has a name, and a decision."""
    id = record(desk, "meeting", {**MEETING, **more})
    asked = {"asked_by": "Қуаныш Серікұлы", "answered_by": "Б. Үсенов", "answer": "Желтоқсанда"}
    record(desk, "question", {"text": "Су қашан келеді?", "answered": "promised", **asked}, id)
    record(desk, "question", {"text": "Шамдар неге жанбайды?"}, id)
    record(
        desk,
        "decision",
        {"text": "Құбырды аяқтау", "responsible": "Б. Үсенов", "due_on": "2026-12-20"},
        id,
    )
    return id


def inspection(desk: Desk) -> UUID:
    """Of a project with a contract; one defect, one photo, one file."""
    project = {
        "title": "Абай көшесін жөндеу",
        "village": VILLAGE,
        "sphere": "roads",
        "contractor": "«Жол-Құрылыс» ЖШС",
        "contract_sum": 148_600_000,
    }
    seen = {
        "project": str(record(desk, "project", project)),
        "inspected_on": "2026-11-20",
        "village": VILLAGE,
        "people": "А. Бейсенова, жедел топ\nЕ. Үсіпов, прораб",
        "physical": 75,
        "quality": "minor",
        "found": "Жиек тастары қозғалған",
    }
    id = record(desk, "inspection", seen)
    defect = {"text": "Арық қазылмаған", "severity": "serious", "due_on": "2026-12-10"}
    record(desk, "defect", defect, id)
    attachments.attach(desk, id, photo(), "Жиек тас", name="a.jpg")
    attachments.attach(desk, id, b"%PDF-1.7 x", "Смета", name="смета.pdf")
    return id


def photo() -> bytes:
    """A JPEG."""
    made = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(made, "JPEG")
    return made.getvalue()
