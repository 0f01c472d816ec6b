"""What the region shares, invented: officials, bodies, quotas, forms, waves, a day of the calendar, a phrase,
a view."""

from collections.abc import Iterator
from datetime import timedelta

from desktop.seeding.making import Maker
from desktop.seeding.material import lines, person
from desktop.seeding.surveys import census, waves
from desktop.surveys.bundled import bundled_forms
from sync.change import Change
from sync.language import named
from sync.vocabulary import choices

SORTS = ("department", "service")  # of bodies: the first five, the others
POSTS = 3  # officials in each district
RATING = "rating"  # the bundled form that waves have
PHRASE = {"kk": "Оқу үшін ойдан шығарылған сөйлем", "ru": "Выдуманная учебная фраза"}
VIEW = {"name": "Қайтарылғандар", "of": "issue", "state": "returned"}
MOVED = "Оқу үшін ойдан шығарылған демалыс күні"


def shared(maker: Maker) -> Iterator[Change]:
    """Forms first: what is filled in by them comes after."""
    begun = maker.wanted.until - timedelta(days=maker.wanted.days)
    rating: Change | None = None
    for form in bundled_forms():
        said = {"name": named(form.names), "version": "1", "use": form.use, "xform": form.xform()}
        made = maker.regional("form", said, begun)
        rating = made if form.key == RATING else rating
        yield made
    for line in lines("competent", ""):
        yield maker.regional("competent_body", {"name": line["kk"]}, begun)
    for place, line in enumerate(lines("body", "")):
        yield maker.regional("organisation", {"name": line["kk"], "sort": SORTS[place > 4]}, begun)
    for line in lines("partner", ""):
        yield maker.regional("organisation", {"name": line["kk"], "sort": "partner"}, begun)
    for place, region in enumerate(choices("receiving_region")):
        quota: dict[str, object] = {
            "region": region.key,
            "year": maker.wanted.until.year,
            "people": 200 * (place + 1),
        }
        yield maker.regional("relocation_quota", quota, begun)
    officials = [
        maker.regional("official", _official(maker, district, place), begun)
        for district in maker.wanted.districts
        for place in range(POSTS)
    ]
    yield from officials
    if rating is not None:
        yield from waves(maker, rating, officials)
    yield census(maker)
    off = maker.wanted.until + timedelta(days=30)
    yield maker.regional(
        "calendar_day", {"day": off.isoformat(), "sort": "day_off", "said": MOVED}, begun
    )
    yield maker.regional("shared_phrase", PHRASE, begun)
    yield maker.regional("shared_view", VIEW, begun)


def _official(maker: Maker, district: str, place: int) -> dict[str, str]:
    posts = lines("post", "")
    post = posts[(place * 2) % len(posts)]
    since = maker.wanted.until - timedelta(days=maker.chance.randrange(200, 1500))
    said = {
        "post": post["kk"],
        "name": person(maker.chance),
        "body": "party" if place * 2 % len(posts) == len(posts) - 1 else "akimat",
        "territory": district,
        "since": since.isoformat(),
    }
    if maker.chance.random() < 0.15:
        ended = maker.wanted.until - timedelta(days=maker.chance.randrange(10, 150))
        said["until"] = ended.isoformat()
    return said
