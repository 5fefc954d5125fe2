"""Fixtures that these tests share with those of the whole site."""

from tests.flows.conftest import made_site, plain_static, site

__all__ = ["made_site", "plain_static", "site"]
