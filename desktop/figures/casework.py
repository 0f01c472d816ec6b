"""Issues, visitors of the reception, and households that move."""

from sqlalchemy import and_, case, func, or_, select, text

from desktop.figures.declared import (
    DISTRICT,
    EVERYWHERE,
    TODAY,
    YEAR,
    Figure,
    Grouping,
    Report,
    Shape,
    Source,
    When,
    by_field,
    count,
    days_between,
    total,
)
from sync.language import mark
from sync.records.issue import Issue, Step
from sync.records.reception import Reception
from sync.records.relocation import RelocationCase, RelocationQuota

AS_TODAY = mark(
    "Of what was received in the period, as it stands today: earlier periods had more time."
)
LIVE = or_(Issue.state.is_(None), Issue.state != "closed")
LATE = and_(LIVE, Issue.due_on < TODAY)
TERM = Grouping(
    "term",
    mark("Our control term"),
    {
        Issue: case(
            (~LIVE, "closed"), (Issue.due_on.is_(None), "none"), (LATE, "late"), else_="open"
        )
    },
    words={
        "late": mark("The term has passed"),
        "open": mark("Within the term"),
        "none": mark("Without a term"),
        "closed": mark("Closed"),
    },
    ordered=True,
)
REPLIED_ON = (
    select(func.min(Step.done_on))
    .where(text("step.type = 'reply'"), ~Step.removed, Step.parent == Issue.id)
    .correlate(Issue)
    .scalar_subquery()
)  # a text: bound, it would not be known to fit the index of replies

ISSUES = Report(
    name="issues",
    label=mark("Issues"),
    about=mark("Issues that people raised, by state, category and term."),
    figures=(
        Figure("issues", mark("Received")),
        Figure("closed", mark("Closed")),
        Figure("closed_share", mark("Closed, %"), Shape.SHARE, share=("closed", "issues")),
        Figure("open", mark("Still open"), now=True),
        Figure("late", mark("Our term has passed"), now=True),
        Figure(
            "satisfied", mark("Satisfied, % of those asked"), Shape.SHARE, share=("yes", "asked")
        ),
        Figure("reply_days", mark("Days until a reply, median"), Shape.DAYS),
    ),
    sources=(
        Source(
            Issue,
            Issue.received_on,
            {
                "issues": count(),
                "closed": count(Issue.state == "closed"),
                "open": count(LIVE),
                "late": count(LATE),
                "yes": count(Issue.satisfied.is_(True)),
                "asked": count(Issue.satisfied.is_not(None)),
            },
            days={"reply_days": days_between(Issue.received_on, REPLIED_ON)},
        ),
    ),
    by=(
        by_field("category", Issue),
        by_field("state", Issue, ordered=True),
        TERM,
        *EVERYWHERE,
        by_field("urgency", Issue, ordered=True),
        by_field("appeal", Issue),
        by_field("received_how", Issue),
        by_field("outcome", Issue),
    ),
    people=True,
    notes=(AS_TODAY,),
)

RECEPTION = Report(
    name="reception",
    label=mark("Reception"),
    about=mark("Visitors of the public business reception, and what came of it."),
    figures=(
        Figure("visitors", mark("Visitors")),
        Figure("entrepreneurs", mark("Of them entrepreneurs")),
        Figure("solved", mark("Solved")),
        Figure("solved_share", mark("Solved, %"), Shape.SHARE, share=("solved", "visitors")),
        Figure("advised", mark("Advised or explained")),
        Figure("open", mark("Still open"), now=True),
        Figure("damage", mark("Damage of entrepreneurs, tenge"), Shape.MONEY),
        Figure(
            "satisfied", mark("Satisfied, % of those asked"), Shape.SHARE, share=("yes", "asked")
        ),
        Figure("answer_days", mark("Days until an answer, median"), Shape.DAYS),
    ),
    sources=(
        Source(
            Reception,
            Reception.received_on,
            {
                "visitors": count(),
                "entrepreneurs": count(Reception.visitor_type == "entrepreneur"),
                "solved": count(Reception.outcome.in_(("satisfied", "partly_satisfied"))),
                "advised": count(Reception.outcome.in_(("explained", "consulted"))),
                "open": count(or_(Reception.state.is_(None), Reception.state != "closed")),
                "damage": total(Reception.damage),
                "yes": count(Reception.satisfied.is_(True)),
                "asked": count(Reception.satisfied.is_not(None)),
            },
            days={"answer_days": days_between(Reception.received_on, Reception.answered_on)},
        ),
    ),
    by=(
        by_field("category", Reception),
        by_field("outcome", Reception),
        *EVERYWHERE,
        by_field("visitor_type", Reception),
        by_field("form", Reception),
    ),
    people=True,
    notes=(AS_TODAY,),
)

RELOCATION = Report(
    name="relocation",
    label=mark("Relocation and quota"),
    about=mark("Households that move, and how much of the year’s quota they have used."),
    figures=(
        Figure("moved_people", mark("People who moved")),
        Figure("moved", mark("Households that moved")),
        Figure("opened", mark("New cases")),
        Figure("returned", mark("Households that returned")),
        Figure("quota", mark("Quota of the year, people")),
        Figure("used", mark("Moved since January, people")),
        Figure("used_share", mark("Quota used, %"), Shape.SHARE, share=("used", "quota")),
    ),
    sources=(
        Source(
            RelocationCase,
            RelocationCase.moved_on,
            {"moved": count(), "moved_people": total(RelocationCase.people)},
        ),
        Source(RelocationCase, RelocationCase.opened_on, {"opened": count()}),
        Source(RelocationCase, RelocationCase.returned_on, {"returned": count()}),
        Source(
            RelocationCase,
            RelocationCase.moved_on,
            {"used": total(RelocationCase.people)},
            when=When.THIS_YEAR,
        ),
        Source(
            RelocationQuota,
            sums={"quota": total(RelocationQuota.people)},
            where=(RelocationQuota.year == YEAR,),
            when=When.ANY,
            district=None,
            village=None,
        ),
    ),
    by=(
        by_field("region", RelocationCase, RelocationQuota),
        DISTRICT,
        *EVERYWHERE[1:],
        by_field("state", RelocationCase, ordered=True),
    ),
    people=True,
    notes=(
        mark(
            "The quota is that of the whole region, in people. Who moved and returned has used it."
        ),
    ),
)
