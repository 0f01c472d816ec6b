"""What was damaged and came back: noted in the file, until its owner was told."""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session, sessionmaker

from sync.client.facts import recall, remember
from sync.language import tr, trn

MENDED = "mended"  # the fact: a Mended


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """One repair that the program made by itself, or that a person began.

    `copy`: the moment of the copy that took the place of the file, or only of its keys; None where
    the file itself is the old one and had lost what was written last.
    """

    copy: datetime | None = None
    keys: bool = False  # only keys.json came from the copy
    edits: int = 0  # that came back from the journal
    later: int = 0  # of these, how many show only after the next sync: their records are not here
    whole: bool = True  # the journal told all that there was
    said: bool = False  # the owner was told

    def words(self, language: str | None = None) -> str:
        """What happened, what came back, and what is not certain."""
        said = [self._what(language)]
        if self.copy is not None and not self.keys:
            said.append(
                tr(
                    "Survey interviews and sealed reports are not in the journal: those finished "
                    "since the copy and not sent are lost.",
                    language,
                )
            )
        if self.later:
            said.append(
                trn(
                    "{n} of these edits is of a record that comes with the next sync.",
                    "{n} of these edits are of records that come with the next sync.",
                    self.later,
                    language,
                )
            )
        if not self.whole:
            said.append(
                tr(
                    "The journal does not have all of it: what was recorded last and not sent may "
                    "be missing. Look for it, and record it again if need be.",
                    language,
                )
            )
        return " ".join(said)

    def _what(self, language: str | None) -> str:
        if self.copy is None:
            return trn(
                "{n} edit that was saved last had been lost from the file with your work. It is "
                "back from the journal.",
                "{n} edits that were saved last had been lost from the file with your work. They "
                "are back from the journal.",
                self.edits,
                language,
            )
        moment = self.copy.astimezone().strftime("%d.%m.%Y %H:%M")
        if self.keys:
            return tr(
                "The key file was damaged. The one of {moment} is back from a copy, with the "
                "password and the recovery sheet of that time. Your work is all there.",
                language,
                moment=moment,
            )
        return trn(
            "The file with your work was damaged and is put aside. The copy of {moment} is in its "
            "place, and {n} edit recorded since is back from the journal.",
            "The file with your work was damaged and is put aside. The copy of {moment} is in its "
            "place, and {n} edits recorded since are back from the journal.",
            self.edits,
            language,
            moment=moment,
        )


def mended(session: Session) -> Mended | None:
    """What was mended last, until the person has let it be synced."""
    found: Mended | None = recall(session, MENDED, Mended | None)
    return found


def take_unsaid(store: sessionmaker[Session]) -> Mended | None:
    """What the owner was not told of yet; it is held to be told now."""
    with store() as session:
        found = mended(session)
    if found is None or found.said:
        return None
    with store.begin() as session:
        remember(session, MENDED, msgspec.structs.replace(found, said=True))
    return found
