"""The account of the first curator, without whom nobody could sign in."""

import os
import secrets
from dataclasses import dataclass

from django.contrib.auth import get_user_model

USERNAME = "curator"
PASSWORD_BYTES = 12  # 16 characters: 96 bits


@dataclass(frozen=True)
class NewCurator:
    """The account that was just made, and its password if that has to be told."""

    username: str
    generated_password: str | None

    @property
    def note(self) -> str:
        """Return the line that tells how to sign in."""
        if self.generated_password is None:
            return f"as {self.username}, with the password from CURATOR_PASSWORD."
        return (
            f"as {self.username}, with the password {self.generated_password} (shown this once; "
            f"`manage.py changepassword {self.username}` sets another)."
        )


def make_first_curator() -> NewCurator | None:
    """Make the first curator's account if there is no account that may do everything.

    The password comes from the environment's CURATOR_PASSWORD, or is generated.
    """
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    given = os.environ.get("CURATOR_PASSWORD")
    generated = None if given else secrets.token_urlsafe(PASSWORD_BYTES)
    users.create_superuser(USERNAME, password=given or generated)
    return NewCurator(USERNAME, generated)
