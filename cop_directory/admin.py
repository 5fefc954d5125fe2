"""The directory in the back room."""

from django.contrib import admin

from cop_directory.models import (
    Chat,
    Listing,
    ListingFormat,
    ListingProvince,
    Meeting,
    Partnership,
    Place,
    Platform,
    PlatformFact,
    Practice,
)
from curation.admin import EntryAdmin, RelationInline, TermInline


class ProvinceInline(admin.TabularInline):
    model = ListingProvince
    extra = 0


class FormatInline(admin.TabularInline):
    model = ListingFormat
    extra = 0


class MeetingInline(admin.TabularInline):
    model = Meeting
    extra = 0


class PracticeInline(admin.StackedInline):
    model = Practice
    extra = 0


class PartnershipInline(admin.StackedInline):
    model = Partnership
    extra = 0


class ChatInline(admin.StackedInline):
    model = Chat
    extra = 0


@admin.register(Listing)
class ListingAdmin(EntryAdmin):
    list_display = ("__str__", "kind", "review", "activity", "confirmed_on", "website")
    list_filter = ("review", "kind", "activity", "scope", "join", "members")
    search_fields = ("name_en", "name_fr", "acronym")
    autocomplete_fields = ("hosts", "place")
    filter_horizontal = ("languages",)
    inlines = (
        ProvinceInline,
        TermInline,
        FormatInline,
        ChatInline,
        PracticeInline,
        PartnershipInline,
        MeetingInline,
        RelationInline,
    )


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ("name_en", "name_fr", "province")
    list_filter = ("province",)
    search_fields = ("name_en", "name_fr")


class FactInline(admin.StackedInline):
    model = PlatformFact
    extra = 0


@admin.register(Platform)
class PlatformAdmin(admin.ModelAdmin):
    list_display = ("name_en", "is_app", "needs_phone_number", "shows_number")
    inlines = (FactInline,)
