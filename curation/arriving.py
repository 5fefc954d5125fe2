"""Files on their way in with a form: no more of one is kept than may be kept, the rest is counted.

So a film of a hundred megabytes costs neither memory nor disk, what was typed beside it is not
lost, and whoever asks for its size can say in words that it is too large.
"""

import tempfile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MEGABYTE = 1_000_000
LARGEST = 5 * MEGABYTE
IN_MEMORY = MEGABYTE


class BoundedUpload(FileUploadHandler):
    """Keeps a file of up to 5 MB; a larger one comes out empty, with the size that it had."""

    held: IO[bytes]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of it, as long as the whole may be kept."""
        if start + len(raw_data) <= LARGEST:
            self.held.write(raw_data)
        else:
            self.held.seek(0)
            self.held.truncate()

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file as a form gets it."""
        self.held.seek(0)
        return UploadedFile(
            file=self.held,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """The line was cut: nothing stays behind."""
        if hasattr(self, "held"):
            self.held.close()
