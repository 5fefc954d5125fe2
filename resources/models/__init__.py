"""The library's tables."""

from resources.models.choices import (
    AgencySize,
    Kind,
    Level,
    Licence,
    Method,
    Money,
    Outcome,
    PlaceSize,
    StaffTime,
    Verdict,
    Visibility,
)
from resources.models.collections import Collection, CollectionItem
from resources.models.corroborations import Corroboration
from resources.models.files import Material, Upload
from resources.models.resource import (
    CRITERIA,
    Lesson,
    Resource,
    ResourceFormat,
    ResourceProvince,
)

__all__ = [
    "CRITERIA",
    "AgencySize",
    "Collection",
    "CollectionItem",
    "Corroboration",
    "Kind",
    "Lesson",
    "Level",
    "Licence",
    "Material",
    "Method",
    "Money",
    "Outcome",
    "PlaceSize",
    "Resource",
    "ResourceFormat",
    "ResourceProvince",
    "StaffTime",
    "Upload",
    "Verdict",
    "Visibility",
]
