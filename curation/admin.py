"""The back room for superusers. It shows everything and bends no rule: statuses change by turns."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth import admin as _registers_groups  # noqa: F401
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit import admin as _registers_tags  # noqa: F401
from taggit.models import Tag as FreeTag

from curation import lifecycle, shelves, vocabulary
from curation.loading import as_json
from curation.models import Decision, Entry, Language, Relation, Tag, TaggedEntry


class ReadOnly(admin.ModelAdmin):
    """Rows that are written by the house itself, never by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# The tags of the library and groups of rights are not how this house works; their modules are
# imported here, so that what they register is there to be taken away.
admin.site.unregister(FreeTag)
admin.site.unregister(Group)


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = ("at", "entry", "verb", "by", "note")
    list_filter = ("verb",)
    list_select_related = ("entry", "by")


@admin.register(Language)
class LanguageAdmin(admin.ModelAdmin):
    list_display = ("code", "name_en", "name_fr", "name_native", "direction")
    search_fields = ("code", "name_en", "name_fr", "name_native")


class TermForm(ModelForm):
    """A term may be merged into another one, but never in a circle."""

    def clean_name(self) -> str:
        """The name, if no other term of the facet has it: the facet is not in this form."""
        name: str = self.cleaned_data["name"]
        return vocabulary.name_of_its_own(self.instance, name) if self.instance.pk else name

    def clean_merged_into(self) -> Tag | None:
        """The term that takes this one's place; follows the chain to see that it ends."""
        into = self.cleaned_data["merged_into"]
        step, seen = into, {self.instance.pk}
        while step is not None:
            if step.pk in seen:
                raise ValidationError(_("That would lead back to this term."))
            seen.add(step.pk)
            step = step.merged_into
        return into


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """The vocabulary. Its address stays: other pages and other people link to it."""

    form = TermForm
    list_display = ("name", "name_fr", "facet", "merged_into")
    list_filter = ("facet",)
    search_fields = ("name", "name_fr", "synonyms", "slug")
    autocomplete_fields = ("merged_into",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The address and the facet of a term that exists."""
        return ("slug", "facet") if obj else ()

    def save_model(self, request: HttpRequest, obj: Tag, form: ModelForm, change: bool) -> None:
        """A merged term hands over the entries that carry it."""
        super().save_model(request, obj, form, change)
        vocabulary.hand_over(obj)
        self.message_user(request, _("The search learns the new words at night."))


class TermInline(admin.TabularInline):
    model = TaggedEntry
    extra = 1
    autocomplete_fields = ("tag",)
    verbose_name = _("term")
    verbose_name_plural = _("topics, client groups and roles")


class RelationInline(admin.TabularInline):
    model = Relation
    fk_name = "from_entry"
    extra = 0
    raw_id_fields = ("to_entry",)


class WithReason(ActionForm):
    """The line above a list, with room for the reason that some turns need."""

    note = CharField(required=False, max_length=500, label=_("Reason"))


def turn_action(verb: str) -> Any:
    """An action of a list that takes one turn with each row chosen, or says why not."""

    @admin.action(description=lifecycle.TURNS[verb].label)
    def action(model_admin: "EntryAdmin", request: HttpRequest, rows: QuerySet) -> None:
        for entry in rows:
            try:
                lifecycle.take(entry, verb, by=request.user, note=request.POST.get("note", ""))
            except lifecycle.TurnRefused as why:
                model_admin.message_user(request, f"{entry}: {why}", level="WARNING")
            else:
                model_admin.message_user(request, f"{entry}: {entry.get_review_display()}")

    action.__name__ = f"take_{verb}"
    return action


class EntryAdmin(admin.ModelAdmin):
    """What the admin of every shelf has in common.

    The review status cannot be edited and nothing can be deleted here; an edit of other fields
    is written down with before and after, and reaches the index, like any other.
    """

    exclude = ("tags",)
    readonly_fields = ("review", "published_at", "source_key", "invented")
    action_form = WithReason
    actions = tuple(turn_action(verb) for verb in lifecycle.TURNS)
    inlines: ClassVar[tuple[type[InlineModelAdmin], ...]] = (TermInline, RelationInline)
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Of a confirmed page, links, contacts and who runs it as well: they need two people.

        Somebody edits the page, and another reviewer accepts the edit.
        """
        fixed = tuple(super().get_readonly_fields(request, obj))
        if obj is None or obj.confirmed_on is None:
            return fixed
        columns = {each.name for each in (*obj._meta.fields, *obj._meta.many_to_many)}
        return (*fixed, *sorted(shelves.of(obj).waits & columns))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save, and remember what was there before."""
        form.before = held(self.model.objects.get(pk=obj.pk))  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Once everything is saved, the edit is written down with what was there before."""
        super().save_related(request, form, formsets, change)
        fresh = self.model.objects.get(pk=form.instance.pk)
        lifecycle.record_edit(fresh, by=request.user, before=form.before, after=held(fresh))


def held(entry: Entry) -> dict[str, Any]:
    """What an entry holds, as JSON values: the values of its form, its other columns, its kin.

    The form's values have the names under which every edit is written down and can be put back.
    """
    values = shelves.of(entry).values(entry)
    columns = {
        f.attname: as_json(getattr(entry, f.attname))
        for f in entry._meta.concrete_fields
        if f.editable and not f.primary_key and f.name not in values
    }
    kin = [f"{row.get_kind_display()}: {row.to_entry}" for row in entry.relations.order_by("pk")]
    return columns | {"related": kin} | values
