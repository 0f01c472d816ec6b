"""Whether a backup is what it was: read to its end, as a restore would."""

from datetime import datetime
from pathlib import Path

from sync.server import dumps
from sync.server.backup_files import sum_of, write_whole
from sync.server.backups import CHECKED, About, Backup, damaged, file_path


def require_readable(backup: Backup, programs: Path | None) -> About:
    """What it says of itself, where its database and its list of files are whole. Or UserError."""
    about = backup.about
    try:
        if about is None or sum_of(backup.database) != about.sha256:
            raise damaged(backup.folder)
    except OSError as error:
        raise damaged(backup.folder) from error
    if not dumps.check(backup.database, about.sort, programs):
        raise damaged(backup.folder)
    backup.sums()
    return about


def check(backup: Backup, programs: Path | None, now: datetime) -> dict[str, object]:
    """Read it wholly, files too, and write down that it was whole. Raises UserError where it is not."""
    about = require_readable(backup, programs)
    for sha256 in backup.sums():
        path = file_path(backup.folder.parent, sha256)
        if not path.is_file() or sum_of(path) != sha256:
            path.unlink(
                missing_ok=True
            )  # by its size it looks whole: so the next backup brings it
            raise damaged(backup.folder)
    told = now.isoformat(timespec="seconds")
    write_whole(backup.folder / CHECKED, told.encode("ascii"))
    return {"backup": backup.name, "files": about.files, "checked": told}
