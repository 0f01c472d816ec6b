"""Village projects, the plan against corruption, and publications."""

from sqlalchemy import and_, func, or_

from desktop.figures.declared import (
    EVERYWHERE,
    FIRST,
    LAST,
    PLACES,
    TODAY,
    Figure,
    Report,
    Shape,
    Source,
    When,
    by_field,
    count,
    total,
)
from sync.language import mark
from sync.records.inspection import Defect, Inspection
from sync.records.integrity import Finding, Measure, WorkPlan
from sync.records.project import Payment, Project
from sync.records.publication import Claim, Publication

UNDER_WAY = and_(
    Project.starts_on <= LAST, or_(Project.accepted_on.is_(None), Project.accepted_on >= FIRST)
)
KNOWN = and_(Project.physical.is_not(None), Project.contract_sum.is_not(None))
MEASURE_OPEN = or_(Measure.state.is_(None), Measure.state == "open")
DEFECT_OPEN = or_(Defect.state.is_(None), Defect.state != "mended")

PROJECTS = Report(
    name="projects",
    label=mark("Village projects"),
    about=mark(
        "Money of village projects against the work that is seen; inspections and defects."
    ),
    figures=(
        Figure("projects", mark("Projects")),
        Figure("contract", mark("Contracts, tenge"), Shape.MONEY),
        Figure("paid", mark("Paid by the end, tenge"), Shape.MONEY),
        Figure("paid_share", mark("Paid, %"), Shape.SHARE, share=("paid", "contract")),
        Figure(
            "work_share", mark("Work done, %"), Shape.SHARE, share=("work", "weight"), now=True
        ),
        Figure("paid_now", mark("Paid in the period, tenge"), Shape.MONEY),
        Figure("inspections", mark("Inspections")),
        Figure("defects", mark("Defects found")),
        Figure("defects_open", mark("Of them not mended"), now=True),
    ),
    sources=(
        Source(
            Project,
            sums={
                "projects": count(),
                "contract": total(Project.contract_sum),
                "work": total(Project.physical * Project.contract_sum / 100, KNOWN),
                "weight": total(Project.contract_sum, KNOWN),
            },
            where=(UNDER_WAY,),
            when=When.ANY,
        ),
        Source(
            Payment,
            Payment.paid_on,
            {"paid": total(Payment.sum)},
            where=(UNDER_WAY,),
            parent=Project,
            when=When.UNTIL,
        ),
        Source(Payment, Payment.paid_on, {"paid_now": total(Payment.sum)}, parent=Project),
        Source(Inspection, Inspection.inspected_on, {"inspections": count()}),
        Source(
            Defect,
            Inspection.inspected_on,
            {"defects": count(), "defects_open": count(DEFECT_OPEN)},
            parent=Inspection,
        ),
    ),
    by=(
        *PLACES,
        by_field("sphere", Project),
        by_field("state", Project, ordered=True),
        by_field("work", Project),
        by_field("money_source", Project),
    ),
    notes=(
        mark(
            "Projects that had begun and were not accepted before the period. The work done is that "
            "of today, each project by the sum of its contract; money and work are two figures."
        ),
    ),
)

MEASURES = Report(
    name="measures",
    label=mark("Measures against corruption"),
    about=mark("What was found, and what became of the measures of work plans."),
    figures=(
        Figure("measures", mark("Measures whose term was in the period")),
        Figure("done", mark("Carried out")),
        Figure("done_share", mark("Carried out, %"), Shape.SHARE, share=("done", "measures")),
        Figure("in_term", mark("Carried out within the term")),
        Figure("late", mark("Late"), now=True),
        Figure("partners", mark("With a partner")),
        Figure("findings", mark("New findings")),
    ),
    sources=(
        Source(
            Measure,
            Measure.due_on,
            {
                "measures": count(),
                "done": count(Measure.state == "done"),
                "in_term": count(Measure.state == "done", Measure.done_on <= Measure.due_on),
                "late": count(MEASURE_OPEN, Measure.due_on < TODAY),
                "partners": count(func.trim(Measure.partner) != ""),
            },
            parent=WorkPlan,
        ),
        Source(Finding, Finding.found_on, {"findings": count()}),
    ),
    by=(PLACES[0], EVERYWHERE[-1], by_field("state", Measure, ordered=True)),
)

MEDIA = Report(
    name="media",
    label=mark("Media"),
    about=mark("Publications by topic, claims that were checked, and refutations."),
    figures=(
        Figure("publications", mark("Publications")),
        Figure("own", mark("Our own publications")),
        Figure("claims", mark("Claims")),
        Figure("checked", mark("Claims checked")),
        Figure("false", mark("Found false")),
        Figure("asked", mark("Refutations asked for")),
        Figure("refuted", mark("Refutations published")),
    ),
    sources=(
        Source(
            Publication,
            Publication.day,
            {"publications": count(), "own": count(Publication.own.is_(True))},
            where=(Publication.state == "published",),
        ),
        Source(
            Claim,
            Publication.day,
            {
                "claims": count(),
                "checked": count(Claim.verdict != "unchecked"),
                "false": count(Claim.verdict == "false"),
                "asked": count(Claim.asked_on.is_not(None)),
                "refuted": count(Claim.refuted_on.is_not(None)),
            },
            parent=Publication,
        ),
    ),
    by=(
        by_field("category", Publication),
        *EVERYWHERE,
        by_field("outlet_type", Publication),
        by_field("tone", Publication, ordered=True),
        by_field("language", Publication),
    ),
)
