"""The small drawn signs of the margin."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SIGNS = ("same", "reworded", "quotation", "figures", "only")


@register.simple_tag
def mark(sign: str) -> SafeString:
    """The sign `sign` of the sprite, hidden from screen readers: its label stands beside it.

    Raises:
        ValueError: if the sprite has no such sign.
    """
    if sign not in SIGNS:
        raise ValueError(f"no sign {sign!r}; there are {', '.join(SIGNS)}")
    return format_html(
        '<svg class="mark" aria-hidden="true" focusable="false"><use href="#m-{}"></use></svg>', sign
    )
