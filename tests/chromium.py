"""The Chromium that pages are looked at with."""

import os
import shutil

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def chromium(purpose: str) -> str:
    """Find it; without it a test is skipped, and fails where tests run for a change to pass."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"there is no Chromium {purpose}; install it: apt-get install chromium")
    if found is None:
        pytest.skip(f"needs Chromium {purpose}: apt-get install chromium")
    return found
