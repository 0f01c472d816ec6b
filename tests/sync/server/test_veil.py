"""What a reader may not read does not leave the server: fields, and other answers that wait at them."""

from uuid import UUID

from sync.change import Change
from sync.person import Person
from sync.server.veil import veiled

ANALYST = Person("saule", "Сәуле", "analyst", "region")
FIELDS = {
    "title": "Үй аралау",
    "answers": {"/data/size": "4"},
    "personal": {"/data/name": "Гүлсім"},
    "conflicts": {
        "personal:/data/name": [{"value": "Болат"}],
        "personal:/data/m[]": [{"value": {"/data/m[1]/name": "Болат"}}],
        "answers:/data/size": [{"value": "5"}],
    },
}


def test_neither_answers_about_people_nor_others_that_wait_beside_them_are_told():
    change = Change(kind="filled_form", record=UUID(int=1), district="1", fields=FIELDS)

    [told] = veiled([change], ANALYST)

    assert told.fields == {
        "title": "Үй аралау",
        "answers": {"/data/size": "4"},
        "conflicts": {"answers:/data/size": [{"value": "5"}]},
    }
