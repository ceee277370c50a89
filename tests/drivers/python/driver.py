"""Makes the calls that stand on its input, one a line, by the public names of a Python SDK, and says what came of each.

Its first argument is the package to import. A second, `async`, has the calls made by the client that is awaited.
"""

from __future__ import annotations

import asyncio
import base64
import importlib
import inspect
import json
import sys
from decimal import Decimal
from typing import Any

sdk: Any = None


def main() -> None:
    global sdk
    sdk = importlib.import_module(sys.argv[1])
    is_async = sys.argv[2:] == ["async"]
    for line in sys.stdin:
        if line.strip():
            call = json.loads(line, parse_float=Decimal)
            answer = {"id": call["id"], **(asyncio.run(awaited(call)) if is_async else blocking(call))}
            print(written(answer), flush=True)


def blocking(call: dict[str, Any]) -> dict[str, Any]:
    if call["mode"] == "webhook":
        return delivered(call)
    try:
        with sdk.Client(**settings(call["client"])) as client:
            method, positional, named = target(client, call)
            if call["mode"] == "raw":
                return {"answer": raw(method(*positional, **named))}
            result = method(*positional, **named)
            if call["mode"] == "items":
                return items(result, call.get("limit"))
            if isinstance(result, sdk.Listing):
                result = result.page()
            return {"value": encoded(result)}
    except sdk.Error as error:
        return {"error": told(error)}


async def awaited(call: dict[str, Any]) -> dict[str, Any]:
    if call["mode"] == "webhook":
        return delivered(call)
    try:
        async with sdk.AsyncClient(**settings(call["client"])) as client:
            method, positional, named = target(client, call)
            result = method(*positional, **named)
            if call["mode"] == "items":
                return await async_items(result, call.get("limit"))
            result = await result
            return {"answer": raw(result)} if call["mode"] == "raw" else {"value": encoded(result)}
    except sdk.Error as error:
        return {"error": told(error)}


def settings(given: dict[str, Any]) -> dict[str, Any]:
    """The settings of a client."""
    found: dict[str, Any] = {name: credential(value) for name, value in given.get("auth", {}).items()}
    found |= given.get("headers", {})
    if given.get("servers"):
        found["base_url"] = given["servers"]
    if "max_retries" in given:
        found["max_retries"] = given["max_retries"]
    if given.get("timeout_ms"):
        found["timeout"] = given["timeout_ms"] / 1000
    if given.get("total_timeout_ms"):
        found["total_timeout"] = given["total_timeout_ms"] / 1000
    if given.get("allow_unverified"):
        found["allow_unverified"] = True
    if "retry_wait_ms" in given:
        found["backoff_base"] = found["backoff_cap"] = given["retry_wait_ms"] / 1000
    fetched = [
        name for name, value in given.get("auth", {}).items() if isinstance(value, dict) and "client_id" in value
    ]
    if fetched:
        # The server that stands in for the API gives tokens too.
        host = next(iter(given["servers"].values()))
        found["token_urls"] = dict.fromkeys(fetched, f"{host}/token")
    return found


def credential(value: Any) -> Any:
    if isinstance(value, dict):
        return (value.get("username", value.get("client_id")), value.get("password", value.get("client_secret")))
    return value


def target(client: Any, call: dict[str, Any]) -> tuple[Any, list[Any], dict[str, Any]]:
    """The method that a call names, and its arguments."""
    resource = member(client, "_".join(call["resource"]))
    if call["mode"] == "raw":
        resource = resource.with_raw_response
    method = member(resource, "_".join(call["method"]))
    parameters = inspect.signature(method).parameters
    positional, named = [], {}
    for argument in call["args"]:
        name = "_".join(argument["name"])
        name = name if name in parameters else f"{name}_"
        if argument["place"] == "path":
            positional.append((list(parameters).index(name), given(argument["value"])))
        else:
            named[name] = given(argument["value"])
    named["options"] = options(call.get("options") or {})
    return method, [value for _, value in sorted(positional, key=lambda pair: pair[0])], named


def member(of: Any, name: str) -> Any:
    """A member by its name, or by the one it has where that is reserved."""
    return getattr(of, name, None) or getattr(of, f"{name}_")


def given(value: Any) -> Any:
    """An argument: files and bytes stand in JSON under names of their own."""
    if isinstance(value, list):
        return [given(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$file" in value:
        file = value["$file"]
        return sdk.File(file["name"], base64.b64decode(file["base64"]), file.get("type"))
    if "$base64" in value:
        return base64.b64decode(value["$base64"])
    return {key: given(item) for key, item in value.items()}


def options(of: dict[str, Any]) -> dict[str, Any]:
    names = ("idempotency_key", "headers", "max_retries", "retry_ambiguous")
    found: dict[str, Any] = {name: of[name] for name in names if name in of}
    for name in ("timeout", "total_timeout"):
        if of.get(f"{name}_ms"):
            found[name] = of[f"{name}_ms"] / 1000
    return found


def items(listing: Any, limit: int | None) -> dict[str, Any]:
    found: list[Any] = []
    try:
        for item in listing:
            found.append(encoded(item))
            if limit is not None and len(found) >= limit:
                break
    except sdk.Error as error:
        return {"items": found, "error": told(error)}
    return {"items": found}


async def async_items(listing: Any, limit: int | None) -> dict[str, Any]:
    found: list[Any] = []
    try:
        async for item in listing:
            found.append(encoded(item))
            if limit is not None and len(found) >= limit:
                break
    except sdk.Error as error:
        return {"items": found, "error": told(error)}
    return {"items": found}


def encoded(value: Any) -> Any:
    """A value as JSON holds it; objects by what their attributes became."""
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode()}
    return sdk.to_plain(value)


def raw(answer: Any) -> dict[str, Any]:
    found = {"status": answer.status, "body_base64": base64.b64encode(answer.body).decode()}
    return found if answer.request_id is None else {**found, "request_id": answer.request_id}


def told(error: Any) -> dict[str, Any]:
    found = {
        "kind": error.kind,
        "status": error.status,
        "code": error.code,
        "message": error.message or None,
        "request_id": error.request_id,
        "attempts": error.attempts,
        "retryable": error.is_retryable,
        "outcome_unknown": error.outcome_unknown,
        "idempotency_key": error.idempotency_key,
    }
    return {name: value for name, value in found.items() if value is not None}


_CODES = {"too_old": "stale", "too_new": "stale", "missing_header": "missing", "bad_header": "malformed"}


def delivered(webhook: dict[str, Any]) -> dict[str, Any]:
    try:
        verifier = sdk.webhooks.Verifier(webhook["secrets"], clock=lambda: webhook["now"])
        event = verifier.verify(webhook["headers"], base64.b64decode(webhook["body_base64"]))
    except sdk.webhooks.WebhookError as error:
        return {"error": {"kind": "webhook", "code": _CODES.get(error.kind, error.kind)}}
    return {"value": encoded(event)}


def written(value: Any) -> str:
    """JSON on one line, in which numbers keep their digits."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


if __name__ == "__main__":
    main()
