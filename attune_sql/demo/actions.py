"""What an action does when a worker runs it."""

from __future__ import annotations

import http.client
import statistics
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

HTTP_SECONDS = 5.0
MOST_BYTES = 1 << 20

# Without the proxies of the environment: the pages of the demo are on this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `completed` or `failed`, and the result for the execution."""

    status: Literal["completed", "failed"]
    result: Mapping[str, Any]


def run_http(parameters: Mapping[str, Any]) -> Outcome:
    """Request `url`; failed when it cannot be reached or answers 400 or more."""
    url = parameters.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return Outcome("failed", {"error": "url must begin with http:// or https://"})
    try:
        with _opener.open(url, timeout=HTTP_SECONDS) as response:
            return Outcome("completed", {"status": response.status, "bytes": len(response.read(MOST_BYTES))})
    except urllib.error.HTTPError as error:
        with error:
            return Outcome("failed", {"status": error.code, "bytes": len(error.read(MOST_BYTES))})
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Outcome("failed", {"error": str(getattr(error, "reason", error)) or type(error).__name__})


def run_statistics(parameters: Mapping[str, Any]) -> Outcome:
    """Count, average and find the maximum of `values`; failed when they are not numbers, or none."""
    values = parameters.get("values")
    if not isinstance(values, list) or not values or not all(map(_is_number, values)):
        return Outcome("failed", {"error": "values must be a list of numbers, and not empty"})
    return Outcome(
        "completed", {"count": len(values), "mean": round(statistics.fmean(values), 3), "maximum": max(values)}
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


RUNNERS = {"http": run_http, "statistics": run_statistics}
"""The runners whose actions are over when they return."""
