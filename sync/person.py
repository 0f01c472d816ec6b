"""Who somebody is to the program, and what they may read."""

import msgspec

REGION = "region"  # the stream of what the whole region shares: forms, waves, officials
SERVER = "server"  # who did what the server does by itself; nobody has it for a login


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account: who they are and where they work."""

    id: str
    name: str
    role: str  # vocabulary role
    district: str  # KATO code, or REGION for those who see every district
    language: str = "kk"


class Scope(msgspec.Struct, frozen=True):
    """What a person's rights are now, for a laptop that knew other ones."""

    mark: str  # stands for all of it: as long as it is the same, nothing has changed
    person: Person
    streams: tuple[str, ...]  # all that the laptop may hold
    names: dict[str, str] = {}  # {login: name} of those who work with the same records
