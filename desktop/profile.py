"""Binding a laptop to its account, opening and closing what a person works with."""

from contextlib import ExitStack, suppress
from dataclasses import replace

import requests
from sqlalchemy.orm import Session

from desktop import keys
from desktop.bag import Bag
from desktop.ballast import Ballast
from desktop.files import delete, put_in_place
from desktop.folder import Profile, is_enrolled, unfinished
from desktop.journal import PLACE
from desktop.journal_file import new_place
from desktop.key_file import KeysDamaged
from desktop.keys import SAFE, Cost
from desktop.mending import keep_journal, look_closely, mend
from desktop.network import open_line, settle_authority
from desktop.newer import take_notes
from desktop.old_key import forget_old_key
from desktop.photos import PhotoFolder
from desktop.region_letters import Owner
from desktop.region_recovery import keep_sealed, seal_to_region
from desktop.restoring import settle_restored
from desktop.session import Desk
from desktop.store import Store, create_store, open_store
from desktop.store_failures import PartlyDamaged, StoreDamaged
from desktop.tidying import tidy
from sync.client import identity, outbox, trust
from sync.client.facts import recall, remember
from sync.client.nowhere import Nowhere
from sync.client.tokens import TokenKeeper, keep
from sync.client.transport import HttpTransport
from sync.enrolment import Enrolled, Tokens, check_url
from sync.errors import Refused, UserError
from sync.language import mark
from sync.person import Person
from sync.places import load_pack
from sync.region_key import latest
from sync.sealing import PublicKeys

TRAINING = "training"  # the fact: all in the file is invented, see desktop.training
OTHER_KEY = mark(
    "The server that answered does not have the region's key that the join file names. This laptop "
    "was not bound, but the code is used up. Show the file to your coordinator. If it was the right "
    "server, use the same password with the next code; if not, use that password nowhere."
)


def enrol(
    profile: Profile,
    url: str,
    code: str,
    password: str,
    device: str,
    *,
    cost: Cost = SAFE,
    use_keystore: bool = True,
    http: requests.Session | None = None,
    region_key: PublicKeys | None = None,
) -> Person:
    """Bind this laptop to an account by a one-time code, and make the encrypted file.

    The password also opens the file. `region_key`: the one that the server must have, where a
    join file named it. Raises UserError: then the profile is as it was.
    """
    require_free(profile)
    keys.check_length(password)
    server = HttpTransport(http or open_line(profile), check_url(url))
    enrolled = server.enrol(code.strip(), password, device, renews=True)
    load_pack(enrolled.region)  # before anything is made of it here
    if region_key is not None and latest(enrolled.region_keys, region_key) is None:
        raise Refused(OTHER_KEY)
    key = keys.new_key()
    beside = unfinished(profile)
    for path in profile.folder.glob(f"{beside.name}*"):  # with its journal
        delete(path)
    store = create_store(beside, key, profile.copies)
    try:
        with store.begin() as session:
            remember(session, "url", url.strip())
            remember(session, "device", device)
            remember(session, "region", enrolled.region)
            remember(session, PLACE, new_place())
            _remember(session, enrolled)
        server.use_token(enrolled.token)
        with suppress(UserError):  # the next exchange does it again
            identity.introduce(store, server)
    finally:
        store.close()
    keys.wrap_new(profile.keys, key, password, cost=cost, use_keystore=use_keystore)
    if region_key := latest(enrolled.region_keys, None):
        person = enrolled.person
        owner = Owner(person.name, person.id, person.district, device)
        seal_to_region(profile.keys, key, region_key, owner)
    delete(profile.training)  # of training that was cut before there was any
    put_in_place(beside, profile.store)
    return enrolled.person


def require_free(profile: Profile) -> None:
    """Raise UserError where the folder is somebody's already."""
    if is_enrolled(profile):
        raise UserError(
            mark(
                "This folder is enrolled already, and nothing in it was changed. Sign in, or "
                "choose another folder."
            )
        )


