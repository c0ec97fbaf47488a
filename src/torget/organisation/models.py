"""People, units and roles."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from torget.journal.services import ActorId


class Unit(models.Model):
    """A part of the municipality. A nämnd is an authority of its own (TF 2, OSL 4-5)."""

    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_authority = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401
        """Make a person who signs in with ``email``."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in to Torget, known to the journal by ``opaque_id`` alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    opaque_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    single_keys = models.BooleanField(default=True, help_text="Snabbtangenter (WCAG 2.1.4).")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> ActorId:
        """The number under which the journal knows this person."""
        return ActorId(self.opaque_id)


class RoleName(models.TextChoices):
    """What a person is at a unit. One person may hold several."""

    COMMUNICATIONS = "communications", "Kommunikatör"
    AUTHOR = "author", "Skribent"
    MANAGER = "manager", "Chef"
    REGISTRAR = "registrar", "Registrator"
    ARCHIVIST = "archivist", "Arkivarie"
    WEB_OWNER = "web_owner", "Webbansvarig"
    IT = "it", "IT"


class Role(models.Model):
    """A role at a unit reaches that unit and those below, from ``since`` to ``until`` inclusive."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.since}"


class SignInFailure(models.Model):
    """How often someone has failed to sign in as the same person from the same place.

    ``key`` is a keyed hash of e-mail and machine address: neither is kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.count)
