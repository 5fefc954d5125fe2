"""The directory shelf: communities of practice, partnerships, networks and chat groups."""

from cop_directory.models.choices import PARTNERSHIPS, Join, Kind, Rhythm, Scope
from cop_directory.models.invitations import Invitation, InvitationShown, JoinRequest
from cop_directory.models.kinds import Chat, Partnership, Practice
from cop_directory.models.listing import Listing, ListingFormat, ListingProvince, Meeting
from cop_directory.models.places import Place
from cop_directory.models.platforms import Platform, PlatformFact

__all__ = [
    "PARTNERSHIPS", "Chat", "Invitation", "InvitationShown", "Join", "JoinRequest",
    "Kind", "Listing", "ListingFormat", "ListingProvince", "Meeting", "Partnership", "Place",
    "Platform", "PlatformFact", "Practice", "Rhythm", "Scope",
]  # fmt: skip
