"""What a reviewer needs to know of an organization before deciding who may speak for it."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from accounts.membership import owners
from accounts.models import Domain, Organization
from curation import shelves
from curation.desk.linking import linked


def facts(organization: Organization, *, apart_from: Domain | None = None) -> list[tuple[str, Any]]:
    """Labels and values: its page, its web site, its type, its domains, who administers it."""
    found: list[tuple[str, Any]] = [(_("Organization"), _page(organization))]
    found.append((_("Type"), organization.get_type_display()))
    if organization.province:
        found.append((_("Place"), organization.get_province_display()))
    found.append((_("Web page"), linked(organization.website) or _("Not known")))
    found.append((_("Its domains"), _domains(organization, apart_from) or _("none yet")))
    people = [row.user.email for row in owners(organization) if row.user]
    found.append((_("Who looks after its account"), ", ".join(people) or _("nobody yet")))
    return found


def _page(organization: Organization) -> Any:
    """Its name, with a link to its page where it runs a public group."""
    name, address = str(organization), shelves.page_of(organization)
    return format_html('<a href="{}">{}</a>', address, name) if address else name


def _domains(organization: Organization, apart_from: Domain | None) -> str:
    rows = organization.domains.exclude(name=apart_from.name if apart_from else "")
    states = ((row.name, _("confirmed") if row.confirmed_at else _("waits")) for row in rows)
    return format_html_join(", ", "{} ({})", states)
