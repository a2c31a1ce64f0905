"""``dateline schema``: the JSON Schemas of records and drafts, and whether providers take them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import SchemaError

if TYPE_CHECKING:
    from pydantic import BaseModel

TAXONOMY = click.option(
    "--taxonomy",
    default="acled",
    show_default=True,
    help="Event types of the draft: acled, muc4 or a taxonomy file.",
)


@click.group()
def schema() -> None:
    """Export and check JSON Schemas."""


@schema.command()
@click.argument("name", type=click.Choice(["extraction", "failure", "draft"]), default="extraction")
@TAXONOMY
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for the schema, else standard output.",
)
def export(name: str, taxonomy: str, out: Path | None) -> None:
    """Write a JSON Schema (draft 2020-12).

    extraction and failure are the lines of results; draft is what a model is asked to fill in.
    """
    import json

    from dateline.cli.destination import check_folders, replacing
    from dateline.records import Extraction, Failure

    check_folders(out)
    records: dict[str, type[BaseModel]] = {"extraction": Extraction, "failure": Failure}
    model = records.get(name) or _draft(taxonomy)
    mode: Any = "validation" if name == "draft" else "serialization"
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode=mode),
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    with replacing(out) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


@schema.command()
@click.option("--provider", "-p", help="Provider of the configuration, else the default one.")
@click.option(
    "--config",
    "-c",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration file, else the nearest one.",
)
@TAXONOMY
@click.option(
    "--model",
    "reference",
    metavar="MODULE:CLASS",
    help="Check a Pydantic model of your own instead of the draft.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def lint(
    ctx: click.Context,
    provider: str | None,
    config: Path | None,
    taxonomy: str,
    reference: str | None,
    as_json: bool,
) -> None:
    """Say what a provider rejects or ignores in a schema; exit with 1 where it rejects a part.

    Nothing is called.
    """
    from dataclasses import asdict

    from dateline.cli.printing import print_json
    from dateline.config import load_config
    from dateline.schema_lint import lint as findings_in
    from dateline.schema_lint import summary

    settings = load_config(config).provider(provider)
    model = _imported(reference) if reference else _draft(taxonomy)
    found = findings_in(_schema_of(model), family=f"{settings.kind}+{settings.mode_used}")
    rejected = [finding for finding in found if finding.severity == "rejected"]
    if as_json:
        print_json(
            {
                "provider": settings.name,
                "kind": settings.kind,
                "mode": settings.mode_used,
                "schema": reference or "draft",
                "ok": not rejected,
                "findings": [asdict(finding) for finding in found],
            }
        )
    else:
        for line in summary(found):
            click.echo(line)
        if not rejected:
            click.echo(f"{reference or 'draft'}: nothing that {settings.name} would refuse")
    if rejected:
        ctx.exit(1)


def _draft(taxonomy: str) -> type[BaseModel]:
    from dateline.drafts import draft_model
    from dateline.taxonomy import load_taxonomy

    return draft_model(load_taxonomy(taxonomy).sub_event_types)


def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    from pydantic.errors import PydanticInvalidForJsonSchema, PydanticUserError

    try:
        return model.model_json_schema()
    except (PydanticInvalidForJsonSchema, PydanticUserError) as error:
        raise SchemaError(
            f"no JSON Schema can be made of this model: {error.message}",
            where=model.__name__,
            remedy="Use fields of plain types, lists and nested models.",
        ) from error


def _imported(reference: str) -> type[BaseModel]:
    import sys

    from pydantic import BaseModel

    module, colon, name = reference.partition(":")
    if not (module and colon and name):
        raise click.BadParameter(f"{reference!r} is not MODULE:CLASS.", param_hint="--model")
    # As for ``python -m``: a module beside the user's files can be named.
    sys.path.insert(0, "")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise SchemaError(
            f"cannot import it ({error})", where=reference, remedy="Check the module and the name."
        ) from error
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise SchemaError("this is no Pydantic model", where=reference)
    return found
