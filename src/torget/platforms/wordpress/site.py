"""One WordPress as our own user sees it, and what its two lists have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from torget.platforms.contract import Found, Gone, RemoteId, Snapshot
from torget.platforms.http import Http, Reply
from torget.platforms.troubles import NoInterface, TooLarge
from torget.platforms.wordpress.acts import API, path
from torget.platforms.wordpress.answers import checked, clock, code, items, total
from torget.platforms.wordpress.place import Place

MOST = 100  # WordPress gives no more at a time


@dataclass(frozen=True, slots=True)
class User:
    """Our own user. The number is 0 when the site keeps its users to itself."""

    number: int
    name: str


class Site:
    """One WordPress, and who we are there."""

    def __init__(self, http: Http) -> None:
        self.http = http
        self._own: User | None = None

    @property
    def me(self) -> User:
        """Our own user, asked for once."""
        if self._own is None:
            reply = self.http.get(f"{API}/users/me", context="edit", _fields="id,name")
            if reply.status == 404 and code(reply):
                self._own = User(0, "")
            else:
                match checked(reply).json():
                    case {"id": int(number), "name": str(name)}:
                        self._own = User(number, name)
                    case _:
                        raise NoInterface
        return self._own

    def ask(self, where: str, **query: str) -> Reply:
        """Return an answer that went well."""
        return checked(self.http.get(API + where, **query))

    def some(self, where: str, **query: str) -> tuple[Reply, int]:
        """Return part of a list, and how many were asked for: fewer when they are huge."""
        for size in (MOST, 10, 1):
            try:
                return self.ask(where, per_page=str(size), **query), size
            except TooLarge:
                if size == 1:
                    raise
        raise AssertionError


class Listing(ABC):
    """Comments or own posts: one of them, many of them, and those that are new.

    ``name`` is the list's name, ``since`` its way to ask for what is new, ``no_such`` its word
    for what is not there.
    """

    name: ClassVar[str]
    since: ClassVar[str]
    no_such: ClassVar[str]

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    @abstractmethod
    def how(self) -> Mapping[str, str]:
        """How one is asked for."""

    @property
    @abstractmethod
    def listed(self) -> Mapping[str, str]:
        """How the list is asked for, oldest first."""

    @abstractmethod
    def read(self, answer: object) -> Found:
        """Return what one answer says."""

    @abstractmethod
    def when(self, answer: object) -> datetime:
        """Return the time by which the list is sorted."""

    @abstractmethod
    def ref(self, number: int) -> RemoteId:
        """Return the name of one, outside WordPress."""

    def fetch(self, ref: RemoteId) -> Found:
        """Return one. What lies in the bin is gone."""
        reply = self._site.http.get(path(ref), **self.how)
        if reply.status == 404 and code(reply) == self.no_such:
            return Gone()
        return self.read(checked(reply).json())

    def many(self, refs: Sequence[RemoteId]) -> Mapping[RemoteId, Found]:
        """Return those of some that WordPress lists."""
        numbers = ",".join(ref.rpartition("-")[2] for ref in refs)
        query = {**self.listed, "include": numbers}
        try:
            reply = self._site.ask(f"/{self.name}", per_page=str(MOST), **query)
        except TooLarge:
            return {}  # then each is asked for alone
        return {
            self.ref(item["id"]): self.read(item)
            for item in items(reply)
            if isinstance(item, dict) and "id" in item
        }

    def newer(self, place: Place) -> tuple[Sequence[Snapshot], Place]:
        """Return the next ones, at most 100, and where to go on."""
        query = dict(self.listed)
        if place.offset:
            query["offset"] = str(place.offset)
        if place.start:
            query[self.since] = place.start
        reply, size = self._site.some(f"/{self.name}", **query)
        answers = items(reply)
        last = self.when(answers[-1]) if answers else None
        complete = place.offset + size >= total(reply)
        seen = [one for one in map(self.read, answers) if isinstance(one, Snapshot)]
        return seen, place.on(last, now=clock(reply), size=size, complete=complete)
