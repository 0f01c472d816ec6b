"""What an expression is evaluated against."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from desktop.surveys.xpath.effort import Effort
from desktop.surveys.xpath.nodes import Node


class World(Protocol):
    """What lies around the node: the other instances, the clock, the form's texts."""

    @property
    def instances(self) -> Mapping[str, Node]:
        """Secondary instances: id → the document above their root element."""

    @property
    def now(self) -> datetime:
        """The moment, with its offset; its zone is that of moments written without one."""

    @property
    def language(self) -> str:
        """kk, ru or en: for names of months and days."""

    def choice_name(self, value: str, path: str, node: Node) -> str:
        """The label of the choice `value` of the question at `path`, as seen from `node`."""

    def words(self, key: str) -> str:
        """The text of the form that is kept under this key."""


@dataclass(frozen=True, slots=True)
class Context:
    """The node that `.` means, its place among those looked at, and the one current() means.

    `effort` is what evaluating may still cost.
    """

    node: Node
    world: World
    current: Node
    position: int = 1
    size: int = 1
    effort: Effort = field(default_factory=Effort)

    @classmethod
    def at(cls, node: Node, world: World, effort: Effort | None = None) -> "Context":
        """The context of an expression that belongs to this node."""
        return cls(node, world, node, effort=effort or Effort())

    def on(self, node: Node, position: int, size: int) -> "Context":
        """The same for one node of a set, as a predicate sees it."""
        return replace(self, node=node, position=position, size=size)
