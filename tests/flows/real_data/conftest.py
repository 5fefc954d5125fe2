"""The project's own data, loaded once for this folder and taken back after its last test."""

import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from tests.flows.conftest import kept_for_a_while, plain_static_files
from tests.flows.reading import Page

QUESTIONS = (
    "?q=housing",
    "?q=LINC+teachers",
    "?q=logement",
    "?q=xyzzy+plugh",
    "?q=hosing",
    "?kind=lip&province=ON",
    "?kind=club&page=x",
    "?page=99",
    "?sort=name&page=2",
    "?kind=rif&province=NS",
    "?language=fr&q=emploi",
)


@pytest.fixture(scope="package", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """What the loading command said."""
    said = StringIO()
    with kept_for_a_while(django_db_blocker), plain_static_files():
        call_command("load_start_data", stdout=said)
        yield said.getvalue()


@pytest.fixture(autouse=True)
def inside(loaded, db):
    """Whatever a test changes is taken back; the loaded data stay for the next."""


@pytest.fixture(scope="package")
def bodies(loaded):
    """address → body of every page of the sitemap, and of some questions, in both languages."""
    client = Client()
    sitemap = client.get("/sitemap.xml").content.decode()
    urls = [urlsplit(url).path for url in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    urls += ["/en/nowhere/", "/fr/nulle-part/"]
    urls += [
        f"{path}{query}" for query in QUESTIONS for path in ("/en/directory/", "/fr/repertoire/")
    ]
    return {url: client.get(url).content.decode() for url in dict.fromkeys(urls)}


@pytest.fixture(scope="package")
def pages(bodies):
    """address → page, read."""
    return {url: Page(body) for url, body in bodies.items()}
