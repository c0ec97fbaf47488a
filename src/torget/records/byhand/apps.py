"""The part of records that works by hand."""

from django.apps import AppConfig


class ByHandConfig(AppConfig):
    """An app of its own within records."""

    name = "torget.records.byhand"
    label = "byhand"
