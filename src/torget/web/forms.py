"""How forms look: Django's own rendering, with the design system's markup."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Takes form, field and widget templates from ``web`` before Django's own."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
