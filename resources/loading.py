"""The library's starting data: its file is checked whole before anything is written."""

from collections.abc import Callable, Iterator
from pathlib import Path

from curation.loading import Folder, Tally
from resources.start_rows import RESOURCES, WORDS, Library

DATA = Path(__file__).parent / "data"


def plan_all(folder: Folder) -> Callable[[], Iterator[Tally]]:
    """Check the file; gives the function that writes it. Raises BrokenData.

    The vocabulary, the languages and the organizations must be in the folder as well.
    """
    library = Library(folder)

    def write() -> Iterator[Tally]:
        yield "words of the library", WORDS.write(library.words)
        yield "lessons and guides", RESOURCES.write(library.planned)

    return write
