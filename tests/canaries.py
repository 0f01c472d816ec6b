"""Words that stand nowhere else: looked for in the raw bytes of files, in every writing they may have."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = "қанар"  # all have it; what is not in cp1251 is left out there


def canary(number: int) -> str:
    """The n-th of them."""
    return f"{ROOT}{number:04d}ж"


def writings(word: str) -> Iterator[bytes]:
    """The bytes that a word may be written with."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
        yield word.encode(encoding)
    yield word.encode("cp1251", "ignore")
    yield json.dumps(word).strip('"').encode()  # қ


def found_in(folders: Iterable[Path], word: str = ROOT) -> list[str]:
    """Files below these folders that hold the word, or are named by it."""
    wanted = tuple(writings(word))
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            named = word in path.name
            if named or (path.is_file() and any(one in path.read_bytes() for one in wanted)):
                found.append(path.name)
    return found
