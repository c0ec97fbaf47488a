"""Tells Django about project."""

from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The app."""

    name = "torget.project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("torget.project.checks")
