"""A workshop in a process of its own: it imports the judge, and judges, while this one reads its arguments and opens.

That process is a copy of this one, made before anything heavy was imported (`ahead`). It is asked through a pipe and
answers in order. Both ends are quizkit's own, so that records travel as pickles; candidates run in processes of that
process, behind their jail.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO

from quizkit.errors import MachineProblem, QuizkitError
from quizkit.workshop import Progress, Workshop

if TYPE_CHECKING:
    from quizkit.coding import Judged, Task
    from quizkit.judge.process import Ended, Keeper, Loaded, Unusable
    from quizkit.judge.settings import Settings
    from quizkit.judge.spawn import Root

_PROGRESS, _VALUE, _ERROR = range(3)
# what is told

Fork = tuple[int, int | None, int, int]
"""A copy of this process: its id, that of the process for candidates, and the pipes for questions and for answers."""

Asked = tuple[str, tuple[Any, ...]]
"""A method of a workshop, and its arguments."""


class Process:
    """A copy of this process, which holds a workshop."""

    def __init__(self, fork: Fork) -> None:
        """Talk to a copy."""
        self._id, self._root, questions, answers = fork
        self._questions: BinaryIO = os.fdopen(questions, "wb")
        self._answers: BinaryIO = os.fdopen(answers, "rb")

    def send(self, message: Any) -> None:
        """Say where and how the workshop works, which comes first, or ask; what comes of it is for `receive`.

        Raises:
            MachineProblem: the process is gone.
        """
        try:
            pickle.dump(message, self._questions)
            self._questions.flush()
        except (OSError, ValueError):
            raise _gone() from None

    def receive(self, progress: Progress | None = None) -> Any:
        """Return the next answer.

        Raises:
            MachineProblem: the process is gone.
            Exception: what the method raised there.
        """
        while True:
            try:
                kind, value = pickle.load(self._answers)  # noqa: S301 - quizkit's own
            except (EOFError, OSError, pickle.UnpicklingError):
                raise _gone() from None
            if kind == _ERROR:
                raise value
            if kind == _VALUE:
                return value
            if progress is not None:
                progress(*value)

    def hang_up(self) -> None:
        """Let the process end when it has done what it was asked."""
        with suppress(OSError):
            self._questions.close()

    def end(self, *, at_work: bool) -> None:
        """Wait until the process and the candidates' processes are gone; what it is at is broken off.

        Killed, it cannot end those of candidates: the one they are forked from sees that it has gone, and does.
        """
        if at_work:
            os.kill(self._id, signal.SIGKILL)
        self.hang_up()
        os.waitpid(self._id, 0)
        if self._root is not None:
            # this process started it
            os.waitpid(self._root, 0)
        self._answers.close()


def _gone() -> MachineProblem:
    return MachineProblem("The judge's process has ended. Try again; what was kept before is safe.")


class RemoteWorkshop(Workshop):
    """Has a workshop in another process do what imports NumPy, a challenge or the judge."""

    def __init__(self, process: Process, home: Path, judging: Settings | None = None) -> None:
        """Work in the folder `home`; `judging` says how to judge."""
        super().__init__(home, judging)
        self._process = process
        self._awaited: list[Asked] = []
        # what was asked and not yet answered, in order
        self._talking = Lock()
        process.send((home, judging))

    def judge_ahead(self, name: str, path: Path, *, once: bool = False) -> None:
        """Begin what `judge`, or without a name `functions_in`, will be asked for; the task is needed before it.

        `once`: nothing else will be asked, and the process ends by itself.
        """
        if name:
            if name not in self._tasks:
                self._begin("task", name)
            self._begin("judge", name, str(path))
        else:
            self._begin("functions_in", path)
        if once:
            self._process.hang_up()

    def get_ready(self) -> None:
        """Have fresh processes made, without waiting for them."""
        self._begin("get_ready")

    def judge(self, name: str, path: str, progress: Progress | None = None) -> Judged:
        """Judge the function `name` of a file; its errors are those of a workshop here."""
        judged: Judged = self._call("judge", name, path, progress=progress)
        return judged

    def functions_in(self, path: Path) -> Loaded | Unusable | Ended:
        """Return which functions a file defines."""
        functions: Loaded | Unusable | Ended = self._call("functions_in", path)
        return functions

    def close(self) -> None:
        """End the process, and those of candidates."""
        self._process.end(at_work=bool(self._awaited))

    def _task(self, name: str) -> Task:
        task: Task = self._call("task", name)
        return task

    def _begin(self, method: str, *arguments: Any) -> None:
        self._process.send((method, arguments))
        self._awaited.append((method, arguments))

    def _call(self, method: str, *arguments: Any, progress: Progress | None = None) -> Any:
        """Return what a method returns there; perhaps it was begun before."""
        asked = (method, arguments)
        with self._talking:
            if asked not in self._awaited:
                self._begin(method, *arguments)
            while self._awaited[0] != asked:
                # begun for somebody who never asked
                with suppress(Exception):
                    self._answer()
            return self._answer(progress)

    def _answer(self, progress: Progress | None = None) -> Any:
        """Return the answer to what is awaited first; whoever interrupts this leaves it to come."""
        try:
            answer = self._process.receive(progress)
        except Exception:
            del self._awaited[0]
            raise
        del self._awaited[0]
        return answer


# -- there ------------------------------------------------------------------------------------------------------------


def serve(parent: int, names: Sequence[str], root: Root | None, questions: int, answers: int) -> None:
    """Be the copy: answer until the parent hangs up, and leave no process behind.

    Args:
        parent: the id of the process that made the copy.
        names: the challenges among them are imported.
        root: the process for candidates, on its way; None when it did not start.
        questions: the pipe to read from.
        answers: the pipe to write to.
    """
    with suppress(EOFError, OSError):
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _be_silent()
        with _kept(root) as keeper, os.fdopen(questions, "rb") as asked, os.fdopen(answers, "wb") as told:
            _import_ahead(parent, names)
            home, judging = pickle.load(asked)  # noqa: S301 - quizkit's own
            with Workshop(home, judging, keeper) as workshop:
                while True:
                    _do(workshop, pickle.load(asked), told)  # noqa: S301


def _be_silent() -> None:
    """Let go of the parent's streams: whoever reads them waits until all who hold them have ended."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)


