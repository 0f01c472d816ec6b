"""A month of work, as the pictures of a gallery show it."""

import random
from datetime import date, timedelta

ROWS = 40  # records of a kind


def fill(desk) -> None:
    """A month of one team's work, from the demo's story, seeded."""
    from desktop.actions import answers, attachments, records, review, surveys
    from desktop.people import NAMES
    from desktop.surveys.bundled import rating_xform
    from desktop.surveys.form import load_form
    from desktop.surveys.interview import Interview
    from sync.client.facts import remember
    from tests.ui.desks import PEOPLE, seen_by
    from ui.demo.pictures import photo
    from ui.demo.story import answer_all, told

    chance = random.Random(2026)
    story = told()
    coordinator = seen_by(desk, "coordinator")
    with desk.store.begin() as session:
        remember(session, NAMES, {person.id: person.name for person in PEOPLE.values()})
    villages = [code for code, _ in desk.pack.places("615600000")]
    today = date.today()  # noqa: DTZ011  # pictures show what is due from today

    def save(kind, values, parent=None, by=desk):
        return records.save(by, kind, values, parent=parent)[0].record

    for number in range(ROWS):
        day = today - timedelta(days=chance.randint(0, 30))
        village = chance.choice(villages)
        issue = chance.choice(story["issues"][:2])
        due = today + timedelta(days=chance.randint(-3, 25))
        made = save("issue", {**issue, "village": village, "received_on": day, "due_on": due})
        if number % 3:
            review.decide(desk, made, review.Decision.SEND)
        if number % 6 == 1:
            review.decide(coordinator, made, review.Decision.APPROVE)
        outcome = {**story["visit"], "village": village, "visited_on": day}
        save("visit", outcome)
    autumn = {**story["meeting"], "held_on": today - timedelta(days=30)}
    before = save("meeting", {**autumn, "title": "Күзгі жиын"})
    for values in story["decisions"]:
        save("decision", values, parent=before)
    meeting = save("meeting", {**story["meeting"], "held_on": today})
    for kind in ("question", "decision"):
        for values in story[f"{kind}s"]:
            save(kind, values, parent=meeting)
    review.decide(desk, meeting, review.Decision.SEND)
    returned = save("issue", {**story["issues"][2], "meeting": str(meeting)})
    for number, caption in enumerate(story["captions"]):
        attachments.attach(desk, returned, photo(number), caption)
    save("step", story["steps"][0], parent=returned)
    review.decide(desk, returned, review.Decision.SEND)
    comment = {story["comment"]["about"]: story["comment"]["text"]}
    review.decide(coordinator, returned, review.Decision.RETURN, comment)

    form = save("form", {"name": "Рейтинг", "xform": rating_xform()}, by=coordinator)
    post = {"post": "Созақ ауданының әкімі", "body": "akimat", "territory": "615600000"}
    official = save("official", post, by=coordinator)
    wave = {
        "title": "Лауазымды тұлғалардың рейтингі, 4-тоқсан",
        "form": str(form),
        "starts_on": today - timedelta(days=3),
        "ends_on": today + timedelta(days=14),
        "districts": ["615600000"],
        "rated": [str(official)],
        "target": 60,
        **story["wave"],
    }
    held = save("wave", wave, by=coordinator)
    compiled = load_form(surveys.xform_of(desk, held))
    for _ in range(ROWS):
        about = {"/data/official": str(official), "/data/post": post["post"]}
        interview = Interview(compiled, about, language="kk")
        answer_all(interview, chance)
        answers.finish(desk, held, chance.choice(wave["places"]), today, interview.to_answers())
