"""The kinds of the seven tasks: reception, projects, relocation, integrity, media, the group."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "reception": (
        ("received_on", sa.Date()),
        ("received_at", sa.Time()),
        ("form", sa.String()),
        ("received_by", sa.String()),
        ("village", sa.String()),
        ("essence", sa.String()),
        ("category", sa.String()),
        ("appeal", sa.String()),
        ("papers", sa.String()),
        ("visitor_type", sa.String()),
        ("bin", sa.String()),
        ("sphere", sa.String()),
        ("regulator", sa.String()),
        ("damage", sa.Integer()),
        ("applicant", sa.String()),
        ("phone", sa.String()),
        ("iin", sa.String()),
        ("address", sa.String()),
        ("social", sa.String()),
        ("advice", sa.String()),
        ("lawyer", sa.String()),
        ("asked_of", sa.String()),
        ("outgoing_number", sa.String()),
        ("outgoing_on", sa.Date()),
        ("due_on", sa.Date()),
        ("prolonged_to", sa.Date()),
        ("answer_number", sa.String()),
        ("answered_on", sa.Date()),
        ("state", sa.String()),
        ("outcome", sa.String()),
        ("told_on", sa.Date()),
        ("satisfied", sa.Boolean()),
    ),
    "project": (
        ("title", sa.String()),
        ("village", sa.String()),
        ("sphere", sa.String()),
        ("work", sa.String()),
        ("client", sa.String()),
        ("contractor", sa.String()),
        ("contractor_bin", sa.String()),
        ("contract_number", sa.String()),
        ("contract_on", sa.Date()),
        ("supervisor", sa.String()),
        ("starts_on", sa.Date()),
        ("ends_on", sa.Date()),
        ("money_source", sa.String()),
        ("contract_sum", sa.Integer()),
        ("allotted", sa.Integer()),
        ("state", sa.String()),
        ("physical", sa.Integer()),
        ("jobs", sa.Integer()),
        ("accepted_on", sa.Date()),
        ("warranty_until", sa.Date()),
    ),
    "payment": (
        ("paid_on", sa.Date()),
        ("sum", sa.Integer()),
        ("act", sa.String()),
    ),
    "inspection": (
        ("project", sa.String()),
        ("inspected_on", sa.Date()),
        ("village", sa.String()),
        ("people", sa.String()),
        ("physical", sa.Integer()),
        ("quality", sa.String()),
        ("found", sa.String()),
    ),
    "defect": (
        ("text", sa.String()),
        ("severity", sa.String()),
        ("due_on", sa.Date()),
        ("state", sa.String()),
        ("mended_on", sa.Date()),
    ),
    "relocation_case": (
        ("household", sa.String()),
        ("village", sa.String()),
        ("opened_on", sa.Date()),
        ("people", sa.Integer()),
        ("workers", sa.Integer()),
        ("region", sa.String()),
        ("place", sa.String()),
        ("job", sa.String()),
        ("dwelling", sa.String()),
        ("applicant", sa.String()),
        ("phone", sa.String()),
        ("state", sa.String()),
        ("moved_on", sa.Date()),
        ("subsidy", sa.Integer()),
        ("returned_on", sa.Date()),
        ("why_returned", sa.String()),
    ),
    "relocation_stage": (
        ("state", sa.String()),
        ("reached_on", sa.Date()),
        ("text", sa.String()),
    ),
    "finding": (
        ("text", sa.String()),
        ("sphere", sa.String()),
        ("source", sa.String()),
        ("found_on", sa.Date()),
        ("village", sa.String()),
        ("cause", sa.String()),
        ("proposal", sa.String()),
        ("partner", sa.String()),
    ),
    "work_plan": (
        ("title", sa.String()),
        ("starts_on", sa.Date()),
        ("ends_on", sa.Date()),
        ("partners", sa.String()),
        ("finding", sa.String()),
    ),
    "measure": (
        ("text", sa.String()),
        ("responsible", sa.String()),
        ("partner", sa.String()),
        ("due_on", sa.Date()),
        ("state", sa.String()),
        ("done_on", sa.Date()),
        ("result", sa.String()),
    ),
    "publication": (
        ("title", sa.String()),
        ("outlet", sa.String()),
        ("outlet_type", sa.String()),
        ("day", sa.Date()),
        ("state", sa.String()),
        ("address", sa.String()),
        ("language", sa.String()),
        ("script", sa.String()),
        ("own", sa.Boolean()),
        ("category", sa.String()),
        ("tone", sa.String()),
        ("village", sa.String()),
        ("result", sa.String()),
    ),
    "claim": (
        ("text", sa.String()),
        ("verdict", sa.String()),
        ("evidence", sa.String()),
        ("asked_on", sa.Date()),
        ("refuted_on", sa.Date()),
    ),
    "member": (
        ("name", sa.String()),
        ("role", sa.String()),
        ("phone", sa.String()),
        ("since", sa.Date()),
        ("until", sa.Date()),
        ("state", sa.String()),
        ("okrugs", sa.JSON()),
    ),
    "week_plan": (
        ("week_on", sa.Date()),
        ("aim", sa.String()),
    ),
    "outing": (
        ("day", sa.Date()),
        ("village", sa.String()),
        ("who", sa.String()),
        ("topic", sa.String()),
    ),
}
INDEXED = {
    "reception": ("received_on", "village", "category", "due_on", "state"),
    "project": ("village", "starts_on", "state"),
    "payment": ("paid_on",),
    "inspection": ("project", "inspected_on"),
    "defect": ("due_on",),
    "relocation_case": ("village", "opened_on", "state", "moved_on"),
    "relocation_stage": ("reached_on",),
    "finding": ("found_on",),
    "work_plan": ("starts_on",),
    "measure": ("due_on",),
    "publication": ("day", "category"),
    "member": ("since",),
    "week_plan": ("week_on",),
    "outing": ("day",),
}
CONSENTED = ("reception", "relocation_case")
PARTS = ("payment", "defect", "relocation_stage", "measure", "claim", "outing")


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        _make(table, columns)
        for name in INDEXED.get(table, ()):
            op.create_index(f"ix_{table}_{name}", table, [name])
    for name in ("reception", "project"):
        op.add_column("issue", sa.Column(name, sa.String(), nullable=True))
    for name in ("meeting", "reception", "project"):
        op.create_index(f"ix_issue_{name}", "issue", [name])


def _make(table: str, columns: tuple[tuple[str, Any], ...]) -> None:
    """The kind's own columns, then those that every record has."""
    part = table in PARTS
    op.create_table(
        table,
        *(sa.Column(name, type, nullable=True) for name, type in columns),
        *(_consent() if table in CONSENTED else ()),
        sa.Column("parent", sa.Uuid(), nullable=False)
        if part
        else sa.Column("review", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("bare", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_stream", table, ["district", "revision"])
    if part:
        op.create_index(f"ix_{table}_parent", table, ["parent"])
    else:
        op.create_index(f"ix_{table}_review", table, ["review"])
        disputed = sa.text("conflicts != '{}'")
        op.create_index(f"ix_{table}_disputed", table, ["id"], sqlite_where=disputed)


def _consent() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("consent_way", sa.String(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_text", sa.String(), nullable=True),
        sa.Column("consent_language", sa.String(), nullable=True),
        sa.Column("consent_witness", sa.String(), nullable=True),
        sa.Column("consent_ended", sa.Date(), nullable=True),
    )
