"""Tables as people send them, and the columns that are known."""

import csv
import io

from curation.importing.columns import Columns


def a_csv(*rows, **more):
    """Rows as CSV, headed by the names of our fields."""
    lines = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(lines, names, restval="", **more)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue()


def known(header):
    return Columns("listing").name_of(header) is not None
