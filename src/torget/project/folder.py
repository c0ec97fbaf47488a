"""The data folder: one Torget at a time works in it, and practice never happens among records."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from torget.errors import TorgetError

_LOCK = "running"
_PRACTICE = "practice"


class InUse(TorgetError):
    """Another process works in the data folder."""

    code = "project.in_use"


class NotForPractice(TorgetError):
    """A folder that holds, or may hold, real records was about to be practised in, or erased."""

    code = "project.not_for_practice"


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the folder, made if need be. Another Torget on it would do all work twice.

    The operating system gives the folder free when this process ends, however it ends.

    Raises:
        InUse: another process holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    with (data / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(
                f"Torget är redan igång med datamappen {data}.",
                remedy="Avsluta det först, eller välj en annan mapp med TORGET_DATA.",
            ) from error
        yield


def mark_for_practice(data: Path) -> None:
    """Say in the folder that all in it is made up. Asked for before anything is written there.

    Raises:
        NotForPractice: it already holds something else.
    """
    if not _is_for_practice(data):
        if any(path.name != _LOCK for path in data.iterdir()):
            raise NotForPractice(
                f"Mappen {data} är inte en övningsmapp.",
                remedy="Låt bli att ange TORGET_DATA, eller ange en mapp som är tom.",
            )
        (data / _PRACTICE).touch()


def erase_practice(data: Path) -> None:
    """Take a practice folder away, with all that is in it.

    Raises:
        InUse: it is being practised in.
        NotForPractice: it is not marked for practice.
    """
    if not data.exists():
        return
    if not _is_for_practice(data):
        raise NotForPractice(
            f"Mappen {data} är inte en övningsmapp, och rörs inte.",
            remedy="Kontrollera TORGET_DATA.",
        )
    with held(data):
        shutil.rmtree(data)


def _is_for_practice(data: Path) -> bool:
    return (data / _PRACTICE).exists()
