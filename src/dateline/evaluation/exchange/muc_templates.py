"""MUC answer keys to the entity templates that papers score with CEAF-REE.

Roles are those of GRIT and GTT: their perpetrators, physical targets, weapons, and as victims
the names of human targets, without descriptions. Measured against their files for TST3; see
``docs/exchange.md``.
Source: Du, Rush and Cardie (2021), GRIT: Generative Role-filler Transformers for
Document-level Event Entity Extraction; their repository's processed MUC-4.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dateline.evaluation.exchange import muc_key as key
from dateline.evaluation.exchange.muc import key_files
from dateline.evaluation.exchange.reading_files import read_text

ROLES: dict[str, int] = {
    "perp_individual_id": key.PERP_INDIVIDUAL,
    "perp_organization_id": key.PERP_ORGANIZATION,
    "phys_tgt_id": key.PHYS_TARGET,
    "hum_tgt_name": key.HUM_NAME,
    "weapon_id": key.INSTRUMENT_ID,
}
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def entity_templates(path: Path) -> list[dict[str, Any]]:
    """One entry for each message of a key: ``{"docid", "gold": {role: [[alternative, ...]]}}``.

    Entities of all templates of a message stand together, each once, optional ones among them;
    strings are in lower case. An alternative with a bracketed second name is left out where there
    is one without, and so is an entity all of whose names another one has already. A message
    without incidents has empty roles.

    Args:
        path: the key file, or a folder in which every ``key-*`` is read.

    Raises:
        GoldError: a key is missing or malformed.
    """
    found: dict[str, dict[str, list[list[str]]]] = {}
    for file in key_files(path):
        for template in key.read_key(read_text(file), file=str(file)):
            roles = found.setdefault(template.message, {role: [] for role in ROLES})
            for role, slot in ROLES.items():
                for fill in template.get(slot):
                    _add(roles[role], [value.lower() for value in fill.values])
    return [{"docid": id, "gold": roles} for id, roles in found.items()]


def _add(entities: list[list[str]], names: list[str]) -> None:
    plain = [name for name in names if not _BRACKETED.search(name)] or names
    if not any(set(plain) <= set(entity) for entity in entities):
        entities.append(list(dict.fromkeys(plain)))
