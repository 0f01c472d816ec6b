"""The forms that come with the program: the workbook to start from, and its XForm to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import resources
from sync.language import LANGUAGES, named


@dataclass(frozen=True)
class BundledForm:
    """One form of resources/forms: `purpose` and `use` are keys of the vocabularies form_purpose
    and form_use."""

    key: str
    purpose: str
    use: str
    names: Mapping[str, str] = field(hash=False)

    def words(self, language: str | None = None) -> str:
        """What it is called."""
        return named(self.names, language)

    def xform(self) -> str:
        """Its XForm, made beforehand so that a laptop needs no form compiler for it."""
        return resources.text("forms", f"{self.key}.xml")

    def workbook(self) -> bytes:
        """The XLSForm (.xlsx) that its XForm was made of, to be changed in a spreadsheet."""
        return resources.data("forms", f"{self.key}.xlsx")


def bundled_forms() -> list[BundledForm]:
    """All of them, in the order in which they are offered."""
    return [
        BundledForm(
            row["key"], row["purpose"], row["use"], {code: row[code] for code in LANGUAGES}
        )
        for row in resources.table("forms", "forms.csv")
    ]


def rating_xform() -> str:
    """The XForm of the rating of officials."""
    return resources.text("forms", "rating.xml")
