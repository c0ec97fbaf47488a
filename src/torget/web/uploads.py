"""How files that a person hands in are received."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Holds what is handed in in memory: unencrypted it never lies in a file on the disk.

    A form that is larger than that is refused as a whole. Django would leave its files out and
    say nothing, and a picture that somebody attached would be missing from a record.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Refuse what is too large.

        Raises:
            RequestDataTooBig: the form is larger than ``FILE_UPLOAD_MAX_MEMORY_SIZE``.
        """
        super().handle_raw_input(*args, **kwargs)
        if not self.activated:
            limit = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
            raise RequestDataTooBig(f"a form with files is over {limit} bytes")
