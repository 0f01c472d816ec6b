"""Names of files that came from elsewhere: data to show, never a path."""

import re
import unicodedata

LONGEST = 100  # characters

# Windows keeps these for devices, whatever follows the dot
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def tidy_name(name: str) -> str:
    """The last part of a name without what could mislead a person or a file system; may be ''.

    Left out: folders, drives, streams (`a:b`), control and direction-changing characters,
    characters that Windows forbids, dots and spaces at the ends.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        char for char in last if char not in '<>:"|?*' and unicodedata.category(char)[0] != "C"
    )
    stem, dot, suffix = kept.strip(". ").rpartition(".")
    if dot and len(suffix) <= 10:
        kept = f"{stem[: LONGEST - 11].rstrip('. ')}.{suffix}" if stem else suffix
    else:
        kept = kept.strip(". ")[:LONGEST]
    kept = kept.strip(". ")
    return f"_{kept}" if RESERVED.fullmatch(kept) else kept
