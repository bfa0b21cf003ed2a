"""Starts quizkit: the two answers that a shell prompt waits for come before anything heavy is imported."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        return _run(sys.argv[1:])
    except KeyboardInterrupt:
        # before the command was there to handle it
        from quizkit.errors import INTERRUPTED, STOPPED

        print(f"quizkit: {STOPPED}", file=sys.stderr)  # noqa: T201
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from quizkit import __version__

        print(f"quizkit {__version__}")  # noqa: T201
        return 0
    if arguments[:1] == ["due"] and set(arguments[1:]) <= {"--json"}:
        from quizkit.due import quick

        line = quick(as_json="--json" in arguments)
        if line is not None:
            print(line)  # noqa: T201
            return 0
    import gc
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # quizkit's arrays are small, and starting a thread for each core doubles the time that NumPy takes to import
    gc.set_threshold(100_000)
    # importing makes many objects and no garbage: a twelfth of the time to the first question
    judges = arguments[:1] == ["challenge"] and any(word.partition("=")[0] == "--file" for word in arguments)
    if judges:
        from quizkit import ahead

        ahead.begin(arguments)
    from quizkit.cli import run

    try:
        return run(arguments)
    finally:
        if judges:
            ahead.end_unused()
        gc.freeze()
        # ending, Python would look once more through all that was imported: 30 ms of 300


if __name__ == "__main__":
    sys.exit(main())
