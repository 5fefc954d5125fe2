"""People and organizations in the back room."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Domain, Membership, Organization, User


@admin.register(User)
class PersonAdmin(UserAdmin):
    ordering = ("email",)
    list_display = ("email", "is_moderator", "is_staff", "is_active", "last_login")
    search_fields = ("email",)
    fieldsets = (
        (None, {"fields": ("email", "language", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_moderator", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "usable_password", "password1", "password2"),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    list_filter = ("is_moderator", "is_staff", "is_active")
    actions = ("remove_second_step",)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """An address is changed by whoever reads its mail, with a code, and by nobody else."""
        return (*self.readonly_fields, "email") if obj else self.readonly_fields

    @admin.action(description=_("Remove the second step of people who lost theirs"))
    def remove_second_step(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Passkeys, apps and recovery codes go, and the owner of the account is told so."""
        count = 0
        for person in people.filter(authenticator__isnull=False).distinct():
            Authenticator.objects.filter(user=person).delete()
            get_adapter().send_notification_mail("accounts/second_step_removed", person)
            count += 1
        words = ngettext(
            "%(count)s person was told by mail.", "%(count)s people were told by mail.", count
        )
        self.message_user(request, words % {"count": count})


class WrittenElsewhere(admin.TabularInline):
    """Rows that people make on the site, by its rules; here they can be seen and taken away."""

    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DomainInline(WrittenElsewhere):
    """Two reviewers agree on a domain on the site; nobody does it alone, here either."""

    model = Domain
    fields = ("name", "first_by", "second_by", "confirmed_at")


class MembershipInline(WrittenElsewhere):
    model = Membership
    fields = ("user", "email", "role", "created_at", "granted_at")
    readonly_fields = ("created_at",)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Names and web pages are changed here, also where an organization asks for it by mail."""

    list_display = ("name_en", "name_fr", "acronym", "type", "province", "trusted")
    list_filter = ("type", "province", "trusted")
    search_fields = ("name_en", "name_fr", "acronym")
    inlines = (DomainInline, MembershipInline)
