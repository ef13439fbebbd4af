"""Random values that fit a JSON schema: the payloads of events."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any
from urllib.parse import urljoin

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbour")
LONGEST_ARRAY = 5


class Payloads:
    """Makes payloads; the same `random` gives the same ones.

    base_url: what a text of the format `uri` is resolved against.
    """

    def __init__(self, random: Random, base_url: str) -> None:
        self._random = random
        self._base_url = base_url

    def examples(self, schema: Mapping[str, Any]) -> list[Any]:
        """Return the examples that a schema gives itself."""
        listed = schema.get("examples")
        return [self._resolve(example, schema) for example in listed] if isinstance(listed, list) else []

    def make(self, schema: Mapping[str, Any]) -> Any:
        """Return a value that fits: type, properties, items, enum, minimum, maximum, minItems, maxItems, format."""
        if isinstance(choices := schema.get("enum"), list) and choices:
            return self._resolve(self._random.choice(choices), schema)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        match kind[0] if isinstance(kind, list) and kind else kind:
            case "object":
                return {name: self.make(inner) for name, inner in _properties(schema).items()}
            case "array":
                fewest = int(schema.get("minItems", 0))
                most = max(fewest, int(schema.get("maxItems", fewest + LONGEST_ARRAY)))
                return [self.make(schema.get("items", {})) for _ in range(self._random.randint(fewest, most))]
            case "integer":
                return self._random.randint(*self._bounds(schema))
            case "number":
                low, high = self._bounds(schema)
                return round(self._random.uniform(low, high), 3)
            case "boolean":
                return self._random.random() < 0.5
            case "null":
                return None
            case _:
                return self._resolve(self._random.choice(WORDS), schema)

    def _bounds(self, schema: Mapping[str, Any]) -> tuple[int, int]:
        low = int(schema.get("minimum", 0))
        return low, max(low, int(schema.get("maximum", low + 1000)))

    def _resolve(self, value: Any, schema: Mapping[str, Any]) -> Any:
        if isinstance(value, dict):
            properties = _properties(schema)
            return {name: self._resolve(inner, properties.get(name, {})) for name, inner in value.items()}
        if isinstance(value, list):
            items = schema.get("items", {})
            return [self._resolve(inner, items) for inner in value]
        return urljoin(self._base_url, value) if schema.get("format") == "uri" and isinstance(value, str) else value


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = schema.get("properties", {})
    return {name: inner for name, inner in properties.items() if isinstance(inner, dict)}
