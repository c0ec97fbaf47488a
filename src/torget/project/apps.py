"""Tells Django about project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The app."""

    name = "torget.project"
    default_auto_field = "django.db.models.BigAutoField"
