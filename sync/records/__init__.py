"""Every kind of record, by name. Adding a kind adds its file and its name here."""

from sync.records.base import Record
from sync.records.calendar_day import CalendarDay
from sync.records.census import Census
from sync.records.competent_body import CompetentBody
from sync.records.filled_form import FilledForm
from sync.records.group import Member, Outing, WeekPlan
from sync.records.handed_out import SharedPhrase, SharedView
from sync.records.inspection import Defect, Inspection
from sync.records.integrity import Finding, Measure, WorkPlan
from sync.records.issue import Issue, Step
from sync.records.meeting import Decision, Meeting, Question
from sync.records.notes import Attachment, Comment
from sync.records.organisation import Organisation
from sync.records.project import Payment, Project
from sync.records.publication import Claim, Publication
from sync.records.reception import Reception
from sync.records.relocation import RelocationCase, RelocationQuota, RelocationStage
from sync.records.survey import Form, Official, Wave
from sync.records.visit import Visit

KINDS: dict[str, type[Record]] = {
    record.kind: record
    for record in (
        *(Meeting, Question, Decision),
        *(Issue, Step),
        *(Visit, FilledForm),
        *(Reception,),
        *(Project, Payment, Inspection, Defect),
        *(RelocationCase, RelocationStage, RelocationQuota),
        *(Finding, WorkPlan, Measure),
        *(Publication, Claim),
        *(Member, WeekPlan, Outing),
        *(Form, Official, Census, Wave),
        *(Organisation, CompetentBody, CalendarDay),
        *(SharedPhrase, SharedView),
        *(Comment, Attachment),
    )
}
