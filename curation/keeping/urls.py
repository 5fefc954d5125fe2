"""Addresses: who looks after which page: my pages, claims, handing over, organizations."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from curation import personal_pages
from curation.keeping.views import claims, keepers, my_pages, organizations, workers

urlpatterns = [
    path("", my_pages.my_pages, name="my_pages"),
    path(pgettext_lazy("address", "answer/<key:pk>/"), my_pages.page_answer, name="page_answer"),
    path(pgettext_lazy("address", "my-addresses/"), my_pages.pages_adopt, name="pages_adopt"),
    path(
        pgettext_lazy("address", "still-right/<str:signed>/"),
        my_pages.keeper_question,
        name="keeper_question",
    ),
    path(pgettext_lazy("address", "shared/"), my_pages.mailbox_link, name="mailbox_link"),
    path(pgettext_lazy("address", "shared/pages/"), my_pages.mailbox_pages, name="mailbox_pages"),
    path(
        pgettext_lazy("address", "shared/open/<str:signed>/"),
        my_pages.mailbox_open,
        name="mailbox_open",
    ),
    # I run this group
    path(pgettext_lazy("address", "i-run-it/<key:pk>/"), claims.claim, name="claim"),
    path(
        pgettext_lazy("address", "i-run-it/code/<uuid:token>/"),
        claims.claim_confirm,
        name="claim_confirm",
    ),
    path(
        pgettext_lazy("address", "i-run-it/sent/<uuid:token>/"),
        claims.claim_sent,
        name="claim_sent",
    ),
    path(
        pgettext_lazy("address", "i-run-it/objection/<str:signed>/"),
        claims.claim_object,
        name="claim_object",
    ),
    # Who looks after a page
    path(pgettext_lazy("address", "who/<key:pk>/"), keepers.keepers, name="keepers"),
    path(
        pgettext_lazy("address", "who/<key:pk>/invite/"),
        keepers.keeper_invite,
        name="keeper_invite",
    ),
    path(
        pgettext_lazy("address", "who/<key:pk>/take-back/"),
        keepers.keeper_uninvite,
        name="keeper_uninvite",
    ),
    path(
        pgettext_lazy("address", "who/<key:pk>/take-off/"),
        keepers.keeper_remove,
        name="keeper_remove",
    ),
    path(
        pgettext_lazy("address", "who/<key:pk>/leave/"), keepers.keeper_leave, name="keeper_leave"
    ),
    path(
        pgettext_lazy("address", "who/invitation/<str:signed>/"),
        keepers.keeper_invitation,
        name="keeper_invitation",
    ),
    # Organizations
    path(
        pgettext_lazy("address", "organization/<key:pk>/"),
        organizations.organization_account,
        name="organization_account",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/ask/"),
        organizations.organization_ask,
        name="organization_ask",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/invite/"),
        organizations.member_invite,
        name="member_invite",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/let-in/"),
        organizations.member_grant,
        name="member_grant",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/not-let-in/"),
        organizations.member_decline,
        name="member_decline",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/role/"),
        organizations.member_role,
        name="member_role",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/take-out/"),
        organizations.member_remove,
        name="member_remove",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/leave/"),
        organizations.organization_leave,
        name="organization_leave",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/domain/"),
        organizations.organization_domain,
        name="organization_domain",
    ),
    path(
        pgettext_lazy("address", "organization/<key:pk>/correct/"),
        organizations.organization_correct,
        name="organization_correct",
    ),
    path(
        pgettext_lazy("address", "organization/invitation/<str:signed>/"),
        organizations.member_invitation,
        name="member_invitation",
    ),
    # What we keep about you
    path(pgettext_lazy("address", "what-we-keep/"), personal_pages.personal, name="personal"),
    path(
        pgettext_lazy("address", "what-we-keep/file/"),
        personal_pages.personal_download,
        name="personal_download",
    ),
    path(
        pgettext_lazy("address", "delete-account/"),
        personal_pages.account_delete,
        name="account_delete",
    ),
    path(
        pgettext_lazy("address", "account-deleted/"),
        personal_pages.account_deleted,
        name="account_deleted",
    ),
    # Working in the sector
    path(pgettext_lazy("address", "work-address/"), workers.work_address, name="work_address"),
    path(pgettext_lazy("address", "work-address/<str:signed>/"), workers.vouch, name="vouch"),
]
