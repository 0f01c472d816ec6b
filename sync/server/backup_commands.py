"""Backups of the server, for whoever runs it. Each function is one command."""

from pathlib import Path

from sync.errors import UserError
from sync.language import mark
from sync.server.admin import Result
from sync.server.backing_up import back_up
from sync.server.backup_check import check
from sync.server.backups import Backup, list_backups, read_backup
from sync.server.restoring import NO_BACKUP, restore
from sync.server.service import Service
from sync.server.settings import Settings

NO_FOLDER = mark("Say in which folder backups are: “{option} FOLDER”, or set DALA_BACKUPS.")


def make(service: Service, settings: Settings, to: Path | None) -> Result:
    """One backup, now; those past their term go."""
    return back_up(service, _folder(settings, to, "--to")).told()


def listed(service: Service, settings: Settings, of: Path | None, checked: str) -> Result:
    """Those there are, the newest first; or one, read wholly."""
    folder = _folder(settings, of, "--of")
    if not checked:
        return [_shown(one) for one in list_backups(folder)]
    backup = read_backup(folder / checked)
    if backup is None or not backup.folder.is_dir():
        raise UserError(NO_BACKUP, folder=folder / checked)
    return check(backup, service.programs, service.now())


def put_back(settings: Settings, source: Path, *, give_up: bool) -> Result:
    """A backup takes the place of what there is."""
    return restore(settings, source, give_up=give_up).told()


def _folder(settings: Settings, said: Path | None, option: str) -> Path:
    folder = said or settings.backups
    if folder is None:
        raise UserError(NO_FOLDER, option=option)
    return folder


def _shown(backup: Backup) -> dict[str, object]:
    about = backup.about
    if about is None:
        return {"backup": backup.name, "made": backup.made.isoformat(), "damaged": True}
    return {
        "backup": backup.name,
        "made": backup.made.isoformat(),
        "bytes": about.size + about.files_size,
        "files": about.files,
        "lost_files": about.lost,
        "files_in_bucket": about.bucket,
        "checked": backup.checked,
    }
