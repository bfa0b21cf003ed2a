"""Where challenges meet the disk and the judge: tasks, files to write in, verdicts.

Nothing of the judge or of a challenge is imported before it is asked for: most sittings need neither.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from quizkit.coding import Judged, Task
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import replace

if TYPE_CHECKING:
    from quizkit.bank.filters import Filters
    from quizkit.judge.process import Ended, Keeper, Loaded, Unusable
    from quizkit.judge.settings import Settings

Progress = Callable[[int, int], None]


class Workshop:
    """Gives challenges as tasks, keeps the files they are written in, and has them judged."""

    def __init__(self, home: Path, judging: Settings | None = None, keeper: Keeper | None = None) -> None:
        """Work in the folder `home`; `judging` says how to judge, `keeper` is one that boots already."""
        self._home = home
        self._judging = judging
        self._tasks: dict[str, Task] = {}
        self._keeper = keeper
        self._busy = Lock()

    # -- tasks --------------------------------------------------------------------------------------------------------

    def task(self, name: str) -> Task:
        """Return a challenge as a person meets it.

        Raises:
            UsageProblem: there is no such challenge.
        """
        if name not in self._tasks:
            self._tasks[name] = self._task(name)
        return self._tasks[name]

    def _task(self, name: str) -> Task:
        from quizkit.bank.model import FollowUp
        from quizkit.challenges.library import find
        from quizkit.starter import solution

        challenge = find(name)
        return Task(
            name=challenge.name,
            title=challenge.title,
            prompt=challenge.prompt,
            topic=challenge.topic,
            difficulty=challenge.difficulty,
            minutes=challenge.minutes,
            hints=tuple(challenge.hints),
            follow_ups=tuple(FollowUp(follow_up.question, follow_up.answer) for follow_up in challenge.follow_ups),
            solution=solution(challenge),
        )

    def passes(self, name: str, filters: Filters) -> bool:
        """Whether there is a challenge of this name, and the filters let it pass; it has no tags and no companies.

        A challenge of a pack that is gone, or that cannot be loaded now, is not there; its history waits.
        """
        if filters.tags or filters.company or filters.markable:
            return False
        try:
            task = self.task(name)
        except UsageProblem:
            return False
        text = f"{task.name} {task.title} {task.prompt}".casefold()
        return (
            (not filters.topics or task.topic in filters.topics)
            and filters.difficulty in ("", task.difficulty)
            and all(word in text for word in filters.search.casefold().split())
        )

    # -- files --------------------------------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """Return the file in which a sitting has a challenge written."""
        return self._home / "code" / f"{name}.py"

    def fresh(self, name: str) -> Path | None:
        """Put a starter where `path` says. An older attempt there is kept beside it: returns where, None without one.

        Raises:
            MachineProblem: the folder cannot be written.
        """
        path, text = self.path(name), starter_text(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = _put_aside(path, text)
            path.write_text(text, "utf-8")
        except OSError as error:
            raise MachineProblem(f"{path} cannot be written ({error.strerror}). Nothing was lost.") from None
        return kept

    # -- the judge ----------------------------------------------------------------------------------------------------

    def judge_ahead(self, name: str, path: Path, *, once: bool = False) -> None:
        """Begin what `judge`, or without a name `functions_in`, will be asked for; `once`: and nothing else."""
        self.get_ready()

    def get_ready(self) -> None:
        """Begin to boot the processes that candidates run in, so that a file saved later is judged at once."""
        from quizkit.judge.process import FOR_ONE_JUDGEMENT

        self._running().prepare(FOR_ONE_JUDGEMENT)

    def _running(self) -> Keeper:
        from quizkit.judge.process import Keeper, NotStartedError

        if self._keeper is None:
            try:
                self._keeper = Keeper.start()
            except NotStartedError as error:
                raise MachineProblem(f"The process for candidates did not start: {error}") from None
        return self._keeper

    def judge(self, name: str, path: str, progress: Progress | None = None) -> Judged:
        """Judge the function `name` of a file. Touches no store, so that it may run in a thread of its own.

        Raises:
            UsageProblem: no such file, challenge or property.
            MachineProblem: the file cannot be read, or the judge's process does not start.
        """
        from hashlib import blake2b

        from quizkit.judge.engine import judge, read_source
        from quizkit.judge.settings import Settings

        settings = replace(self._judging or Settings(), cache=self._home / "draws")
        keeper = self._running()
        digest = blake2b(read_source(Path(path)), digest_size=8).hexdigest()
        with self._busy:
            verdict = judge(name, Path(path), settings, progress, keeper)
        return Judged(verdict, path, digest, partial=bool(settings.only))

    def functions_in(self, path: Path) -> Loaded | Unusable | Ended:
        """Return which functions a file defines."""
        from quizkit.judge.engine import functions_in
        from quizkit.judge.settings import Settings

        return functions_in(path, self._running(), (self._judging or Settings()).timeout_s)

    def __enter__(self) -> Self:
        """Return the workshop itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End the process that candidates run in.

        A judgement that another thread still waits for is not waited for where the process ends with this one anyway.
        """
        if self._keeper is None:
            return
        from quizkit.judge.spawn import FORKS

        if self._busy.acquire(blocking=not FORKS):
            self._keeper.close()
            self._keeper = None
            self._busy.release()


def starter_text(name: str) -> str:
    """Return the starter of a challenge."""
    from quizkit.challenges.library import find
    from quizkit.starter import starter

    return starter(find(name))


def write_starter(name: str, path: Path) -> None:
    """Write the starter of a challenge to a new file.

    Raises:
        UsageProblem: the file exists, or its folder does not.
        MachineProblem: it cannot be written.
    """
    text = starter_text(name)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        hint = f"quizkit challenge {name} --start OTHER.py"
        raise UsageProblem(f"{path} exists already and was left as it is. Try another name: {hint}") from None
    except FileNotFoundError:
        raise UsageProblem(f"{path.parent} does not exist. Make the folder first, or name another file.") from None
    except OSError as error:
        raise MachineProblem(f"{path} cannot be written: {error.strerror}.") from None


def _put_aside(path: Path, starter: str) -> Path | None:
    """Rename what stands at `path`, unless that is nothing but the starter."""
    if not path.exists() or path.read_bytes() == starter.encode():
        return None
    beside = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(1))
    kept = next(other for other in beside if not other.exists())
    path.rename(kept)
    return kept
