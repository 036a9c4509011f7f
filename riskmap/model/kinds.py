"""Kinds of third party: the closed list of those the tool has a word for.

A third party may be of any other kind too; then it is called a third party. What a model declares
``not_applicable`` must be on this list, since a kind nobody asks about cannot be answered.
"""

from collections.abc import Mapping
from types import MappingProxyType

THIRD_PARTY_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "app-store": "app store",
        "block-list": "block list",
        "card-scheme": "card scheme",
        "carrier": "carrier",
        "cdn": "delivery network",
        "certificate-authority": "certificate authority",
        "certificate-transparency": "certificate log",
        "identity": "identity service",
        "package-registry": "package registry",
        "recipient-policy": "recipient\u2019s rule",
        "registrar": "registrar",
        "registry": "registry",
        "regulator": "regulator",
        "reputation": "score",
        "resolver": "name server",
        "root-store": "root-store programme",
        "safe-browsing": "warning list",
        "sanctions": "export rule",
        "time": "time source",
        "transit": "network carrier",
        "update-channel": "update channel",
    }
)
"""Each kind in the words of a director."""
