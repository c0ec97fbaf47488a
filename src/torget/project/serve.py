"""The web server: one process that answers, WSGI, bound to this machine unless told otherwise."""

import os
import socket

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from torget.errors import TorgetError
from torget.project.processes import PARENT


class PortTaken(TorgetError):
    """Another program listens where the web server was to listen."""

    code = "project.port_taken"


def refuse_taken(host: str, port: int) -> None:
    """Raise ``PortTaken`` if nothing can listen at the address."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Det går inte att lyssna på {host}, port {port}: {error.strerror}.",
                remedy="Välj en annan port med --port (eller make run PORT=…).",
            ) from error


def free_port(wanted: int = 0) -> int:
    """Return ``wanted`` if it can be listened to on this machine, else a port that can."""
    try:
        refuse_taken("127.0.0.1", wanted)
    except PortTaken:
        wanted = 0
    if wanted:
        return wanted
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def serve(host: str, port: int) -> None:
    """Answer until a signal asks to end. One worker with threads: SQLite has one writer anyway."""
    refuse_taken(host, port)
    os.environ[PARENT] = str(os.getpid())  # the worker that granian starts follows this process
    Server(
        "torget.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    ).serve()
