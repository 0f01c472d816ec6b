"""A profile to learn and to show the program with: invented data, no server, wiped when it is left.

It is one by a fact in its encrypted file, where nobody takes it away. The mark beside the file only
tells that the password is known to all: there is nothing in it to be kept secret. See
docs/decisions/0070-training.md.
"""

from desktop import keys, wiping
from desktop.files import delete, put_in_place, write_whole
from desktop.folder import Profile, is_enrolled, unfinished
from desktop.journal import PLACE
from desktop.journal_file import new_place
from desktop.keys import Cost
from desktop.profile import TRAINING, close_desk, open_desk, require_free
from desktop.session import Desk
from desktop.store import create_store
from desktop.store_failures import StoreDamaged
from sync.client.facts import remember
from sync.errors import UserError
from sync.language import mark, tr
from sync.person import REGION, Person
from sync.places import Pack, load_pack

PASSWORD = "training"  # noqa: S105  # everybody's; nothing real stands behind it
OPEN = Cost(memory=8, passes=1, lanes=1)  # no guess need be made dear
FOLDER = "training"  # in the folder for data: of who came by the button
NAME = "training"  # the login
TRAINEE = mark("Trainee")
ROLES = ("coordinator", "leader", "activist")
NO_DISTRICT = mark("This region has no district “{district}”.")
NOT_TRAINING = mark(
    "The folder {folder} holds somebody's real work. Invented data does not come beside it, and "
    "nothing was changed. Name another folder."
)


def new_profile(
    profile: Profile, *, role: str = "coordinator", district: str = "", region: str = ""
) -> Desk:
    """Make a training profile in a folder that is nobody's, and open it. End with `close_desk`.

    `district`: of anybody but a coordinator; the first of the region where none is said. `region`:
    the name of its pack. Raises UserError where the folder is somebody's, or there is no such district.
    """
    require_free(profile)
    pack = load_pack(region) if region else load_pack()
    person = Person(NAME, tr(TRAINEE), role, _place(pack, role, district))
    key = keys.new_key()
    beside = unfinished(profile)
    for path in profile.folder.glob(f"{beside.name}*"):
        delete(path)
    write_whole(profile.training, b"")
    store = create_store(beside, key, profile.copies)
    try:
        with store.begin() as session:
            for name, value in {
                TRAINING: True,
                "url": "",
                "device": NAME,
                "region": pack.id,
                "person": person,
                "streams": [*streams_of(pack, person), REGION],
                PLACE: new_place(),
            }.items():
                remember(session, name, value)
    finally:
        store.close()
    keys.wrap_new(profile.keys, key, PASSWORD, cost=OPEN, use_keystore=False)
    put_in_place(beside, profile.store)
    return open_training(profile)


def open_training(profile: Profile) -> Desk:
    """Open a training profile. Raises UserError where the folder holds anything else."""
    if not profile.training.exists():
        raise UserError(NOT_TRAINING, folder=profile.folder)
    desk = open_desk(profile, PASSWORD)
    if not desk.training:  # somebody put the mark beside real work
        close_desk(desk)
        raise UserError(NOT_TRAINING, folder=profile.folder)
    return desk


def open_or_new(profile: Profile, **wanted: str) -> Desk:
    """The training profile of this folder, made where the folder is empty; see `new_profile`."""
    return open_training(profile) if is_enrolled(profile) else new_profile(profile, **wanted)


def leave(profile: Profile, desk: Desk | None = None) -> None:
    """Wipe it: nothing of training is kept. `desk`: where it is open. Raises UserError.

    A folder that is not marked as training is left alone, and so is a desk of real work.
    """
    if desk is not None and not desk.training:
        raise UserError(NOT_TRAINING, folder=profile.folder)
    if desk is None and is_enrolled(profile):
        try:
            desk = open_training(profile)
        except StoreDamaged:  # by that key, which opened, it is training; there is nothing to save
            clear(profile)
            return
    if desk is not None:
        wiping.wipe(profile, desk)


def clear(profile: Profile) -> None:
    """Wipe what a cut left of training in a folder that is for nothing else. Raises UserError."""
    if not is_enrolled(profile):
        return
    if not profile.training.exists():
        raise UserError(NOT_TRAINING, folder=profile.folder)
    write_whole(profile.wiping, b"")
    wiping.finish(profile)


def streams_of(pack: Pack, person: Person) -> list[str]:
    """The districts whose records this person has."""
    return list(pack.districts) if person.district == REGION else [person.district]


def _place(pack: Pack, role: str, district: str) -> str:
    if role == "coordinator":
        return REGION
    if district and pack.district(district) is None:
        raise UserError(NO_DISTRICT, district=district)
    rural = (one.code for one in pack.districts.values() if one.type == "district")
    return district or next(rural, next(iter(pack.districts)))
