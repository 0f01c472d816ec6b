"""Laptops with photos, and what their exchange does."""

from functools import cache
from io import BytesIO
from random import Random
from uuid import uuid4

from PIL import Image
from sqlalchemy import select

from desktop import keys
from desktop.actions import attachments, records
from desktop.folder import Profile
from desktop.photos import PhotoFolder
from sync.client.engine import sync_once
from sync.client.photos import exchange_photos
from sync.client.tables import Blob
from sync.errors import Offline
from tests.profiles import PASSWORD

ISSUE = {"essence": "Су жоқ", "village": "615647100"}


def an_issue_with_photos(desk, *contents):
    issue = records.save(desk, "issue", ISSUE)[0].record
    changes = [attachments.attach(desk, issue, content)[0] for content in contents]
    return [change.fields["sha256"] for change in changes]


def document(text):
    return f"%PDF-1.7 {text} {uuid4()}".encode()


def synced(desk, **more):
    sync_once(desk.store, desk.server)
    return exchange_photos(desk.store, desk.server, desk.photos, **more)


@cache
def picture(seed=0):
    """A photo large enough for a small picture beside it, and for two parts on the line."""
    out = BytesIO()
    noise = Random(seed).randbytes(400 * 300 * 3)
    photo = Image.frombytes("RGB", (400, 300), noise).resize((1200, 900))
    photo.save(out, "PNG", compress_level=1)
    return out.getvalue()


def blobs(desk):
    with desk.store() as session:
        return {row.sha256: (row.here, row.there) for row in session.scalars(select(Blob))}


def reopened(desk):
    """The folder of files as another start of the program finds it."""
    profile = Profile(desk.photos._folder.parent)
    return PhotoFolder(profile.photos, keys.unwrap(profile.keys, PASSWORD))


class Cut:
    """A line that breaks after some files."""

    def __init__(self, line, after):
        self._line, self._left = line, after

    def lacking_blobs(self, hashes):
        return self._line.lacking_blobs(hashes)

    def blob_offsets(self, hashes):
        return self._line.blob_offsets(hashes)

    def thumbnails(self, originals):
        return self._line.thumbnails(originals)

    def put_part(self, sum, offset, content, *, last):
        self._count()
        return self._line.put_part(sum, offset, content, last=last)

    def get_part(self, sum, offset):
        self._count()
        return self._line.get_part(sum, offset)

    def _count(self):
        if not self._left:
            raise Offline("cut")
        self._left -= 1
