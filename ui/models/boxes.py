"""The black boxes of one photo while they are drawn: one is held, the others stand; all may be undone."""

from desktop.covering import Box

LEAST = 0.01  # share of a side: a smaller box would be a slip of the mouse
FIRST = Box(0.4, 0.4, 0.2, 0.2)  # what a key begins with


class Boxes:
    """`standing` and `held` are what is burned in. Each step but those of one move is undone alone."""

    def __init__(self) -> None:
        self.standing: tuple[Box, ...] = ()
        self.held: Box | None = None
        self._past: list[tuple[tuple[Box, ...], Box | None]] = []
        self._moving = False  # the held box was moved or grown just before

    def every(self) -> tuple[Box, ...]:
        """All boxes, the held one last."""
        return self.standing if self.held is None else (*self.standing, self.held)

    def begin(self) -> None:
        """A box in the middle, to be moved by keys; the one before stands."""
        self._note()
        self._set()
        self.held = FIRST

    def draw(self, left: float, top: float, right: float, bottom: float) -> bool:
        """A box between two corners, and it is held; False for a mere click."""
        left, right = sorted((_inside(left), _inside(right)))
        top, bottom = sorted((_inside(top), _inside(bottom)))
        if right - left < LEAST or bottom - top < LEAST:
            return False
        self._note()
        self._set()
        self.held = Box(left, top, right - left, bottom - top)
        return True

    def pick(self, across: float, down: float) -> bool:
        """Hold the topmost box at this place; whether there is one."""
        for box in reversed(self.every()):
            if box.left <= across <= box.left + box.wide and box.top <= down <= box.top + box.high:
                self._hold(box)
                return True
        return False

    def next(self, step: int = 1) -> None:
        """Hold another one, in the order in which they were drawn."""
        if self.standing:
            self._hold(self.standing[0 if step > 0 else -1])

    def move(self, across: float, down: float) -> None:
        """The held box, within the picture. Without one it begins."""
        if self.held is None:
            self.begin()
            return
        self._note_move()
        box = self.held
        left = min(max(0.0, box.left + across), 1.0 - box.wide)
        top = min(max(0.0, box.top + down), 1.0 - box.high)
        self.held = Box(left, top, box.wide, box.high)

    def grow(self, across: float, down: float) -> None:
        """Its right and lower edge, within the picture. Without one it begins."""
        if self.held is None:
            self.begin()
            return
        self._note_move()
        box = self.held
        wide = min(max(LEAST, box.wide + across), 1.0 - box.left)
        high = min(max(LEAST, box.high + down), 1.0 - box.top)
        self.held = Box(box.left, box.top, wide, high)

    def put(self) -> None:
        """The held box stands. Without one another begins."""
        if self.held is None:
            self.begin()
            return
        self._note()
        self._set()

    def take_away(self) -> None:
        """The held box, else the last that stands."""
        if not self.every():
            return
        self._note()
        if self.held is not None:
            self.held = None
        else:
            self.standing = self.standing[:-1]

    def undo(self) -> bool:
        """What was done last; whether there was anything."""
        if not self._past:
            return False
        self.standing, self.held = self._past.pop()
        self._moving = False
        return True

    def may_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._past)

    def _hold(self, box: Box) -> None:
        if box is self.held:
            return
        self._note()
        rest = tuple(one for one in self.standing if one is not box)
        self.standing = rest if self.held is None else (*rest, self.held)
        self.held = box

    def _set(self) -> None:
        self.standing, self.held = self.every(), None

    def _note(self) -> None:
        self._past.append((self.standing, self.held))
        self._moving = False

    def _note_move(self) -> None:
        if not self._moving:
            self._note()
        self._moving = True


def _inside(share: float) -> float:
    return min(max(0.0, share), 1.0)
