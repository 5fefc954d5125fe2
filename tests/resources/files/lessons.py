"""Files that were taken in, alone or as part of a lesson."""

import io

from resources.files.keeping import take_in
from resources.models import Material, Resource, Upload
from tests.library import make_lesson
from tests.resources.files import made


def sent(name: str = "a.png", data: bytes = b"") -> Upload:
    """A file that was taken in and is part of nothing."""
    data = data or made.png()
    return take_in(name, io.BytesIO(data), len(data))


def with_lesson(upload: Upload, review: str = "published") -> Resource:
    """A lesson, public unless told otherwise, of which the file is a part."""
    lesson = make_lesson(review=review)
    Material.objects.create(resource=lesson, upload=upload)
    return lesson
