"""What programs read in the head of an article's page: schema.org's NewsArticle as JSON-LD.

Never the text: what is public of it stands on the page.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from archive.exports.articles import as_known
from archive.models import Article

# Inside a script element nothing but its end tag and the marks of comments is read as markup; the others are
# line ends to some readers of JSON, or the end of an attribute to a careless one.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'\u2028\u2029"}


def linked_data(article: Article, page: str, original: str) -> SafeString:
    """The article as JSON that may stand in a script element, whatever its fields hold.

    Args:
        article: what to describe.
        page: the address of its page, with scheme and host.
        original: where it was published, "" where that is no address to send a browser to.
    """
    outlet = article.outlet
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": as_known(article.published, article.published_precision),
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name} if outlet else None,
        "inLanguage": article.language,
        "wordCount": article.word_count,
        "url": original or page,
        "isBasedOn": original,
        "archivedAt": page,
    }
    known = {name: value for name, value in said.items() if value}
    written = json.dumps(known, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(written)  # noqa: S308 - no sign that could end the element is left
