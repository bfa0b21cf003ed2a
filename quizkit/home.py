"""Where quizkit keeps what it writes.

Imports only what an interpreter has loaded anyway: a shell prompt calls this, and platformdirs alone costs as much as
two bare interpreters. A test holds the Linux and macOS rules against platformdirs.
"""

import os
import sys


def home() -> str:
    """Return the folder that holds the review log, the user's own banks and the index; it may not exist yet.

    `QUIZKIT_HOME` moves it; otherwise it is the platform's folder for a user's data.
    """
    chosen = os.environ.get("QUIZKIT_HOME", "").strip()
    if chosen:
        return os.path.abspath(os.path.expanduser(chosen))  # noqa: PTH100, PTH111 - see the module's docstring
    return platform_home()


def platform_home() -> str:
    """Return the platform's own folder for the data of a program called quizkit."""
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/quizkit")  # noqa: PTH111
    if sys.platform == "win32":
        import platformdirs

        return platformdirs.user_data_dir("quizkit", appauthor=False)
    base = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111
    return os.path.join(base, "quizkit")  # noqa: PTH118


LOG_FILE = "log.db"
INDEX_FILE = "index.db"
