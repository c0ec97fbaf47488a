"""Errors that were raised on purpose, told to the person who met them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from torget.errors import TorgetError


class ToldErrors:
    """Shows the message and remedy of a ``TorgetError`` that no view took care of."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with a page that says what happened and what to do; others are not ours."""
        if not isinstance(error, TorgetError):
            return None
        return render(request, "web/problem.html", {"problem": error}, status=409)
