"""Tells Django about records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app."""

    name = "torget.records"
    default_auto_field = "django.db.models.BigAutoField"
