"""Photos are made small, freed of hidden data, kept encrypted and given back unchanged."""

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from desktop import pictures
from desktop.photos import LARGEST_FILE, PhotoFolder
from sync.errors import UserError

KEY = bytes(range(32))
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


@pytest.fixture
def folder(tmp_path):
    return PhotoFolder(tmp_path / "photos", KEY)


def picture(size=(64, 48), form="JPEG", mode="RGB", colour="red", **more):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, form, **more)
    return out.getvalue()


def from_a_phone():
    """Lying on its side, with the place in it: red on top when it is upright."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKER] = "Canary Camera"
    exif.get_ifd(GPS)[2] = (43.0, 17.0, 50.0)
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95, comment=b"Canary comment")
    return out.getvalue()


def opened(folder, photo):
    return Image.open(BytesIO(folder.read(photo.sha256)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_becomes_a_jpeg_of_1600_pixels(folder, form):
    photo = folder.add(picture((3000, 1500), form))

    image = opened(folder, photo)
    assert (image.format, image.size, photo.media_type) == ("JPEG", (1600, 800), "image/jpeg")
    assert photo.size == len(folder.read(photo.sha256))


def test_a_photo_with_much_in_it_is_kept_in_300_kb(folder):
    noise = Image.frombytes("RGB", (200, 150), random.Random(1).randbytes(200 * 150 * 3))
    out, at_first = BytesIO(), BytesIO()
    noise.resize((1600, 1200)).save(out, "PNG", compress_level=1)
    Image.open(out).save(at_first, "JPEG", quality=pictures.QUALITIES[0])
    assert at_first.tell() > 300_000

    photo = folder.add(out.getvalue())

    assert opened(folder, photo).size == (1600, 1200)
    assert 200_000 < photo.size <= 300_000


def test_a_small_picture_is_not_blown_up(folder):
    assert opened(folder, folder.add(picture((64, 48)))).size == (64, 48)


def test_a_picture_stands_upright_and_says_nothing_but_its_pixels(folder):
    raw = from_a_phone()
    assert b"Canary" in raw

    photo = folder.add(raw)

    kept, image = folder.read(photo.sha256), opened(folder, photo)
    assert image.size == (40, 80)
    assert image.getpixel((20, 10))[0] > 200
    assert image.getpixel((20, 70))[2] > 200
    assert dict(image.getexif()) == {}
    assert b"Canary" not in kept
    assert b"Exif" not in kept


@pytest.mark.parametrize("size", [(2400, 1800), (300, 2400), (5000, 400)])
def test_a_large_photo_has_a_small_picture_of_20_kb_beside_it(folder, size):
    noise = Image.frombytes("RGB", (400, 300), random.Random(4).randbytes(400 * 300 * 3))
    out = BytesIO()
    noise.resize(size).save(out, "PNG")

    photo = folder.add(out.getvalue())

    kept = folder.read(photo.thumbnail)
    image = Image.open(BytesIO(kept))
    assert len(kept) == photo.thumbnail_size <= pictures.LARGEST_SMALL < photo.size
    assert (image.format, max(image.size)) == ("JPEG", pictures.SMALL_SIDE)


def test_a_small_photo_and_a_document_need_no_small_picture(folder):
    assert folder.add(picture((64, 48))).thumbnail is None
    assert folder.add(b"%PDF-1.7" + bytes(50_000)).thumbnail is None


def test_what_is_transparent_becomes_white(folder):
    photo = folder.add(picture(form="PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert opened(folder, photo).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_pictures_of_every_sort_are_taken(folder, mode):
    photo = folder.add(picture(form="PNG", mode=mode, colour=1))

    assert opened(folder, photo).mode == "RGB"


def test_the_same_picture_is_kept_once(folder, tmp_path):
    first, second = folder.add(picture()), folder.add(picture())

    assert first == second
    assert len(list((tmp_path / "photos").iterdir())) == 1


def test_nothing_on_the_disk_tells_what_is_in_a_file(folder, tmp_path):
    raw = b"%PDF-1.7 canary" * 50
    photo = folder.add(raw, "canary.pdf")

    (path,) = (tmp_path / "photos").iterdir()
    assert b"canary" not in path.read_bytes()
    assert photo.sha256[:8] not in path.name
    assert path.stat().st_mode & 0o777 == 0o600


def test_another_key_finds_nothing(folder, tmp_path):
    photo = folder.add(picture())

    assert not PhotoFolder(tmp_path / "photos", bytes(32)).has(photo.sha256)


def test_a_document_is_kept_as_it_is(folder, tmp_path):
    raw = b"%PDF-1.7\n" + random.Random(1).randbytes(5000)
    (tmp_path / "хаттама.pdf").write_bytes(raw)

    photo = folder.add(tmp_path / "хаттама.pdf")

    assert (photo.name, photo.media_type) == ("хаттама.pdf", "application/pdf")
    assert folder.read(photo.sha256) == raw


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ" + bytes(99)),
        ("macro.docm", b"PK" + bytes(99)),
        ("page.html", b"<script>"),
        ("drawing.svg", b"<svg/>"),
        ("photo.jpg", b"MZ" + bytes(99)),
        ("minutes.pdf", b"<html>"),
        ("noname", b"text"),
        ("", b"MZ"),
        ("empty.jpg", b""),
    ],
)
def test_what_is_not_taken_is_refused_in_words(folder, name, content):
    with pytest.raises(UserError) as caught:
        folder.add(content, name)

    assert "cannot be attached" in caught.value.words("en")


def test_a_photo_in_apples_own_format_is_refused_with_the_way_out(folder):
    with pytest.raises(UserError) as caught:
        folder.add(b"\0\0\0\x18ftypheic", "photo.HEIC")

    assert "Most Compatible" in caught.value.words("en")


def test_a_file_that_is_too_large_is_refused(folder):
    with pytest.raises(UserError) as caught:
        folder.add(b"%PDF-" + bytes(LARGEST_FILE), "large.pdf")

    assert "larger than 10 MB" in caught.value.words("en")


def test_a_picture_that_is_too_large_is_not_even_read(folder, tmp_path):
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(pictures.LARGEST_PICTURE + 1)

    with pytest.raises(UserError) as caught:
        folder.add(tmp_path / "huge.jpg")

    assert "larger than 40 MB" in caught.value.words("en")


def test_a_missing_file_is_said_in_words(folder, tmp_path):
    with pytest.raises(UserError):
        folder.add(tmp_path / "nowhere.jpg")


def bomb(width, height):
    """A PNG of a few bytes that claims to be huge."""

    def chunk(name, body):
        sum = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + sum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 5_001), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(folder, size):
    with pytest.raises(UserError) as caught:
        folder.add(bomb(*size))

    words = caught.value.words("en")
    assert "too many pixels" in words or "damaged" in words


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_a_sentence_or_a_picture(folder, form):
    whole, damage = picture((40, 30), form), random.Random(3)

    for _ in range(150):
        raw = bytearray(whole[: damage.randrange(12, len(whole) + 1)])
        raw[damage.randrange(12, len(raw)) if len(raw) > 12 else 11] ^= 1 << damage.randrange(8)
        try:
            photo = folder.add(bytes(raw), "damaged")
        except UserError:
            continue
        assert opened(folder, photo).format == "JPEG"


def test_damaged_bytes_on_the_disk_are_never_shown(folder, tmp_path):
    photo = folder.add(picture())
    (path,) = (tmp_path / "photos").iterdir()
    sealed = path.read_bytes()

    for damaged in (sealed[:-1], sealed[:20], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        path.write_bytes(damaged)
        with pytest.raises(UserError) as caught:
            folder.read(photo.sha256)

    assert "missing or damaged" in caught.value.words("en")


def test_a_file_put_in_the_place_of_another_is_noticed(folder, tmp_path):
    first, second = folder.add(picture()), folder.add(picture(colour="blue"))
    folder._path(first.sha256).write_bytes(folder._path(second.sha256).read_bytes())

    with pytest.raises(UserError):
        folder.read(first.sha256)


def test_bytes_that_are_not_those_of_their_sum_are_not_kept(folder):
    with pytest.raises(ValueError, match="other bytes"):
        folder.keep("0" * 64, b"something")

    assert not folder.has("0" * 64)


def test_what_a_crash_left_half_written_is_cleared_away(folder, tmp_path):
    photo = folder.add(picture())
    (tmp_path / "photos" / "abc.1234.tmp").write_bytes(b"half")

    again = PhotoFolder(tmp_path / "photos", KEY)

    assert again.has(photo.sha256)
    assert len(list((tmp_path / "photos").iterdir())) == 1
