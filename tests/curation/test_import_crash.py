"""An import that is killed again and again loses nothing and doubles nothing."""

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot divide a process")
def test_import_killed_two_dozen_times_loses_and_doubles_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bench.import_crash", "--kills", "24"],
        env={**os.environ, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "24 kills" in done.stdout
    assert "0 faults" in done.stdout
