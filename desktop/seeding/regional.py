"""What the region shares, invented: officials with and without a term, bodies, quotas, forms."""

from collections.abc import Iterator
from datetime import timedelta

from desktop.seeding.making import Maker
from desktop.seeding.material import lines, person
from desktop.surveys.bundled import bundled_forms
from sync.change import Change
from sync.language import named
from sync.vocabulary import choices

SORTS = ("department", "service")  # of bodies: the first five, the others
POSTS = 3  # officials in each district


def shared(maker: Maker) -> Iterator[Change]:
    """Forms first: what is filled in by them comes after."""
    begun = maker.wanted.until - timedelta(days=maker.wanted.days)
    for form in bundled_forms():
        said = {"name": named(form.names), "version": "1", "use": form.use, "xform": form.xform()}
        yield maker.regional("form", said, begun)
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
    for district in maker.wanted.districts:
        for place in range(POSTS):
            yield maker.regional("official", _official(maker, district, place), begun)


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
