"""Compares a YAML document with its JSON Schema and says in plain words where it differs."""

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from regional_index.errors import Problem
from regional_index.files import read_bytes
from regional_index.read.yaml_files import Document

_TYPES = {
    "object": "a map of keys and values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_LIMITS = {
    "minimum": "a number of at least {0}",
    "maximum": "a number of at most {0}",
    "exclusiveMinimum": "a number above {0}",
    "exclusiveMaximum": "a number below {0}",
    "minItems": "at least {0} in the list",
    "maxItems": "at most {0} in the list",
    "minProperties": "at least {0} key",
    "uniqueItems": "each item once",
    "const": "{0}",
}


def check_schema(document: Document, schema: str) -> list[Problem]:
    """Every difference of a document from a schema, but for values that reading it refused already.

    In a schema, `description` says what is expected and `remedy` what to do.

    Args:
        document: A YAML file as read.
        schema: Name of the schema, e.g. `framework` for `schemas/framework.schema.json`.
    """
    errors = _validator(schema).iter_errors(document.data)
    wrong = (error for error in errors if tuple(error.absolute_path) not in document.refused)
    return [problem for error in wrong for problem in _problems(document, error)]


@cache
def schema_of(name: str) -> Mapping[str, Any]:
    """A schema with definitions in place of references to them. Not to be changed."""
    path = Path(__file__).parent / "schemas" / f"{name}.schema.json"
    definitions = json.loads(read_bytes(path))
    return _resolve(definitions, definitions.get("$defs", {}))


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(schema))


def _resolve(part: Any, definitions: Mapping[str, Any]) -> Any:
    """Put definitions in place of references to them; it halves the time of checking an edition."""
    if isinstance(part, list):
        return [_resolve(item, definitions) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return definitions[part["$ref"].removeprefix("#/$defs/")]
    for key, value in part.items():
        part[key] = _resolve(value, definitions)
    return part


def _problems(document: Document, error: Any) -> Iterator[Problem]:
    path, rule = tuple(error.absolute_path), str(error.validator)
    if rule in ("required", "dependentRequired"):
        yield _missing(document, path, error)
    elif rule == "additionalProperties":
        yield from _unknown_keys(document, path, error)
    elif error.parent is None and "propertyNames" in error.absolute_schema_path:
        expected = error.schema.get("description", "another key")
        yield document.problem((*path, error.instance), error.instance, expected, "rename the key")
    else:
        yield document.problem(path, error.instance, _expected(error, rule), _remedy(document, path, error, rule))


def _missing(document: Document, path: tuple, error: Any) -> Problem:
    needed = error.validator_value
    if isinstance(needed, dict):
        needed = [name for key, names in needed.items() if key in error.instance for name in names]
    keys = [key for key in needed if key not in error.instance]
    expected = error.schema.get("description") or ", ".join(f"`{key}`" for key in keys)
    remedy = error.schema.get("remedy", "add what is missing")
    return Problem(document.file, document.place(path), "", expected, remedy)


def _unknown_keys(document: Document, path: tuple, error: Any) -> Iterator[Problem]:
    known = list(error.schema.get("properties", ()))
    for key in error.instance:
        if key not in known:
            near = get_close_matches(key, known, 1)
            remedy = f"write `{near[0]}`" if near else "remove it"
            yield document.problem((*path, key), key, f"one of the keys {', '.join(known)}", remedy)


def _expected(error: Any, rule: str) -> str:
    if isinstance(error.schema, Mapping) and "description" in error.schema:
        return error.schema["description"]
    if rule == "type":
        return _TYPES[error.validator_value]
    if rule == "enum":
        return "one of " + ", ".join(str(value) for value in error.validator_value)
    return str(_LIMITS.get(rule, error.message)).format(_written(error.validator_value))


def _remedy(document: Document, path: tuple, error: Any, rule: str) -> str:
    if isinstance(error.schema, Mapping) and "remedy" in error.schema:
        return error.schema["remedy"]
    if rule == "type" and error.validator_value == "string" and path in document.raw and error.instance is not None:
        why = ", so that its decimals survive" if isinstance(error.instance, float) else ""
        return f'put it in quotes{why}: "{document.raw[path]}"'
    if rule == "type" and error.validator_value in ("number", "integer") and isinstance(error.instance, str):
        return "write it without quotes, spaces or unit"
    if rule == "enum" and isinstance(error.instance, str):
        near = get_close_matches(error.instance, [str(value) for value in error.validator_value], 1)
        return f"write {near[0]}" if near else "choose one of them"
    return "fill it in" if error.instance in (None, "", [], {}) else "correct the value"


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
