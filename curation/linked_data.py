"""Descriptions for programs inside a page: JSON that a script element can hold."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

# What JSON may not hold inside a script element.
SCRIPT_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def in_script(data: Mapping[str, Any]) -> SafeString:
    """The data as JSON, safe inside a script element; what is empty is left out."""
    text = json.dumps({k: v for k, v in data.items() if v}, ensure_ascii=False, default=str)
    return SafeString(text.translate(SCRIPT_ESCAPES))
