"""Numbers, money and yes or no, as people write them in registers."""

import re
from math import isfinite

from sync.errors import UserError
from sync.folding import fold
from sync.language import mark

NO_NUMBER = mark("“{found}” is no number. Write it as 1250.")
NOT_WHOLE = mark("“{found}” is no whole number. Write it as 1250.")
WHICH = mark("“{found}” may be thousands or a part. Write it without a point or a comma: 1250.")
NO_MONEY = mark("“{found}” is no sum in whole tenge. Write it as 1250000.")
NO_ANSWER = mark("“{found}” is neither yes nor no. Write “yes” or “no”.")

GAPS = re.compile(r"[\s\u00a0\u2009\u202f'’`]+")
CURRENCY = re.compile(r"(₸|тг\.?|тенге|теңге|kzt|tenge)$", re.IGNORECASE)
TIMES = ((re.compile(r"(млрд|billion)\.?$"), 10**9), (re.compile(r"(млн|million)\.?$"), 10**6),
         (re.compile(r"(тыс|мың|thousand)\.?$"), 10**3))  # fmt: skip
WHOLE = re.compile(r"[+-]?\d{1,18}")
GROUPED = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+")  # 1.250.000
ONE_GROUP = re.compile(
    r"[+-]?\d{1,3}[.,]\d{3}"
)  # 1.250: a thousand and more, or one and a quarter
ZEROS = re.compile(r"[.,]0+$")
PART = re.compile(r"[+-]?\d{1,18}[.,]\d{1,9}")
YES = frozenset(
    map(fold, ("иә", "ия", "да", "yes", "y", "true", "1", "+", "✓", "✔", "бар", "есть"))
)
NO = frozenset(map(fold, ("жоқ", "нет", "no", "n", "false", "0", "-", "–", "—")))


def read_whole(cell: object) -> int:
    """A whole number. Raises UserError for anything else: nothing is ever rounded."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if isfinite(cell) and int(cell) == cell:
            return int(cell)
        raise UserError(NOT_WHOLE, found=cell)
    said = str(cell).strip()
    text = GAPS.sub("", said).removesuffix("%")
    if GROUPED.fullmatch(text):
        return int(re.sub("[.,]", "", text))
    if ONE_GROUP.fullmatch(text):
        raise UserError(WHICH, found=_short(said))
    if WHOLE.fullmatch(text := ZEROS.sub("", text)):
        return int(text)
    raise UserError(NOT_WHOLE if PART.fullmatch(text) else NO_NUMBER, found=_short(said))


def read_money(cell: object) -> int:
    """A sum in whole tenge; «12,5 млн ₸» is one. Raises UserError where it has tiyn, or is none."""
    if not isinstance(cell, str):
        return read_whole(cell)
    text = CURRENCY.sub("", GAPS.sub("", cell.strip().lower()))
    for name, times in TIMES:
        bare = name.sub("", text)
        if bare != text:
            return _times(bare, times, cell)
    try:
        return read_whole(text)
    except UserError as wrong:
        raise UserError(WHICH if wrong.text == WHICH else NO_MONEY, found=_short(cell)) from wrong


def read_number(cell: object) -> float:
    """Any number. Raises UserError for anything else."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        return float(cell)
    text = GAPS.sub("", str(cell))
    if WHOLE.fullmatch(text) or PART.fullmatch(text):
        return float(text.replace(",", "."))
    raise UserError(NO_NUMBER, found=_short(str(cell)))


def read_answer(cell: object) -> bool:
    """Yes or no. Raises UserError for anything else."""
    if isinstance(cell, bool):
        return cell
    word = fold(str(cell).strip())
    if word in YES:
        return True
    if word in NO:
        return False
    raise UserError(NO_ANSWER, found=_short(str(cell)))


def _times(text: str, times: int, said: str) -> int:
    if not (WHOLE.fullmatch(text) or PART.fullmatch(text)):
        raise UserError(NO_MONEY, found=_short(said))
    whole, _, part = text.replace(",", ".").partition(".")
    scaled = int((part or "0").ljust(9, "0")) * times
    if scaled % 10**9:
        raise UserError(NO_MONEY, found=_short(said))
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * times + sign * scaled // 10**9


def _short(text: str) -> str:
    return text[:40]
