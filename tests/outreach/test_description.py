"""The API describes itself, wholly and truly."""

import json

import pytest
from django.urls import get_resolver

from tests.outreach.test_api import KEYS

pytestmark = pytest.mark.django_db


def schema(client):
    return client.get("/api/v1/openapi.json").json()


def test_description_names_every_address(client):
    assert set(schema(client)["paths"]) == {
        "/api/v1/listings",
        "/api/v1/listings/{id}",
        "/api/v1/resources",
        "/api/v1/resources/{slug}",
        "/api/v1/search",
    }


def test_every_address_of_the_api_is_described(client):
    router = next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/v1/")
    # A set: HEAD beside GET is the same address.
    inner = {str(p.pattern) for part in router.url_patterns for p in part.url_patterns}
    described = [path.removeprefix("/api/v1/") for path in schema(client)["paths"]]
    assert len(inner - {"", "openapi.json"}) == len(described)


def test_description_is_read_only(client):
    assert {method for path in schema(client)["paths"].values() for method in path} == {"get"}


def test_description_holds_every_reference_that_it_makes(client):
    text = schema(client)
    found = json.dumps(text).split('"#/components/schemas/')[1:]
    assert {part.split('"')[0] for part in found} <= set(text["components"]["schemas"])


def test_description_names_the_keys_of_a_record(client):
    record = schema(client)["components"]["schemas"]["Record"]
    assert set(record["properties"]) == KEYS


def test_description_names_every_parameter_and_its_bounds(client):
    given = {p["name"]: p for p in schema(client)["paths"]["/api/v1/listings"]["get"]["parameters"]}
    assert set(given) == {
        "q",
        "kind",
        "province",
        "language",
        "topic",
        "join",
        "state",
        "client",
        "role",
        "platform",
        "format",
        "scope",
        "app",
        "sort",
        "limit",
        "offset",
        "lang",
        "exactly",
    }
    limit, offset = given["limit"]["schema"], given["offset"]["schema"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 100, 20)
    assert (offset["minimum"], offset["maximum"], offset["default"]) == (0, 10_000, 0)


def test_description_is_openapi_3(client):
    text = schema(client)
    assert text["openapi"].startswith("3.")
    assert {"openapi", "info", "paths", "components"} <= set(text)
    for path in text["paths"].values():
        assert path["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def test_page_for_programmers_shows_what_the_api_says(client, site):
    page = client.get("/en/for-programmers/").content.decode()
    assert "/api/v1/listings" in page
    assert "/api/v1/openapi.json" in page
