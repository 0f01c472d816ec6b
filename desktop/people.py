"""What people are called: records name their authors by logins, screens by names."""

from collections.abc import Mapping

from desktop.session import Desk
from sync.client.facts import recall
from sync.language import tr
from sync.person import SERVER

NAMES = "names"  # the fact: {login: name} of those who work with the same records


def names_of(desk: Desk) -> Mapping[str, str]:
    """{login: name} of everybody this laptop has heard of, its own person and the server with them."""
    with desk.store() as session:
        known = recall(session, NAMES, dict[str, str]) or {}
    return {SERVER: tr("The server"), desk.person.id: desk.person.name, **known}


def name_of(desk: Desk, login: str) -> str:
    """The person's name; the login where it is not known here."""
    return names_of(desk).get(login, login)
