"""Made-up open answers of which it is known who is named in them: templates × names × places, by a seed."""

import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import resources
from sync.language import named
from sync.places import load_pack


class Said(NamedTuple):
    """A sentence, its language, and the letters of it that tell of somebody."""

    text: str
    language: str
    told: tuple[tuple[int, int], ...]


# {p} somebody; {v} a village, {d} a district, {o} an okrug; {s} a given name after which a place is
# called; {t} phone, {i} IIN, {e} e-mail.
KAZAKH = (
    "Суды {p} аға жөндеп берді.",
    "Мектеп директоры {p} ақша жинайды",
    "Көршім {p} жер алды, біз ала алмай жүрміз.",
    "Менің атым {p}, нөмірім {t}",
    "кеше {p} келіп кетті",
    "Дәрігер {p} жақсы, бірақ дәрі жоқ.",
    "Ауылда {p} деген кісі бар, сол біледі.",
    "{p} уәдесінде тұрмады",
    "{t} нөміріне хабарласыңыз",
    "ЖСН {i}, жәрдемақы төленбеді",
    "Жауапты {e} поштасына жіберіңіз.",
    "{v} ауылында су жоқ, {d} жауап бермейді.",
    "{o} бойынша жол салынбады.",
    "{s} көшесінде жарық сөніп тұрады",
    "{s} атындағы мектептің төбесі ағады.",
    "{s} ауылы мен {v} ауылының арасындағы жол нашар.",
    "Жолға 120 000 000 теңге бөлінді, 2026 жылы бітеді.",
    "Әкімдік тыңдамайды, Парламент те тыңдамайды.",
    "Ауруханада дәрігер жетпейді. Жас мамандар келмейді.",
    "Ұлы Отан соғысының ескерткіші қирап жатыр",
    "Балабақша, клуб, су керек",
)
RUSSIAN = (
    "Воду починил {p}, спасибо ему.",
    "Директор школы {p} собирает деньги",
    "Сосед {p} получил землю, а мы нет.",
    "Меня зовут {p}, телефон {t}",
    "вчера приходил {p}",
    "Врач {p} хороший, но лекарств нет.",
    "{p} не сдержал слово",
    "Обещал лично {p}, ничего нет.",
    "Звоните: {t}",
    "ИИН {i}, пособие не пришло",
    "Ответ пришлите на {e}.",
    "В селе {v} нет воды, {d} не отвечает.",
    "Дорогу в {v} так и не построили.",
    "На улице {s} нет света",
    "Школа имени {s} без крыши.",
    "Ул. {s} разбита, маршрутка не ходит.",
    "На дорогу дали 120 000 000 тенге, срок 2026 год.",
    "Депутаты Верховной Рады и Парламента далеко от нас.",
    "В больнице не хватает врачей. Молодые не едут.",
    "Казахстанский газ до нас не дошёл",
    "Нужны детский сад, клуб, вода",
)
SURNAMES = [
    "Оспан",
    "Ахмет",
    "Нұрпейіс",
    "Сәтбай",
    "Жұмабай",
    "Мейірбек",
    "Айдарбек",
    "Сейсенбай",
    "Құдайберген",
    "Тұрсынбай",
    "Ермекбай",
    "Жолдасбек",
    "Қалдыбай",
    "Мырзахмет",
    "Байтөре",
    "Шынтас",
    "Сарқыт",
    "Үкібай",
    "Есқара",
    "Тәттібай",
]
RUSSIAN_SURNAMES = (
    "Иванов",
    "Петров",
    "Ким",
    "Шевченко",
    "Соколов",
    "Никитин",
    "Кузнецов",
    "Белов",
    "Ильин",
    "Вяземский",
)
UNKNOWN = (
    "Шаттық",
    "Елғонды",
    "Нұрсезім",
    "Ақселеу",
    "Бекмұрза",
    "Зұлхарнай",
)  # given names that no list has
FIRST = "АБГЕЖКМНРСТШ"


def answers(number: int, seed: int) -> Iterator[Said]:
    """So many sentences; the same for the same seed."""
    chance = random.Random(seed)  # nothing secret is made up
    for at in range(number):
        language, templates = (("kk", KAZAKH), ("ru", RUSSIAN))[at % 2]
        yield _filled(chance, language, chance.choice(templates))


def _filled(chance: random.Random, language: str, template: str) -> Said:
    text, told, rest = "", [], template
    while "{" in rest:
        before, _, after = rest.partition("{")
        sort, _, rest = after.partition("}")
        word = _word(chance, language, sort)
        text += before
        if sort in "ptie":
            told.append((len(text), len(text) + len(word)))
        text += word
    return Said(text + rest, language, tuple(told))


def _word(chance: random.Random, language: str, sort: str) -> str:
    if sort == "p":
        return _person(chance, language)
    if sort in "vdo":
        pack = load_pack()
        places = {"v": pack.villages, "d": pack.districts, "o": pack.okrugs}[sort]
        return named(chance.choice(list(places.values())).names, language)
    if sort == "s":
        return chance.choice(_given())
    digits = "".join(chance.choice("0123456789") for _ in range(8))
    if sort == "t":
        a, b, c = digits[:3], digits[3:5], digits[5:7]
        kinds = (
            "+7 701 {} {} {}",
            "8 (747) {}-{}-{}",
            "8702{}{}{}",
            "+7777{}{}{}",
            "8-705-{}-{}-{}",
            "701 {} {} {}",
        )
        return chance.choice(kinds).format(a, b, c)
    if sort == "i":
        return f"7{digits[0]}0{digits[1:2]}15{digits[2:8]}"
    return f"{chance.choice(('asan', 'gulnar.k', 'o_spanov'))}{digits[:2]}@{chance.choice(('mail.ru', 'gmail.com'))}"


@cache
def _given() -> list[str]:
    return [row["name"] for row in resources.table("people", "given_names.csv")]


def _person(chance: random.Random, language: str) -> str:
    given = chance.choice(_given()) if chance.random() > 0.05 else chance.choice(UNKNOWN)
    woman = chance.random() < 0.5
    end = chance.choice(("ов", "ев"))
    if language == "kk" or chance.random() < 0.5:
        stem = chance.choice(SURNAMES)
        surname = stem + end + ("а" if woman else "")
    else:
        surname = chance.choice(RUSSIAN_SURNAMES)
    father = chance.choice(SURNAMES)
    initials = f"{chance.choice(FIRST)}.{chance.choice(FIRST)}."
    son = father + ("қызы" if woman else "ұлы")
    patronymic = father + ("овна" if woman else "ович")
    return chance.choice(
        (
            given,
            f"{given} {surname}",
            f"{surname} {given}",
            f"{given} {son}",
            f"{given.lower()} {son.lower()}",
            f"{surname} {given} {patronymic if language == 'ru' else son}",
            f"{initials} {surname}",
            f"{surname} {initials[:-1]}",
            f"{initials[:2]} {surname}",
            given + ("" if language == "ru" else chance.choice(("", "ға", "ның"))),
        )
    )
