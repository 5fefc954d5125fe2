"""The history of entries: one row for each decision, numbered, chained, and sealed.

A row's digest covers its words and the digest of the row before, so a byte that is changed, a
row that is taken out or put in, shows in `broken()`. Values about people are covered through
seals: digests with a salt of their own, kept apart with the value. Erasing a value takes its
salt along; the seal stays, tells nothing, and the chain holds.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from curation.models import Decision, Entry, PersonalValue

SEALED = {"sealed": True}
Role = Decision.Role


def write(
    entry: Entry,
    verb: str,
    *,
    by: Any,
    role: str,
    note: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    personal: Collection[str] = (),
) -> Decision:
    """Write one decision down and give the entry its number as the new version.

    `entry` is locked by the caller and fresh; `personal` names the fields whose values are
    about a person. `by` is a user or None.
    """
    sides = {"before": dict(before or {}), "after": dict(after or {})}
    apart = _taken_apart(sides, personal)
    if note:
        apart["note"] = note
    salts = {name: secrets.token_hex(16) for name in apart}
    decision = Decision(
        entry=entry,
        number=entry.version + 1,
        verb=verb,
        by=by,
        actor=getattr(by, "pseudonym", None),
        role=role,
        at=timezone.now(),
        note=note,
        seals={name: _seal(salts[name], value) for name, value in apart.items()},
        **sides,
    )
    decision.digest = digest(decision, _digest_before(decision))
    decision.save()
    _keep_apart(decision, apart, salts)
    entry.version = decision.number
    entry.save(update_fields=["version"])
    return decision


def both_sides(decision: Decision) -> tuple[dict[str, Any], dict[str, Any]]:
    """Before and after, with the values about people that have not been erased put back."""
    kept = {row.name: row.value for row in decision.personal.all()}
    before, after = (
        {
            name: kept.get(f"{side}.{name}", SEALED) if value == SEALED else value
            for name, value in getattr(decision, side).items()
        }
        for side in ("before", "after")
    )
    return before, after


def erase(decision: Decision, names: Collection[str]) -> None:
    """Erase values about people; their seals stay, so the chain holds."""
    PersonalValue.objects.filter(decision=decision, name__in=names).delete()
    if "note" in names:
        Decision.objects.filter(pk=decision.pk).update(note="")


def broken(entry: Entry) -> list[int]:
    """The numbers of the decisions at which the chain of an entry does not hold.

    A gap, a changed row and a changed value about a person each show; [] where all is well.
    Rows from before there were digests open the chain and are not judged.
    """
    rows = list(
        entry.decisions.order_by("number").select_related("by").prefetch_related("personal")
    )
    found = [row.number for place, row in enumerate(rows, start=1) if row.number != place]
    last = ""
    for row in rows:
        chained = not (row.digest or last) or row.digest == digest(row, last)
        if not (chained and _is_as_sealed(row) and _is_by_its_actor(row)):
            found.append(row.number)
        last = row.digest
    if rows and rows[-1].number != entry.version:
        found.append(entry.version)
    return sorted(set(found))


def seal(count: int | None = None) -> tuple[str, int]:
    """One digest over the first `count` decisions of the whole site, and how many these are.

    It leaves the house with the reviewers' daily mail. Whoever rewrites the past, digests and
    all, cannot rewrite those mails.
    """
    rows = Decision.objects.order_by("pk").values_list("digest", flat=True)
    whole, number = hashlib.sha256(), 0
    for each in rows[:count].iterator(chunk_size=2000) if count else rows.iterator():
        whole.update(each.encode())
        number += 1
    return whole.hexdigest()[:32], number


def digest(decision: Decision, before: str) -> str:
    """The digest of one row over its words and the digest before it: 64 hexadecimal digits."""
    covered = {
        "entry": decision.entry_id,
        "number": decision.number,
        "verb": decision.verb,
        "actor": str(decision.actor or ""),
        "role": decision.role,
        "at": decision.at.isoformat(),
        "before": decision.before,
        "after": decision.after,
        "seals": decision.seals,
        "last": before,
    }
    return hashlib.sha256(_canonical(covered)).hexdigest()


def _taken_apart(sides: dict[str, dict[str, Any]], personal: Collection[str]) -> dict[str, Any]:
    """The values about people, by "side.field"; what stays in their place says only that."""
    apart = {}
    for side, values in sides.items():
        for name in values.keys() & set(personal):
            if values[name] not in (None, "", []):
                apart[f"{side}.{name}"] = values[name]
                values[name] = SEALED
    return apart


def _keep_apart(decision: Decision, apart: dict[str, Any], salts: dict[str, str]) -> None:
    """Keep the values about people with their salts; the words of a note stay in its row."""
    PersonalValue.objects.bulk_create(
        PersonalValue(
            decision=decision,
            name=name,
            salt=salts[name],
            value=None if name == "note" else value,
        )
        for name, value in apart.items()
    )


def _seal(salt: str, value: Any) -> str:
    return hashlib.sha256(salt.encode() + _canonical(value)).hexdigest()


def _is_as_sealed(decision: Decision) -> bool:
    """Whether every value about a person that is still there is the one that was sealed."""
    kept = {row.name: row for row in decision.personal.all()}
    if decision.note and decision.digest and "note" not in kept:
        return False
    return all(
        decision.seals.get(name) == _seal(row.salt, decision.note if name == "note" else row.value)
        for name, row in kept.items()
    )


def _is_by_its_actor(decision: Decision) -> bool:
    """Whether the person named is the one under whose pseudonym it was written."""
    return not (decision.by and decision.digest) or decision.by.pseudonym == decision.actor


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _digest_before(decision: Decision) -> str:
    last = Decision.objects.filter(entry=decision.entry, number=decision.number - 1).first()
    return last.digest if last else ""
