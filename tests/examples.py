"""Lifelike records of the seven tasks in Созақ, with their parts: for pictures and for tests."""

from typing import Any
from uuid import UUID

from desktop.actions import records
from desktop.session import Desk

Part = tuple[str, dict[str, Any]]  # kind, values
SHOLAQQORGHAN, SOZAQ_VILLAGE = "615630100", "615647100"

PROJECT: tuple[dict[str, Any], list[Part]] = (
    {
        "title": "Шолаққорған ауылының Абай көшесін орташа жөндеу, 2,4 км",
        "village": SHOLAQQORGHAN,
        "sphere": "roads",
        "work": "medium_repair",
        "client": "Созақ ауданының құрылыс, сәулет және қала құрылысы бөлімі",
        "contractor": "«Созақ жол» ЖШС",
        "contractor_bin": "180340021791",
        "contract_number": "47-ҚЖ",
        "contract_on": "2026-03-12",
        "supervisor": "«Оңтүстік техқадағалау» ЖШС",
        "starts_on": "2026-04-01",
        "ends_on": "2026-10-30",
        "money_source": "republican",
        "contract_sum": 148_600_000,
        "allotted": 148_600_000,
        "state": "under_way",
        "physical": 60,
        "jobs": 24,
    },
    [
        ("payment", {"paid_on": "2026-05-20", "sum": 44_580_000, "act": "№ 1"}),
        ("payment", {"paid_on": "2026-09-03", "sum": 52_010_000, "act": "№ 2"}),
    ],
)
INSPECTION: tuple[dict[str, Any], list[Part]] = (
    {
        "inspected_on": "2026-09-18",
        "village": SHOLAQQORGHAN,
        "people": "Айгүл Бейсенова, топ мүшесі\nМарат Ыдырысов, ауыл әкімінің орынбасары",
        "physical": 60,
        "quality": "minor",
        "found": "Асфальт 1,4 км төселген. Мектеп жанында су жинайтын арық жабылмаған.",
    },
    [
        (
            "defect",
            {
                "text": "Мектеп алдындағы арықтың қақпағы жоқ",
                "severity": "dangerous",
                "due_on": "2026-10-02",
                "state": "open",
            },
        ),
        (
            "defect",
            {
                "text": "Жол жиегі тегістелмеген, 300 м",
                "severity": "minor",
                "due_on": "2026-10-15",
                "state": "mended",
                "mended_on": "2026-10-11",
            },
        ),
    ],
)
EXAMPLES: dict[str, list[tuple[dict[str, Any], list[Part]]]] = {
    "reception": [
        (
            {
                "received_on": "2026-11-24",
                "received_at": "10:40:00",
                "form": "personal",
                "received_by": "Серік Әбдіраманов",
                "village": SHOLAQQORGHAN,
                "essence": "Дүкен ашқысы келеді, жер телімін беру бес айдан бері созылып жатыр.",
                "category": "business",
                "appeal": "complaint",
                "papers": "Өтініштің көшірмесі, жоспар-сызба",
                "visitor_type": "entrepreneur",
                "bin": "180340021791",
                "sphere": "Бөлшек сауда",
                "regulator": "Аудандық жер қатынастары бөлімі",
                "damage": 1_200_000,
                "applicant": "Нұрлан Қасымов",
                "phone": "+77011234567",
                "social": "employed",
                "consent_way": "signed",
                "consent_on": "2026-11-24",
                "consent_text": "reception_1",
                "consent_language": "kk",
                "advice": "Жер кодексінің 44-1-бабы бойынша мерзім түсіндірілді, өтініш жазуға көмектестік.",
                "lawyer": "Гүлнәр Тұрсынбекова",
                "asked_of": "Жер қатынастары бөлімі",
                "due_on": "2026-12-15",
                "state": "open",
            },
            [],
        ),
        (
            {
                "received_on": "2026-11-23",
                "form": "outreach",
                "village": SOZAQ_VILLAGE,
                "essence": "Мүгедектігі бар балаға арба алып беруді сұрайды.",
                "category": "personal_disability",
                "visitor_type": "individual",
                "state": "closed",
                "outcome": "satisfied",
            },
            [],
        ),
    ],
    "project": [
        PROJECT,
        (
            {
                "title": "Созақ ауылындағы 120 орындық мектепті күрделі жөндеу",
                "village": SOZAQ_VILLAGE,
                "sphere": "education",
                "work": "overhaul",
                "starts_on": "2026-05-04",
                "ends_on": "2026-08-25",
                "state": "accepted",
                "physical": 100,
            },
            [],
        ),
    ],
    "relocation_case": [
        (
            {
                "household": "Алты адам, екеуі оқушы",
                "village": SOZAQ_VILLAGE,
                "opened_on": "2026-02-10",
                "people": 6,
                "workers": 3,
                "region": "north_kazakhstan",
                "place": "Тайынша ауданы, Чкалов ауылы",
                "job": "Механизатор, «Тайынша-Астық»",
                "dwelling": "Қызметтік үй, үш бөлме",
                "state": "after_3",
                "moved_on": "2026-06-15",
                "subsidy": 1_816_500,
            },
            [
                (
                    "relocation_stage",
                    {
                        "state": "applied",
                        "reached_on": "2026-03-02",
                        "text": "Құжаттар тапсырылды",
                    },
                ),
                ("relocation_stage", {"state": "moved", "reached_on": "2026-06-15"}),
                (
                    "relocation_stage",
                    {
                        "state": "after_3",
                        "reached_on": "2026-09-16",
                        "text": "Балалар мектепке барды, жұмыс тұрақты",
                    },
                ),
            ],
        )
    ],
    "finding": [
        (
            {
                "text": "Жер телімін беру кезегі ашық жүргізілмейді, өтініштер журналға тіркелмейді.",
                "sphere": "land",
                "source": "analysis",
                "found_on": "2026-10-06",
                "village": SHOLAQQORGHAN,
                "cause": "Кезек қағаз жүзінде, жауапты адам жиі ауысады.",
                "proposal": "Кезекті сайтқа шығару, айына бір рет салыстыру.",
                "partner": "«Адал көмек» қоғамдық бірлестігі",
            },
            [],
        )
    ],
    "work_plan": [
        (
            {
                "title": "Жер қатынастарындағы тәуекелді азайту жоспары, 2026 жылғы IV тоқсан",
                "starts_on": "2026-10-12",
                "ends_on": "2026-12-31",
                "partners": "«Адал көмек» қоғамдық бірлестігі\nАудандық қоғамдық кеңес",
            },
            [
                (
                    "measure",
                    {
                        "text": "Кезекті әкімдік сайтына шығару",
                        "responsible": "Жер қатынастары бөлімі",
                        "partner": "«Адал көмек»",
                        "due_on": "2026-11-15",
                        "state": "done",
                        "done_on": "2026-11-13",
                        "result": "Тізім сайтта тұр, әр дүйсенбіде жаңарады.",
                    },
                )
            ],
        )
    ],
    "publication": [
        (
            {
                "title": "Абай көшесі неге уақытында бітпейді?",
                "outlet": "«Созақ үні» газеті",
                "outlet_type": "newspaper",
                "day": "2026-11-12",
                "state": "published",
                "address": "3-бет",
                "language": "kk",
                "script": "cyrillic",
                "own": False,
                "category": "roads",
                "tone": "critical",
                "village": SHOLAQQORGHAN,
            },
            [
                (
                    "claim",
                    {
                        "text": "Жөндеуге бөлінген ақшаның жартысы жұмсалмаған",
                        "verdict": "partly",
                        "evidence": "3 қыркүйекке дейін 148,6 млн теңгенің 96,6 млн теңгесі төленген.",
                        "asked_on": "2026-11-14",
                    },
                )
            ],
        )
    ],
    "member": [
        (
            {
                "name": "Айгүл Бейсенова",
                "role": "leader",
                "since": "2026-01-10",
                "state": "active",
                "okrugs": ["615630000", "615647000"],
            },
            [],
        ),
        (
            {"name": "Марат Ыдырысов", "role": "member", "since": "2026-01-10", "state": "active"},
            [],
        ),
    ],
    "week_plan": [
        (
            {"week_on": "2026-11-23", "aim": "Жөнделген жолдарды қарап шығу"},
            [
                (
                    "outing",
                    {
                        "day": "2026-11-24",
                        "village": SHOLAQQORGHAN,
                        "who": "Айгүл Бейсенова",
                        "topic": "follow_up",
                    },
                ),
                (
                    "outing",
                    {
                        "day": "2026-11-26",
                        "village": SOZAQ_VILLAGE,
                        "who": "Марат Ыдырысов",
                        "topic": "reception",
                    },
                ),
            ],
        )
    ],
}


def keep(desk: Desk, kind: str, values: dict[str, Any], parts: list[Part]) -> UUID:
    """One record with its parts, on this laptop → its id."""
    id = records.save(desk, kind, values)[0].record
    for part, said in parts:
        records.save(desk, part, said, parent=id)
    return id


def keep_all(desk: Desk) -> dict[str, list[UUID]]:
    """All of them → their ids by kind, in their order."""
    kept = {
        kind: [keep(desk, kind, *one) for one in examples] for kind, examples in EXAMPLES.items()
    }
    values, parts = INSPECTION
    kept["inspection"] = [
        keep(desk, "inspection", values | {"project": str(kept["project"][0])}, parts)
    ]
    return kept
