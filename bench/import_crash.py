"""What is left of an import whose sender is killed over and over?

    .venv/bin/python -m bench.import_crash [--kills 300]

A child process sends the rows of a table and says which are done; it is killed with SIGKILL at a
random moment, and another goes on. At the end every row that was said to be done must be there,
once, with its history. Runs on the database of `DATABASE_URL`, in a scratch database of its own;
with `tests/postgres.py` in front, on PostgreSQL.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_directory.settings")
    django.setup()
    from bench import killed_imports

    sys.exit(killed_imports.main())
