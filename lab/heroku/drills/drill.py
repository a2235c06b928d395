"""What a drill is: a copy with one thing broken, what is done to it, and what to find out."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from lab.heroku.drills.acts import Act


@dataclass(frozen=True)
class Question:
    """One right answer, and wrong ones, each with the reason why it is not that."""

    right: str
    wrong: Mapping[str, str]

    def choices(self, seed: str) -> list[str]:
        """Return all answers in an order that does not tell which is right: the same each time."""
        found = [self.right, *self.wrong]
        random.Random(seed).shuffle(found)
        return found


@dataclass(frozen=True)
class Drill:
    """One drill. `mend` is one cure among others, as a change of the files; None removes one."""

    code: str
    title: str
    story: str
    files: Mapping[str, str]
    cause: Question
    cure: Question
    lesson: str
    mend: Mapping[str, str | None]
    acts: tuple[Act, ...] = ()
    _: KW_ONLY
    name: str = ""  # where it is not the code
    says: str = ""  # the build, where it refuses the push: {names} stand for anything
    not_committed: Mapping[str, str] = field(default_factory=dict)
    waits: bool = True  # for the dynos, before the acts
    until: str = ""  # a later line of the log that belongs to what is seen
    speed: float = 10
    megabytes: int | None = None  # the dyno's memory, where it is not the platform's
    slug_limit_megabytes: int | None = None  # the same for the largest slug

    @property
    def called(self) -> str:
        """The name by which the command knows it."""
        return self.name or self.code

    @property
    def is_of_the_build(self) -> bool:
        """Whether the push is to be refused."""
        return bool(self.says)

    @property
    def headline(self) -> str:
        """A line about it: of a build its own, with … for what is another one each time."""
        says = re.sub(r"\{\w+\}", "…", self.says)
        return f"{says} …" if says.endswith(",") else says or self.title

    @property
    def mended(self) -> dict[str, str]:
        """The files after the cure."""
        changed = {**self.files, **self.mend}
        return {path: text for path, text in changed.items() if text is not None}

    @property
    def sign(self) -> re.Pattern[str]:
        """What is to be seen: in the log, or for a build on the pusher's terminal."""
        if self.is_of_the_build:
            return re.compile(re.sub(r"\\{\w+\\}", ".*", re.escape(self.says)))
        word = "Error " if self.code.startswith("R") else "code="
        return re.compile(f"{word}{self.code}\\b")
