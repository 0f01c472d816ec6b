"""Words that authors of forms write, and what the standard of forms calls it.

In Kazakh and Russian, or as other programs name it. What is said of them names the word to write.
"""

COLUMNS = {
    **dict.fromkeys(("тип", "түрі", "түр", "типі", "сұрақ түрі", "тип вопроса"), "type"),
    **dict.fromkeys(("имя", "аты", "ат", "атауы", "название", "код", "variable", "id"), "name"),
    **dict.fromkeys(
        ("вопрос", "сұрақ", "текст", "мәтін", "подпись", "метка", "надпись", "question", "text"),
        "label",
    ),
    **dict.fromkeys(("подсказка", "кеңес", "түсініктеме", "түсіндірме", "пояснение"), "hint"),
    **dict.fromkeys(
        ("условие", "шарт", "condition", "skip", "skip logic", "skip_logic", "show if"), "relevant"
    ),
    **dict.fromkeys(("обязательный", "обязательно", "міндетті", "mandatory"), "required"),
    **dict.fromkeys(("ограничение", "шектеу", "проверка", "тексеру", "validation"), "constraint"),
    **dict.fromkeys(("расчет", "расчёт", "вычисление", "есептеу", "formula"), "calculation"),
    **dict.fromkeys(("по умолчанию", "әдепкі"), "default"),
    **dict.fromkeys(("список", "тізім", "list", "listname"), "list_name"),
    **dict.fromkeys(("фильтр", "сүзгі", "filter"), "choice_filter"),
}
TYPES = {
    **dict.fromkeys(("текст", "мәтін", "строка", "txt", "string", "long text"), "text"),
    **dict.fromkeys(("число", "сан", "целое", "бүтін сан", "number", "numeric"), "integer"),
    **dict.fromkeys(("дробное", "бөлшек", "float", "real", "double", "currency"), "decimal"),
    **dict.fromkeys(("дата", "күні", "күн"), "date"),
    **dict.fromkeys(("время", "уақыт"), "time"),
    **dict.fromkeys(("фото", "сурет", "picture", "signature"), "image"),
    **dict.fromkeys(("место", "орын", "координаты", "gps point", "location"), "geopoint"),
    **dict.fromkeys(("примечание", "заметка", "ескерту", "comment", "label"), "note"),
    **dict.fromkeys(("один выбор", "бір таңдау", "radio", "single", "dropdown"), "select_one …"),
    **dict.fromkeys(
        ("несколько выборов", "көп таңдау", "checkbox", "multiple"), "select_multiple …"
    ),
    **dict.fromkeys(("select_one", "select one", "choice", "likert", "yes_no"), "select_one …"),
    **dict.fromkeys(("cascading_select", "cascading select"), "select_one …"),
    **dict.fromkeys(("select_multiple", "select multiple"), "select_multiple …"),
    **dict.fromkeys(("select_one_from_file",), "select_one_from_file ….csv"),
    **dict.fromkeys(("rank",), "rank …"),
    **dict.fromkeys(("multiline", "phone", "barcode scan"), "text"),
    **dict.fromkeys(("calc", "formula", "calculate_here"), "calculate"),
    **dict.fromkeys(("section", "бөлім", "раздел", "группа", "топ"), "begin_group"),
}
DIALECT_TYPES = {
    "KoboToolbox": (
        *("begin_score", "end_score", "score__row", "begin_rank", "end_rank", "rank__level"),
        *("begin_kobomatrix", "end_kobomatrix", "matrix"),
    ),
    "SurveyCTO": (
        *("text audit", "audio audit", "speed violations count", "speed violations list"),
        *("speed violations audit", "caseid", "comments", "enumerator", "calculate_here"),
        *("sensor_statistic", "sensor_stream", "begin_group_with_barcode"),
    ),
}
INSTEAD_OF = {  # of what other programs alone have
    "begin_score": "begin_group",
    "end_score": "end_group",
    "score__row": "select_one …",
    "begin_rank": "rank …",
    "begin_kobomatrix": "begin_group",
    "end_kobomatrix": "end_group",
    "calculate_here": "calculate",
}
BARE = {  # words in expressions that are no questions
    "self": ".",
    "true": "true()",
    "false": "false()",
    "yes": "true()",
    "no": "false()",
    "да": "true()",
    "нет": "false()",
    "иә": "true()",
    "жоқ": "false()",
    "today": "today()",
    "now": "now()",
    "null": "''",
}
DIALECT_WORDS = {"self": "Survey Solutions", "TRUE": "Excel", "FALSE": "Excel"}
