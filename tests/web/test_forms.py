"""How forms are written out."""

import re

from tests.web.gallery import EveryField


def test_every_field_has_a_label_of_its_own() -> None:
    page = str(EveryField())

    for name in ("name", "address", "text", "platform", "open"):
        assert f'for="id_{name}"' in page
    assert page.count("<legend") == 2


def test_every_control_wears_the_look_and_keeps_its_own_class() -> None:
    form = EveryField()
    form.fields["name"].widget.attrs["class"] = "egen"

    page = str(form)

    assert 'class="ds-input egen"' in page
    controls = re.findall(r"<(?:input|textarea|select)[^>]*>", page)
    assert controls
    assert all(control.count('class="ds-input') == 1 for control in controls)


def test_help_and_error_are_tied_to_their_field() -> None:
    page = str(EveryField({}))

    control = re.search(r'<input[^>]*name="name"[^>]*>', page)
    assert control is not None
    described = re.search(r'aria-describedby="([^"]*)"', control[0])
    assert described is not None
    assert described[1].split() == ["id_name_helptext", "id_name_error"]
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in control[0]


def test_the_summary_leads_to_every_field_that_is_wrong() -> None:
    page = str(EveryField({}))

    targets = re.findall(r'class="ds-link"\s+href="#([^"]+)"', page)
    assert len(targets) == 4
    assert all(f'id="{target}"' in page for target in targets)
    assert "Några saker behöver rättas" in page


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = EveryField({})
    form.add_error(None, "Kanalen <finns> redan.")

    assert "<li>Kanalen &lt;finns&gt; redan.</li>" in str(form)


def test_what_need_not_be_filled_in_says_so() -> None:
    page = str(EveryField())

    assert page.count("(valfritt)") == 2


def test_a_form_without_errors_has_no_summary() -> None:
    assert "ds-error-summary" not in str(EveryField())


def test_what_was_typed_is_kept_and_escaped() -> None:
    page = str(EveryField({"name": '"><script>', "text": "</textarea>", "open": "on"}))

    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "&lt;/textarea&gt;" in page
    assert re.search(r'<input[^>]*name="open"[^>]*checked', page)
