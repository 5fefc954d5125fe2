"""Fixtures that these tests share with those of the whole site."""

from tests.flows.conftest import plain_static
from tests.resources.files.conftest import folder

__all__ = ["folder", "plain_static"]
