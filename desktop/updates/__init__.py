"""A newer program, taken only as the region signed it, and the way back to the one before.

trust.py       the region's root of trust, and what a repository (TUF) says under it
sources.py     where a repository is read: at an address, or in a folder on a stick
fetching.py    one signed file comes, on from where it was cut
deltas.py      what changed, put together with the version that is here
versions.py    programs beside each other on this laptop, and which of them is current
installing.py  a version is fetched, tried, and becomes the current one; or the one before does
launching.py   which program a start of Dala becomes
asking.py      what a person asks of all these
telling.py     the words about what there is, and how it came

Without an address the laptop asks nobody. The decisions: 0051, 0079.
"""

from sync.errors import UserError


class UpdateFailed(UserError):
    """There is no newer program for now. The one that runs goes on, and no work was touched."""


class Unfit(UpdateFailed):
    """What is there is not what was signed, or of no use here: asked again, it is the same."""