def open_desk(profile: Profile, password: str, *, http: requests.Session | None = None) -> Desk:
    """Everything a signed-in person works with. End with `close_desk`.

    A damaged file is mended on the way, as far as copies and the journal allow: `mended.take_unsaid`
    tells. Hold `lock.only_here(profile.lock)` meanwhile. `http` is another line to the server than
    the usual one. Raises what `keys.unwrap` and `store.open_store` raise.
    """
    settle_restored(profile)
    try:
        return _open(profile, password, http)
    except (StoreDamaged, KeysDamaged) as damage:
        mended = mend(profile, password, damage)
        if not mended and not isinstance(damage, PartlyDamaged):
            raise
    return _open(profile, password, http, as_it_is=not mended)


def _open(
    profile: Profile, password: str, http: requests.Session | None, *, as_it_is: bool = False
) -> Desk:
    """`as_it_is`: there is nothing to mend it with, and what can be read of it is not kept back."""
    key = keys.unwrap(profile.keys, password)
    with ExitStack() as undone:
        store = open_store(profile.store, key, profile.copies)
        store.ballast = Ballast(profile.ballast)
        undone.callback(store.close)  # a damaged file must not stay open: it may be replaced
        if not as_it_is:
            look_closely(profile, store)
        keep_journal(profile, store, key, as_it_is=as_it_is)
        take_notes(profile, store)
        keep_sealed(profile.keys, key, store)
        settle_authority(profile, store)
        with store() as session:
            person = recall(session, "person", Person)
            url, token, region = (
                recall(session, name, str) for name in ("url", "token", "region")
            )
            mutual = identity.mutual(session)
            training = bool(recall(session, TRAINING, bool))
        desk = Desk(
            person=person,
            store=store,
            photos=PhotoFolder(profile.photos, key),
            server=Nowhere()
            if training
            else HttpTransport(http or open_line(profile), url, token, TokenKeeper(store), mutual),
            pack=load_pack(region) if region else load_pack(),
            bag=Bag(profile.bag),
            training=training,
        )
        forget_old_key(profile, desk)
        tidy(desk, rewrite=True)
        undone.pop_all()
    return desk


def as_told(desk: Desk) -> Desk:
    """The desk of the person as the last exchange told them; this one where nothing is other."""
    with desk.store() as session:
        person = recall(session, "person", Person)
    return desk if person in (None, desk.person) else replace(desk, person=person)


def close_desk(desk: Desk) -> None:
    """Let go of the file: its journal is moved into it, and the key leaves its connections."""
    if isinstance(desk.store, Store):
        desk.store.close()


def sign_in_again(desk: Desk, password: str) -> Desk:
    """A new token where the server no longer took the old one. Returns the desk to go on with.

    The person's role or district may be another one now. Raises Offline; Refused where the
    laptop or the account was closed: see `bind_again`.
    """
    return _go_on(desk, desk.server.sign_in(desk.person.id, password))


def bind_again(desk: Desk, code: str, password: str) -> Desk:
    """Bind a laptop that the server closed by a new code. Returns the desk to go on with.

    All that is recorded here stays, and what waits will be sent. `password` is that of the file.
    Raises Offline, and Refused for a code that is not valid, or another account's.
    """
    desk.require_server()
    with desk.store() as session:
        device = recall(session, "device", str)
    enrolled = desk.server.enrol(code.strip(), password, device, renews=True)
    if enrolled.person.id != desk.person.id:
        raise Refused(
            mark("This code is for the account “{login}”. The work in this folder is another's."),
            login=enrolled.person.id,
        )
    return _go_on(desk, enrolled, renamed=True)


def _go_on(desk: Desk, enrolled: Enrolled, *, renamed: bool = False) -> Desk:
    """`renamed`: the server knows this laptop by another name, and none of its numbers under it."""
    with desk.store.begin() as session:
        _remember(session, enrolled)
        if renamed:
            outbox.rename(session)
            identity.renew(session)
        else:
            identity.forget(session)
    desk.server.use_token(enrolled.token)
    return replace(desk, person=enrolled.person)


def _remember(session: Session, enrolled: Enrolled) -> None:
    for name in ("person", "districts", "server"):
        remember(session, name, getattr(enrolled, name))
    trust.take(session, enrolled.region_keys)
    keep(session, Tokens(enrolled.token, enrolled.refresh))
