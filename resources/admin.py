"""The library in the back room."""

from django.contrib import admin

from curation.admin import EntryAdmin, ReadOnly, RelationInline, TermInline
from resources.models import (
    Collection,
    CollectionItem,
    Corroboration,
    Lesson,
    Material,
    Resource,
    ResourceFormat,
    ResourceProvince,
    Upload,
)


class ProvinceInline(admin.TabularInline):
    model = ResourceProvince
    extra = 0


class FormatInline(admin.TabularInline):
    model = ResourceFormat
    extra = 0


class LessonInline(admin.StackedInline):
    model = Lesson
    extra = 0


class MaterialInline(admin.TabularInline):
    model = Material
    extra = 0
    raw_id_fields = ("upload",)


class ItemInline(admin.TabularInline):
    model = CollectionItem
    fk_name = "collection"
    extra = 0
    raw_id_fields = ("entry",)


@admin.register(Resource)
class ResourceAdmin(EntryAdmin):
    list_display = ("__str__", "kind", "outcome", "review", "year", "link")
    list_filter = ("review", "kind", "outcome", "visibility")
    search_fields = ("name_en", "name_fr", "publisher")
    autocomplete_fields = ("organization",)
    filter_horizontal = ("languages", "served_in")
    inlines = (
        ProvinceInline,
        TermInline,
        FormatInline,
        LessonInline,
        MaterialInline,
        RelationInline,
    )


@admin.register(Corroboration)
class CorroborationAdmin(EntryAdmin):
    list_display = ("__str__", "lesson", "verdict", "review", "said_on")
    list_filter = ("review", "verdict")
    raw_id_fields = ("lesson",)
    autocomplete_fields = ("organization",)
    inlines = (TermInline,)


@admin.register(Collection)
class CollectionAdmin(EntryAdmin):
    list_display = ("__str__", "review")
    list_filter = ("review",)
    inlines = (ItemInline,)


@admin.register(Upload)
class UploadAdmin(ReadOnly):
    list_display = ("name", "kind", "size", "uploaded_at")
    exclude = ("file",)
