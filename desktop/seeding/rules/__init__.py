"""What must fit together in one record, a module for the kinds of each task.

A rule gets the values that were drawn and puts right what the declaration cannot say: which state a
matter has by now, which days follow from it, which sums. A kind without a rule stays as drawn.
"""

from collections.abc import Callable
from datetime import date

from desktop.seeding.rules import casework, groups, projects, public
from desktop.seeding.scene import Scene
from sync.records.base import Values

Rule = Callable[[Values, Scene, Values], None]  # values of the record; of its parent, or {}

RULES: dict[str, Rule] = {
    "issue": casework.issue,
    "step": casework.step,
    "reception": casework.reception,
    "relocation_case": casework.relocation,
    "relocation_stage": casework.stage,
    "meeting": public.meeting,
    "question": public.question,
    "decision": public.decision,
    "measure": public.measure,
    "work_plan": public.work_plan,
    "publication": public.publication,
    "claim": public.claim,
    "project": projects.project,
    "payment": projects.payment,
    "inspection": projects.inspection,
    "defect": projects.defect,
    "member": groups.member,
    "week_plan": groups.week_plan,
    "outing": groups.outing,
    "visit": groups.visit,
}


def apply(kind: str, values: Values, scene: Scene, parent: Values) -> Values:
    """The values, put right; days that are no JSON yet are written as it has them."""
    if rule := RULES.get(kind):
        rule(values, scene, parent)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value not in (None, "", [])
    }
