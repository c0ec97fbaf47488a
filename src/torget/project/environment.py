"""What the installation says about itself: one typed object, read from ``TORGET_*``."""

import secrets
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from torget.policy.parameters import Size


class Environment(BaseSettings):
    """The settings of one installation. Each field is the variable ``TORGET_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="TORGET_", hide_input_in_errors=True)

    data: Path = Field(default=Path("var/torget"), description="Folder for everything that is kept")
    database_url: str = Field(
        default="", repr=False, description="postgresql://…; none: SQLite in the data folder"
    )
    secret_key: str = Field(default="", repr=False)
    hosts: list[str] = ["127.0.0.1", "localhost", "[::1]"]
    origins: list[str] = []
    https: bool = False
    demo: bool = False
    debug: bool = False
    allow_private_addresses: bool = False
    tsa_url: str = Field(default="", description="Time-stamp authority (RFC 3161); none: off")
    tsa_roots: Path | None = Field(default=None, description="Certificates it must rest on (PEM)")
    municipality: str = "Kommunen"
    office: Size = Field(default=Size.ONE, description="How many look after the channels")
    colour: str = "#0b5a4a"
    own_domains: list[str] = []
    own_phones: list[str] = []

    def key(self) -> str:
        """Return the installation's secret key, made on first use and kept in the data folder."""
        if self.secret_key:
            return self.secret_key
        self.data.mkdir(parents=True, exist_ok=True)
        path = self.data / "secret.key"
        if not path.exists():
            fresh = self.data / f"secret.{secrets.token_hex(4)}"
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
            try:
                path.hardlink_to(fresh)  # atomic: of two processes that start at once, one wins
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text(encoding="ascii")


@cache
def environment() -> Environment:
    """Return the settings, read once."""
    return Environment()
