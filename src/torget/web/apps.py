"""Tells Django about web."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app."""

    name = "torget.web"
    default_auto_field = "django.db.models.BigAutoField"
