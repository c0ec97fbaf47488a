"""A wire that remembers what left, and that can be cut."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from torget.platforms.http import AnswerLost, Http, Reply
from torget.platforms.troubles import Busy, NotAsAgreed, OutOfOrder


@dataclass(frozen=True)
class Exchange:
    """One request, and what came back."""

    method: str
    path: str
    query: dict[str, str]
    fields: dict[str, str]
    reply: Reply | None = None
    file: str = ""

    def __str__(self) -> str:
        asked = f"?{urlencode(self.query)}" if self.query else ""
        body = f"\n{json.dumps(self.fields)}" if self.fields else ""
        body = f"\n‹{self.file}›" if self.file else body
        return f"{self.method} {self.path}{asked}{body}"


@dataclass
class Wire:
    """Passes everything on to another ``Http``. ``faults`` wait as (how, only for writes)."""

    inner: Http
    log: list[Exchange] = field(default_factory=list)
    faults: list[tuple[str, bool]] = field(default_factory=list)

    def get(self, path: str, **query: str) -> Reply:
        return self._pass(Exchange("GET", path, query, {}), lambda: self.inner.get(path, **query))

    def post(self, path: str, **fields: str) -> Reply:
        return self._pass(
            Exchange("POST", path, {}, fields), lambda: self.inner.post(path, **fields)
        )

    def upload(self, path: str, data: bytes, *, sent_as: str, name: str, **query: str) -> Reply:
        exchange = Exchange("POST", path, query, {}, file=f"{len(data)} byte, {sent_as}")
        return self._pass(
            exchange,
            lambda: self.inner.upload(path, data, sent_as=sent_as, name=name, **query),
        )

    def delete(self, path: str, **query: str) -> Reply:
        return self._pass(
            Exchange("DELETE", path, query, {}), lambda: self.inner.delete(path, **query)
        )

    def _pass(self, exchange: Exchange, send: Callable[[], Reply]) -> Reply:
        self.log.append(exchange)
        reply = self._wrongly(exchange, send)
        self.log[-1] = replace(exchange, reply=reply)
        return reply

    def _wrongly(self, exchange: Exchange, send: Callable[[], Reply]) -> Reply:
        writes = exchange.method != "GET"
        for fault in self.faults:
            if writes or not fault[1]:
                self.faults.remove(fault)
                return _go_wrong(fault[0], send, writes=writes)
        return send()


def _go_wrong(how: str, send: Callable[[], Reply], *, writes: bool) -> Reply:
    match how:
        case "busy":
            raise Busy(retry_after=7)
        case "broken":
            raise AnswerLost(500) if writes else OutOfOrder
        case "html":
            return Reply(200, b"<p>Underh\xc3\xa5ll</p>", {})
        case "lost":
            send()
            raise AnswerLost
        case "cut":
            send()
            raise AnswerLost if writes else NotAsAgreed
        case _:
            raise ValueError(how)
