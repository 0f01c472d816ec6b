"""A server and laptops, whole and real, for the tests that let them meet."""

from uuid import uuid4

import pytest

from desktop.profile import close_desk, open_desk
from tests.profiles import PASSWORD, line, new_profile
from tests.servers import regional


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture
def laptop(server, tmp_path):
    """Enrol somebody new; their desk."""
    desks = []

    def enrolled():
        login = f"u{uuid4().hex[:10]}"
        profile = new_profile(tmp_path / login, server, login)
        desks.append(open_desk(profile, PASSWORD, http=line(server)))
        return desks[-1]

    yield enrolled
    for desk in desks:
        close_desk(desk)
