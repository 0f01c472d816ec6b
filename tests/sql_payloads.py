"""Texts by which databases were made to do another thing than they were asked."""

from collections.abc import Iterator
from random import Random

PIECES = (
    *("'", '"', "`", "''", "\\'", "\\", ";", "--", "/*", "*/", "#", "%", "_", "[", "]", "^", "*"),
    *("?", ":a", "@a", "$1", "%s", "{0}", "\0", "\x1a", "’", "ʼ", "＇", "(", ")", "||", "=", "<>"),
    *(" OR 1=1", " AND 1=0", " UNION SELECT ", " UNION ALL SELECT name FROM sqlite_master"),
    *("; DROP TABLE issue", "; DELETE FROM record", "; ATTACH 'x' AS y", " RETURNING *"),
    *(
        "'; SELECT pg_sleep(9)",
        "load_extension('x')",
        "CAST('a' AS int)",
        "1/0",
        "randomblob(9e9)",
    ),
    *(
        "NULL",
        "TRUE",
        "0x27",
        "char(39)",
        "chr(39)",
        "U&'\\0027'",
        "E'\\047'",
        "$$a$$",
        " ESCAPE '",
    ),
    *("су", "Жол", "Ә", "1", " ", "NEAR/1", "MATCH", "GLOB '*'", "LIKE '%'", "[^а]", "[а-я]"),
)
KNOWN = (
    "' OR '1'='1",
    "' OR 1=1 --",
    "') OR ('1'='1",
    "'; DROP TABLE issue; --",
    '" OR ""="',
    "\\'; DROP TABLE record; --",
    "' UNION SELECT sql,2,3 FROM sqlite_master --",
    "' UNION SELECT usename, passwd FROM pg_shadow --",
    "1; SET ROLE postgres",
    "'; RESET ROLE; SELECT * FROM record; --",
    "'||(SELECT seed FROM own_keys)||'",
    "%' ESCAPE '!",
    "*",
    "[",
    "[^",
    "[]]",
    "_%",
)


def payloads(count: int, seed: int = 18) -> Iterator[str]:
    """The known ones, then as many put together by chance as are wanted; the same for each seed."""
    yield from KNOWN[:count]
    chance = Random(seed)
    for _ in range(count - len(KNOWN)):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 6)))
