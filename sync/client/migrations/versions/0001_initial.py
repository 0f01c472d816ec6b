"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_district", "attachment", ["district"])
    op.create_index("ix_attachment_parent", "attachment", ["parent"])
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])

    op.create_table(
        "attention",
        sa.Column("change", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("change", name="pk_attention"),
    )
    op.create_index("ix_attention_record", "attention", ["record"])

    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("here", sa.Boolean(), nullable=False),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "comment",
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_district", "comment", ["district"])
    op.create_index("ix_comment_parent", "comment", ["parent"])

    op.create_table(
        "cursor",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_cursor"),
    )
    op.create_table(
        "decision",
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_district", "decision", ["district"])
    op.create_index("ix_decision_due_on", "decision", ["due_on"])
    op.create_index("ix_decision_parent", "decision", ["parent"])

    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_draft"),
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_fact"),
    )
    op.create_table(
        "foreign_record",
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record", name="pk_foreign_record"),
    )
    op.create_index("ix_foreign_record_kind", "foreign_record", ["kind"])

    op.create_table(
        "form",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("xform", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_form"),
    )
    op.create_index("ix_form_district", "form", ["district"])

    op.create_table(
        "issue",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("essence", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("appeal", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_how", sa.String(), nullable=True),
        sa.Column("meeting", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("consent_way", sa.String(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("incoming_number", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
    )
    op.create_index("ix_issue_category", "issue", ["category"])
    op.create_index("ix_issue_district", "issue", ["district"])
    op.create_index("ix_issue_due_on", "issue", ["due_on"])
    op.create_index("ix_issue_received_on", "issue", ["received_on"])
    op.create_index("ix_issue_review", "issue", ["review"])
    op.create_index("ix_issue_state", "issue", ["state"])
    op.create_index("ix_issue_village", "issue", ["village"])

    op.create_table(
        "meeting",
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_at", sa.Time(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("secretary", sa.String(), nullable=True),
        sa.Column("side_a", sa.String(), nullable=True),
        sa.Column("side_b", sa.String(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("agenda", sa.String(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_district", "meeting", ["district"])
    op.create_index("ix_meeting_held_on", "meeting", ["held_on"])
    op.create_index("ix_meeting_review", "meeting", ["review"])

    op.create_table(
        "official",
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_official"),
    )
    op.create_index("ix_official_district", "official", ["district"])

    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("change", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("told", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("change", name="uq_outbox_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_record", "outbox", ["record"])
    op.create_index("ix_outbox_told", "outbox", ["told"])
    op.create_index(
        "ix_outbox_waiting", "outbox", ["number"], sqlite_where=sa.text("revision IS NULL")
    )

    op.create_table(
        "question",
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("answered", sa.String(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
    )
    op.create_index("ix_question_district", "question", ["district"])
    op.create_index("ix_question_parent", "question", ["parent"])

    op.create_table(
        "step",
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("parent", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
    )
    op.create_index("ix_step_district", "step", ["district"])
    op.create_index("ix_step_parent", "step", ["parent"])

    op.create_table(
        "taken_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_taken_answer"),
    )
    op.create_index("ix_taken_answer_wave", "taken_answer", ["wave"])

    op.create_table(
        "visit",
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
    )
    op.create_index("ix_visit_district", "visit", ["district"])
    op.create_index("ix_visit_review", "visit", ["review"])
    op.create_index("ix_visit_visited_on", "visit", ["visited_on"])

    op.create_table(
        "waiting_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_answer"),
    )
    op.create_index("ix_waiting_answer_wave", "waiting_answer", ["wave"])

    op.create_table(
        "wave",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("districts", sa.JSON(), nullable=True),
        sa.Column("rated", sa.JSON(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("client", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("edited", sa.DateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wave"),
    )
    op.create_index("ix_wave_district", "wave", ["district"])