@contextmanager
def _kept(root: Root | None) -> Iterator[Keeper | None]:
    """Give what keeps candidates' processes, with those for one judgement under way."""
    from quizkit.judge.process import FOR_ONE_JUDGEMENT, Keeper

    if root is None:
        yield None
        return
    with Keeper.start(root=root) as keeper:
        keeper.prepare(FOR_ONE_JUDGEMENT)
        yield keeper


def _import_ahead(parent: int, names: Sequence[str]) -> None:
    """Import what a judgement needs while the process for candidates boots."""
    from quizkit.challenges import NAMES
    from quizkit.challenges.library import find
    from quizkit.judge import engine, plan  # noqa: F401
    from quizkit.judge.jail import die_with_parent

    die_with_parent(parent)
    for name in names:
        if name in NAMES:
            find(name)


def _do(workshop: Workshop, asked: Asked, answers: BinaryIO) -> None:
    """Do what is asked, and tell what came of it."""

    def tell(kind: int, value: Any) -> None:
        answers.write(pickle.dumps((kind, value)))
        answers.flush()

    method, arguments = asked
    more = {"progress": lambda *done: tell(_PROGRESS, done)} if method == "judge" else {}
    try:
        tell(_VALUE, getattr(workshop, method)(*arguments, **more))
    except QuizkitError as error:
        tell(_ERROR, error)
    except Exception as error:
        from traceback import format_exc

        fault = RuntimeError(repr(error))
        fault.add_note(format_exc())
        # where it happened is known here only
        tell(_ERROR, fault)
