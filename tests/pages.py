"""The bytes of a laptop's encrypted file and journal as they lie there, decrypted page by page.

As SQLCipher 4 writes them: a page of 4096 bytes ends in 16 of AES-CBC's start and 64 of HMAC.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, START, SEAL = 4096, 16, 64
SALT = 16  # bytes, in place of SQLite's own first words
WAL_HEAD, FRAME_HEAD = 32, 24


def decrypted(path: Path, key: bytes) -> bytes:
    """All pages of the file and of its journal, free space too."""
    content = path.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    found = [_page(key, pages[0][SALT:]), *(_page(key, page) for page in pages[1:])]
    journal = path.with_name(f"{path.name}-wal")
    written = journal.read_bytes() if journal.exists() else b""
    for at in range(WAL_HEAD, len(written), FRAME_HEAD + PAGE):
        page = written[at + FRAME_HEAD : at + FRAME_HEAD + PAGE]
        found += [_page(key, page), _page(key, page[SALT:])]  # the first page may be among them
    return b"".join(found)


def _page(key: bytes, page: bytes) -> bytes:
    body, start = page[: -START - SEAL], page[-START - SEAL : -SEAL]
    if not start or len(body) % START:
        return b""
    reader = Cipher(AES256(key), CBC(start)).decryptor()
    return reader.update(body) + reader.finalize()
