"""Pictures of labels and choices: put into the form small and bare, or what is wrong is said at their cell."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from desktop.pictures import is_ours, shrink_for_label
from desktop.surveys.form import load_form
from desktop.surveys.interview import Interview
from desktop.surveys.markup import parse_xml
from desktop.surveys.picture_files import MOST, embed_pictures
from desktop.surveys.pictures import NAMESPACE, picture_name, pictures_of, written_length
from desktop.surveys.xlsform import Checked, read_xlsform
from sync.language import LANGUAGES
from sync.records.survey import LONGEST_PICTURES
from tests.drawn_forms import drawn_form, labelled, noise, picture, question, read, wells
from tests.picture_bombs import BOMBS, png


def begun(checked: Checked, language: str = "kk") -> Interview:
    assert checked.xform is not None
    assert checked.ok
    return Interview(load_form(checked.xform), language=language)


def ground(content: bytes | None) -> tuple[int, ...]:
    """The colour of its corner, as JPEG has it nearly."""
    assert content is not None
    found = Image.open(BytesIO(content)).convert("RGB").getpixel((2, 2))
    assert isinstance(found, tuple)
    return tuple(round(one / 16) for one in found)


def told(checked: Checked) -> list[tuple[object, ...]]:
    return [(one.sheet, one.row, one.column) for one in checked.messages]


def test_the_picture_follows_the_language_of_the_interview(tmp_path: Path) -> None:
    checked = read(wells(tmp_path))
    interview = begun(checked)
    seen = []
    for language in ("kk", "ru", "en"):
        interview.speak(language)
        shown = interview.state("/data/q").picture
        seen.append(ground(shown.content if shown else None))

    assert checked.messages == ()
    assert seen == [ground(picture(colour)) for colour in ("#2f7d5b", "#4a6fa5", "#a5674a")]


def test_a_picture_without_a_language_is_of_all_of_them_and_is_no_language(tmp_path: Path) -> None:
    interview = begun(read(wells(tmp_path)), "ru")

    note, asked = interview.state("/data/n"), interview.state("/data/q")
    assert load_form(read(wells(tmp_path)).xform or "").languages == ("kk", "ru", "en")
    assert ground(note.picture.content if note.picture else None) == ground(picture("#777777"))
    assert [one.picture is not None for one in asked.choices] == [True, True]
    assert asked.label == "Откуда берут питьевую воду?"
    assert [one.label for one in asked.choices] == ["Колодец", "Водопровод"]


def test_groups_and_larger_pictures_come_too(tmp_path: Path) -> None:
    rows = [
        question("g", "begin group", image="small.png"),
        question(image="small.png", **{"media::big-image": "big.png"}),
        {"type": "end group"},
    ]
    files = {"small.png": picture(size=(90, 60)), "big.png": picture(size=(2_400, 1_600))}
    interview = begun(read(drawn_form(tmp_path, *rows, files=files)))

    assert interview.state("/data/g").picture is not None
    shown = interview.state("/data/g/q").picture
    assert shown is not None
    sizes = [Image.open(BytesIO(one)).size for one in (shown.content, shown.large)]
    assert sizes == [(90, 60), (1_200, 800)]


def test_what_a_camera_wrote_into_a_picture_does_not_travel(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CAMERA-OF-AIGUL", 6
    exif.get_ifd(0x8825)[1] = "N"
    original = picture(size=(3_000, 2_000), exif=exif, comment=b"CAMERA-OF-AIGUL")
    form = load_form(
        read(drawn_form(tmp_path, question(image="a.jpg"), files={"a.jpg": original})).xform or ""
    )

    [content] = form.pictures.values()
    assert b"CAMERA-OF-AIGUL" in original
    assert b"CAMERA-OF-AIGUL" not in content
    assert not Image.open(BytesIO(content)).getexif()
    assert Image.open(BytesIO(content)).size == (800, 1_200)
    assert is_ours(content)


HOSTILE = {**BOMBS, "a lying header": png(3_000, 2_000), "nothing": b"", "words": b"<html>"}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_picture_is_told_at_its_cell_and_does_not_travel(
    tmp_path: Path, hostile: bytes
) -> None:
    rows = [question("before"), question(image_kk="a.png")]
    checked = read(drawn_form(tmp_path, *rows, files={"a.png": hostile}))

    pictures = load_form(checked.xform or "").pictures
    assert checked.ok
    assert all(is_ours(one) for one in pictures.values())  # what is odd but small may be taken
    assert pictures or told(checked)[:1] == [("survey", 3, "image")]


def test_a_bomb_is_opened_by_the_process_that_has_limits(tmp_path: Path) -> None:
    bomb = BOMBS["a PNG of 50,000 by 50,000"]
    checked = read_xlsform(drawn_form(tmp_path, question(image="a.png"), files={"a.png": bomb}))

    assert checked.ok
    assert "a.png" in checked.messages[0].text.words("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "named",
    [
        *(
            "../../secret.png",
            "..\\secret.png",
            "folder/secret.png",
            "C:secret.png",
            "secret.png:x",
        ),
        *("https://example.kz/secret.png", "jr://images/folder/secret.png", "file:///secret.png"),
        *("..", "${before}.png", "missing.png"),
    ],
)
def test_a_name_that_leads_elsewhere_is_told_and_nothing_is_read(
    tmp_path: Path, named: str, language: str
) -> None:
    for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "wells-media" / "folder"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secret.png").write_bytes(picture(form="PNG"))
    rows = [question("before"), question(image_kk=named)]
    checked = read(drawn_form(tmp_path / "a", *rows, files={}))

    assert load_form(checked.xform or "").pictures == {}
    assert told(checked)[:1] == [("survey", 3, "image")]
    assert checked.ok
    words = checked.messages[0].text.words(language)
    assert ("{" in words) == ("{before}" in named)
    assert "secret.png" in words or named in words or "${…}" in words


def test_a_missing_picture_of_a_choice_is_told_at_its_row(tmp_path: Path) -> None:
    choice = labelled(("Құдық", "Колодец", "Well"), list_name="w", name="w")
    choices = (choice, choice | {"name": "p", "media::image": "no.png"})
    checked = read(drawn_form(tmp_path, question(kind="select_one w"), files={}, choices=choices))

    assert told(checked) == [("choices", 3, "image")]
    assert "“no.png” of “w”" in checked.messages[0].text.words("en")


def test_pictures_have_a_megabyte_and_from_the_one_that_is_too_much_each_is_told_undecoded(
    tmp_path: Path,
) -> None:
    names = [f"{number}.jpg" for number in range(9)]
    rows = [question(f"q{number}", image=name) for number, name in enumerate(names)]
    files = {
        **dict.fromkeys(names, noise()),
        "8.jpg": picture(size=(40, 30)),
    }  # no room even for it
    checked = read(drawn_form(tmp_path, *rows, files=files))

    kept = load_form(checked.xform or "").pictures
    assert 0 < len(kept) < 9
    assert sum(map(len, kept.values())) <= MOST
    assert told(checked) == [("survey", row, "image") for row in range(len(kept) + 2, 11)]
    assert "1 MB" in checked.messages[0].text.words("en")
    assert len(checked.xform or "") - written_length(checked.xform or "") < LONGEST_PICTURES


def test_a_picture_that_many_texts_name_travels_once(tmp_path: Path) -> None:
    rows = [question(f"q{number}", image="a.jpg") for number in range(5)]
    checked = read(drawn_form(tmp_path, *rows, files={"a.jpg": noise()}))

    assert (checked.xform or "").count("<picture ") == 1
    assert checked.messages == ()


@pytest.mark.parametrize(("content", "quality"), [(picture(), 80), (noise(), 50)])
def test_only_what_would_be_large_is_drawn_coarser(content: bytes, quality: int) -> None:
    as_wanted = Image.open(BytesIO(picture(quality=quality)))

    made = Image.open(BytesIO(shrink_for_label(content)))

    assert isinstance(made, JpegImageFile)
    assert isinstance(as_wanted, JpegImageFile)
    assert made.quantization == as_wanted.quantization


def test_what_is_no_base64_is_no_picture() -> None:
    root = parse_xml(f'<a xmlns="{NAMESPACE}"><picture name="a.jpg">/9j/!!4AAA</picture></a>')

    assert pictures_of(root) == {}


def test_an_xform_with_its_pictures_is_read_again_and_they_are_made_anew(tmp_path: Path) -> None:
    xform = read(wells(tmp_path)).xform or ""
    hidden = picture("#00ff00", (2_000, 1_000), comment=b"HIDDEN")
    other = b64encode(hidden).decode()
    part = xform[xform.index('<picture name="ru.jpg">') :].partition("</picture>")[0]
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "elsewhere" / "form.xml"
    path.write_text(xform.replace(part, f'<picture name="ru.jpg">{other}'), encoding="utf-8")
    checked = read(path)

    form = load_form(checked.xform or "")
    assert checked.messages == ()
    assert form.pictures.keys() == {"kk.jpg", "ru.jpg", "en.jpg", "one.png", "pipe.png"}
    assert Image.open(BytesIO(form.pictures["ru.jpg"])).size == (1_200, 600)
    assert b"HIDDEN" not in form.pictures["ru.jpg"]


def test_pictures_that_nothing_names_do_not_travel(tmp_path: Path) -> None:
    xform = read(drawn_form(tmp_path, question(), files={"a.jpg": picture()})).xform or ""
    part = f'<pictures xmlns="{NAMESPACE}"><picture name="a.jpg">AAAA</picture></pictures>'

    assert "<picture " not in xform
    assert embed_pictures(xform.replace("</model>", f"{part}</model>"), None) == (xform, [])


def test_sound_and_video_in_a_label_are_said_not_to_be_played(tmp_path: Path) -> None:
    cells = {"media::audio": "a.ogg", "media::video": "a.mp4"}
    checked = read(drawn_form(tmp_path, question(**cells), files={"a.ogg": b"", "a.mp4": b""}))

    assert told(checked) == [("survey", 2, "audio"), ("survey", 2, "video")]
    assert all("played here" in one.text.words("en") for one in checked.messages)


@given(st.text(max_size=40) | st.text("./\\:jr images", max_size=40))
def test_whatever_a_cell_says_leads_to_no_other_folder(named: str) -> None:
    name = picture_name(named)

    assert name in named
    assert not name or (Path("form-media") / name).parent == Path("form-media")
    assert not {*name} & {*"/\\:\0"}


@given(st.dictionaries(st.text(max_size=9), st.binary(max_size=40) | st.text(max_size=40)))
def test_whatever_stands_in_a_part_of_pictures_is_read_without_a_failure(
    written: dict[str, bytes | str],
) -> None:
    root = parse_xml(f'<a><pictures xmlns="{NAMESPACE}"/></a>')
    for name, content in written.items():
        one = root[0].makeelement(f"{{{NAMESPACE}}}picture", {"name": name})
        one.text = b64encode(content).decode() if isinstance(content, bytes) else content
        root[0].append(one)

    found = pictures_of(root)

    assert found.items() >= {n: c for n, c in written.items() if isinstance(c, bytes)}.items()
