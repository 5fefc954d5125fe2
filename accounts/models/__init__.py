"""People and organizations. What a person may do to an entry is not known here."""

from accounts.models.addresses import AddressCheck
from accounts.models.allowances import Allowance
from accounts.models.organizations import Domain, Membership, Organization, Province
from accounts.models.people import User
from accounts.models.verification import Verification, Vouch

__all__ = [
    "AddressCheck", "Allowance", "Domain", "Membership", "Organization", "Province", "User",
    "Verification", "Vouch",
]  # fmt: skip
