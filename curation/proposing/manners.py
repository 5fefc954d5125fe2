"""How a form that needs no account tells people from programs: by their manners.

A field that people do not see stays empty, and nobody fills a form within a second. Whoever
breaks one of these rules is told, and loses nothing: the second try of a person goes through.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEAST_SECONDS = 1
OPEN_FOR = dt.timedelta(days=7)
_signer = TimestampSigner(salt="proposing.manners")


def opened(seconds_ago: int = 0) -> str:
    """The signed moment at which a form was opened."""
    moment = timezone.now().timestamp() - seconds_ago
    return _signer.sign(f"{moment:.3f}")


class Mannered(forms.Form):
    """A form for strangers; its page shows `{% include "curation/proposing/_manners.html" %}`."""

    website2 = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput, initial=opened)

    def clean(self) -> dict[str, Any]:
        """What was filled in. Raises ValidationError where a program seems to have done it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("website2", ""):
            self._put("website2", "")
            raise ValidationError(_("Something went wrong. Nothing is lost: send it once more."))
        try:
            moment = float(_signer.unsign(cleaned.pop("opened_at", ""), max_age=OPEN_FOR))
        except (BadSignature, ValueError):
            self._put("opened_at", opened())
            raise ValidationError(
                _("This page was open for a long time. Nothing is lost: send it once more.")
            ) from None
        if timezone.now().timestamp() - moment < LEAST_SECONDS:
            raise ValidationError(
                _("Not sent yet: that was faster than people type. Press “Send” once more.")
            )
        return cleaned

    def _put(self, name: str, value: str) -> None:
        """Have the page that shows the error hold this value."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(name)] = value
        self.data = data
