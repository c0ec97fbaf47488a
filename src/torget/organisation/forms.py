"""Forms: sign-in and one's own account."""

from django import forms


class SignInForm(forms.Form):
    """E-mail and password."""

    email = forms.EmailField(
        label="E-post",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": "Skriv din e-postadress.",
            "invalid": "Skriv hela e-postadressen, med @.",
        },
    )
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord."},
    )

    def clean_email(self) -> str:
        """Return the address as people are known by it."""
        return str(self.cleaned_data["email"]).lower()


class AccountForm(forms.Form):
    """What one decides about for oneself."""

    single_keys = forms.BooleanField(
        label="Använd snabbtangenter med en enda tangent",
        required=False,
        help_text="I listan med kommentarer: D döljer, J går till nästa. "
        "Stäng av om du talar in text eller lätt kommer åt tangenterna.",
    )
