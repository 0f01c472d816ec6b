"""Language and look: of the window while nobody has come in, then of the person who has."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sync.language import spoken
from ui import theme
from ui.translation import use_language
from ui.type_size import AS_SYSTEM, next_step, per_cent, within

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.settings import Value

SEEN = ("language", "scheme", "size")  # settings that a window has before it has a person


class OwnSettings:
    """`values` are those of desktop.settings; `profile` says whose they are, or None. `speaks`: the
    language that was asked for at the start, which nobody's settings change."""

    def __init__(
        self, values: dict[str, Any], profile: Callable[[], "Profile | None"], speaks: str
    ) -> None:
        self.values, self._profile, self._speaks = values, profile, speaks

    def minutes(self, name: str) -> int:
        """A setting that is a time."""
        return int(self.values[name])

    def change_language(self, code: str) -> None:
        """Speak another language from now on, also next time."""
        use_language(code)
        self._keep("language", code)

    def change_scheme(self, choice: str) -> None:
        """Light, dark, or as the system has it, also next time."""
        theme.choose(choice)
        self._keep("scheme", choice)

    def change_size(self, choice: str) -> None:
        """Words from 100 to 200 %, or as the system has it, also next time."""
        theme.enlarge(per_cent(choice) / 100)
        self._keep("size", choice)

    def step_size(self, way: int) -> None:
        """The next larger (1) or smaller (-1) size; 0: as the system has it."""
        now = within(theme.scale() * 100)
        self.change_size(str(next_step(now, way)) if way else AS_SYSTEM)

    def follow_size(self) -> None:
        """The system has another size now: so have words that go by it."""
        theme.enlarge(per_cent(str(self.values["size"])) / 100)

    def change_lock(self, minutes: int) -> None:
        """After how many minutes without work it is locked, from now on."""
        self._keep("lock_after", minutes)

    def change_digest(self, wanted: bool) -> None:
        """Whether a notice is given in the morning, from now on."""
        self._keep("digest", wanted)

    def follow(self, values: dict[str, Any], *, new: bool) -> None:
        """Those of the person who came in; somebody `new` goes on with what the window has."""
        seen = {name: self.values[name] for name in SEEN}
        self.values = values
        if new:
            for name, value in seen.items():
                if values[name] != value:
                    self._keep(name, value)
        language, scheme = str(self.values["language"]), str(self.values["scheme"])
        if not self._speaks and language != spoken():
            use_language(language)
        if scheme != theme.chosen():
            theme.choose(scheme)
        self.follow_size()

    def _keep(self, name: str, value: "Value") -> None:
        profile = self._profile()
        if profile is None:  # nobody has come in yet
            self.values = {**self.values, name: value}
            return
        from desktop.settings import save_setting

        self.values = dict(save_setting(profile.settings, name, value))
