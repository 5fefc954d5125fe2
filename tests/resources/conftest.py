"""Fixtures that these tests share with those of the whole site."""

from tests.flows.conftest import plain_static

__all__ = ["plain_static"]
