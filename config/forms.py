"""Every `{{ form }}` in our own dress."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Label, hint, errors, control: `templates/site/forms/`."""

    form_template_name = "site/forms/form.html"
    field_template_name = "site/forms/field.html"
