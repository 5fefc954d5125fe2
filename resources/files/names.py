"""The name under which a file is kept: harmless wherever it is saved."""

import re
import unicodedata

from resources.files.kinds import BY_ENDING, Kind
from resources.files.refusals import Refused, Why

LONGEST = 100  # characters, with the ending
NAMELESS = "document"

# Control, invisible, half and unassigned characters, and those of somebody's own.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MEANS_SOMETHING = re.compile(r"""[<>:"|?*%;&$`'\\/.~#{}^]+""")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)


def kind_of(name: str) -> Kind:
    """The kind that a file's last ending says. Raises Refused when it is none of ours."""
    ending = _last_step(name).rpartition(".")[2].lower().strip()
    if "." not in name or ending not in BY_ENDING:
        raise Refused(Why.KIND)
    return BY_ENDING[ending]


def safe_name(name: str) -> str:
    """A name of at most 100 characters with one ending, in no folder, without tricks.

    Raises Refused when the ending is none of ours.
    """
    kind = kind_of(name)
    stem = _last_step(name).rpartition(".")[0]
    stem = _MEANS_SOMETHING.sub("-", stem)
    stem = re.sub(r"\s+", " ", stem)[: LONGEST - len(kind.name) - 1].strip(" -_")
    if not stem:
        stem = NAMELESS
    if _DEVICE.fullmatch(stem.partition(" ")[0]):
        stem = f"{NAMELESS}-{stem}"
    return f"{stem}.{kind.name}"


def _last_step(name: str) -> str:
    """The name without folders, and without what cannot be seen."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in plain if unicodedata.category(char) not in _UNSAFE)
