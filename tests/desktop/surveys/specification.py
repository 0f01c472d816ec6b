"""What the ODK XForms specification lists, section by section: names as they stand there.

Taken from getodk.github.io/xforms-spec (text of 2024-03-20); appearances and question types are
those of xlsform.org, to which the specification points.
"""

SECTIONS: dict[str, str] = {
    "Functions": """
        string concat join substr substring-before substring-after translate string-length
        normalize-space contains starts-with ends-with uuid digest pulldata if coalesce once true
        false boolean boolean-from-string not regex checklist weighted-checklist number random int
        sum max min round pow log log10 abs sin cos tan asin acos atan atan2 sqrt exp exp10 pi count
        count-non-empty position instance current randomize today now format-date format-date-time
        date decimal-date-time decimal-time selected selected-at count-selected jr:choice-name
        jr:itext indexed-repeat area distance base64-decode""",
    "Operators, predicates and axes": """
        | and or mod div = != <= < >= > + - [] parent child self""",
    "Types": """
        string int boolean decimal date time dateTime geopoint geotrace geoshape binary barcode
        intent""",
    "Attributes of a bind": """
        nodeset type readonly required relevant constraint calculate saveIncomplete jr:requiredMsg
        jr:constraintMsg jr:preload jr:preloadParams orx:max-pixels""",
    "Preloads": """
        uid timestamp:start timestamp:end property:deviceid property:email property:username
        property:phone""",
    "Elements of the body": """
        input select1 select upload trigger range odk:rank group repeat label hint output item
        itemset value""",
    "Attributes of the body": """
        ref nodeset class appearance jr:count jr:noAddRemove autoplay accuracyThreshold value rows
        mediatype accept start end step""",
    "Appearances": """
        multiline minimal quick autocomplete horizontal horizontal-compact horizontal-minimal compact
        quickcompact likert label list-nolabel list field-list table-list image-map no-calendar
        month-year year signature draw annotate new new-front new-rear numbers thousands-sep url
        masked counter bearing vertical picker no-ticks rating placement-map maps hide-input printer
        summary pages columns columns-pack columns-2 no-buttons theme-grid w1 ethiopian coptic
        islamic bikram-sambat myanmar persian ex:app search()""",
    "Events and actions": """
        odk-instance-first-load xforms-ready xforms-value-changed odk-new-repeat setvalue
        odk:setgeopoint""",
    "Instances": """
        id orx:version odk:prefix odk:delimiter odk:tag jr:template defaults internal external
        jr://file jr://file-csv jr://instance/last-saved""",
    "Metadata": """
        instanceID instanceName timeStart timeEnd userID deviceID deprecatedID email phoneNumber
        audit odk:location-priority odk:location-min-interval odk:location-max-age
        odk:track-changes""",
    "Languages and media": """
        itext translation default short guidance image audio video big-image jr://images jr://audio
        jr://video""",
    "Around the form": """
        encryption submission entities background-audio compact-record""",
}
