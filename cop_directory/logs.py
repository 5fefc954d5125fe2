"""What log files must not hold: addresses that open something for whoever reads them."""

import logging
import re
from typing import Any

# A signed link or a token in a path, and not the number and name of a page.
SECRET = re.compile(r"(?<=/)(?!\d+-[a-z])[\w:=%-]*[0-9A-Z_:=%][\w:=%-]{15,}")


class NoSecrets(logging.Filter):
    """Shorten signed links and tokens in paths to three dots before they are written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mend the record; it is always written."""
        record.msg = _shortened(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_shortened(each) for each in record.args)
        return True


def _shortened(value: Any) -> Any:
    return SECRET.sub("…", value) if isinstance(value, str) else value
