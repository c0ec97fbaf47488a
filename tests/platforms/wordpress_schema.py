"""Checks traffic against what a WordPress says of itself: its routes, arguments and schemas."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft3Validator

from tests.platforms.wire import Exchange

# Every route takes these, and none describes them; an answer holds the last two.
EVERYWHERE = frozenset({"_fields", "_embed"})
LINKS = frozenset({"_links", "_embedded"})

# States that a WordPress has, tells and does not describe.
UNTOLD = ("trash", "inherit")

type Described = Mapping[str, Any]


class Description:
    """A WordPress's description: of its routes, and of what each of its lists holds."""

    def __init__(self, routes: Described, schemas: Mapping[str, Described]) -> None:
        self._routes, self._schemas = routes, schemas

    def objections(self, exchange: Exchange) -> Iterator[str]:
        """Yield what in a request or its answer goes against the description."""
        arguments = self._arguments(exchange)
        if arguments is None:
            yield f"{exchange.method} {exchange.path}: no such route"
            return
        for name, value in {**exchange.query, **exchange.fields}.items():
            if name not in arguments.keys() | EVERYWHERE:
                yield f"{exchange.path}: takes no {name}"
            elif name in arguments:
                yield from _errors(arguments[name], _typed(arguments[name], value), name)
        if exchange.reply and exchange.reply.status in {200, 201}:
            yield from self._about_the_answer(exchange)

    def _arguments(self, exchange: Exchange) -> Described | None:
        for route, told in self._routes.items():
            if re.fullmatch(route, exchange.path.removeprefix("/wp-json")):
                for endpoint in told["endpoints"]:
                    if exchange.method in endpoint["methods"]:
                        return dict(endpoint["args"] or {})
        return None

    def _about_the_answer(self, exchange: Exchange) -> Iterator[str]:
        assert exchange.reply is not None
        answer: Any = exchange.reply.json()
        schema = self._schemas[exchange.path.removeprefix("/wp-json/wp/v2/").partition("/")[0]]
        if isinstance(answer, dict) and set(answer) == {"deleted", "previous"}:
            answer = answer["previous"]
        for item in answer if isinstance(answer, list) else [answer]:
            for name in item.keys() - schema["properties"].keys() - LINKS:
                yield f"{exchange.path}: nothing is called {name}"
            yield from _errors(schema, item, exchange.path)


def _typed(argument: Described, value: str) -> object:
    """Return a value from an address as the type that WordPress reads it as."""
    match argument.get("type"):
        case "integer" if value.isdecimal():
            return int(value)
        case "boolean" if value in {"true", "false"}:
            return value == "true"
        case "object" if "raw" in argument.get("properties", {}):
            return {"raw": value}  # it takes text in the place of such an object, and does not say
        case "array":
            return [_typed(argument["items"], one) for one in value.split(",")]
        case _:
            return value


def _errors(schema: Described, value: object, where: str) -> Iterator[str]:
    # WordPress writes an empty list where an object would stand, and "required" of what must be
    # given to create something: an answer may hold less.
    told = {
        **schema,
        "properties": {
            name: {
                key: [*inner, *UNTOLD] if (name, key) == ("status", "enum") else inner
                for key, inner in one.items()
                if key != "required" and inner != []
            }
            for name, one in schema.get("properties", {}).items()
            # A picture may belong to no post: null.
            if name != "meta" and (schema.get("title"), name) != ("attachment", "post")
        },
    }
    for error in Draft3Validator(told).iter_errors(value):
        yield f"{where}: {error.message}"
