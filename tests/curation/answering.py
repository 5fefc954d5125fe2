"""A reviewer at a page of the desk: what its form holds, its buttons, and pressing one."""

from django.urls import reverse

from curation.desk import answers
from tests.curation.forms import FilledForm
from tests.factories import make_platform
from tests.flows.reading import read

TAKE = "/en/to-review/answer/"


def page_of(client, case):
    return client.get(reverse("case_page", args=[case.pk]))


def form_of(client, case):
    """What a browser would send from the page of a case, apart from the button."""
    data = FilledForm(page_of(client, case).content.decode()).data
    return {k: v for k, v in data.items() if k not in ("csrfmiddlewaretoken", "v")}


def answer(client, case, verb, **given):
    return client.post(TAKE, {**form_of(client, case), "v": verb, **given})


def buttons(client, case):
    page = read(page_of(client, case))
    return [each["value"] for each in page.all("button", name="v") if each["value"] in VERBS]


VERBS = {each.verb for several in answers.ANSWERS.values() for each in several}


def platform():
    """One that is an app."""
    return make_platform("whatsapp", is_app=True)
