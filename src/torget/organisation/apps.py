"""Tells Django about organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The app."""

    name = "torget.organisation"
    default_auto_field = "django.db.models.BigAutoField"
