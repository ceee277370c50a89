"""A call as a series of attempts: sent again where that is worth it, safe, in time, and within the client's budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from . import oauth
from .answer import Answer
from .call import Call, encode
from .error import ApiError, ArgumentError, DecodeError, Error
from .interpret import interpret, with_answer
from .operation import Operation
from .options import RequestOptions
from .prepare import Grant, Request, idempotency, prepare
from .problem import Problem
from .retry import RetryPolicy, Situation
from .secret import SHORTEST_SECRET, carried, without
from .shared import Shared
from .steps import Send, Sleep, Steps


@dataclass(frozen=True, repr=False)
class Plan:
    """How a call is made: what all of its attempts have in common."""

    operation: str
    retry_class: str
    policy: RetryPolicy
    retry_ambiguous: bool
    timeout: float
    """Seconds for one attempt."""
    deadline: float | None
    """By the client's clock, for all of them and the waits between."""
    idempotency_key: str | None
    secrets: tuple[str, ...]
    """What the call sends and nothing may show, the server's words included."""


def call(
    shared: Shared, operation: Operation[Any], arguments: Mapping[str, Any], options: RequestOptions | None
) -> Steps[Answer[Any]]:
    """Makes a call and gives its answer, decoded."""
    try:
        own = checked(options)
        encoded = encode(operation, arguments)
    except Error as error:
        error.operation = operation.id
        raise
    return (yield from encoded_call(shared, operation, encoded, own))


def encoded_call(
    shared: Shared, operation: Operation[Any], encoded: Call, options: RequestOptions
) -> Steps[Answer[Any]]:
    """Makes a call whose arguments are written already."""
    try:
        key = idempotency(shared, operation, options)
        request = prepare(shared, operation, encoded, options, key)
    except Error as error:
        error.operation = operation.id
        raise
    plan = _plan(shared, operation, encoded, options, key)
    answer = yield from _attempts(shared, plan, request)
    try:
        return replace(answer, value=operation.decode(answer))
    except Problem as problem:
        unread = with_answer(shared, DecodeError(str(problem)), answer)
        unread.operation = operation.id
        unread.attempts, unread.idempotency_key = answer.attempts, key
        unread.outcome_unknown = operation.retry != "safe"
        raise unread from None


def checked(options: RequestOptions | None) -> RequestOptions:
    """The options, if they are ones."""
    own = options or {}
    unknown = sorted(set(own) - set(RequestOptions.__annotations__))
    if unknown:
        raise ArgumentError(f"there is no option {unknown[0]!r}")
    return own


def _plan(shared: Shared, operation: Operation[Any], encoded: Call, options: RequestOptions, key: str | None) -> Plan:
    total = options.get("total_timeout", shared.total_timeout)
    secrets = [*encoded.secrets, *(part for value in options.get("headers", {}).values() for part in carried(value))]
    return Plan(
        operation.id,
        operation.retry,
        replace(shared.policy, most=options.get("max_retries", shared.policy.most)),
        options.get("retry_ambiguous", False),
        options.get("timeout", shared.timeout),
        None if total is None else shared.clock() + total,
        key,
        tuple(secret for secret in secrets if len(secret) >= SHORTEST_SECRET),
    )


def _attempts(shared: Shared, plan: Plan, request: Request) -> Steps[Answer[None]]:
    retries, sent, ambiguous = 0, [0], False
    while True:
        try:
            answer = yield from _once(shared, plan, request, sent)
            shared.budget.reward()
            return replace(answer, attempts=sent[0])
        except Error as error:
            error.operation = plan.operation
            # A later attempt that was refused does not undo what this one may have done.
            ambiguous = ambiguous or error.may_have_happened
            error.attempts, error.idempotency_key = sent[0], plan.idempotency_key
            error.outcome_unknown = ambiguous and plan.retry_class != "safe"
            wait = _wait(shared, plan, error, retries)
            if wait is None:
                raise
        yield Sleep(wait)
        retries += 1


def _wait(shared: Shared, plan: Plan, error: Error, retries: int) -> float | None:
    """How long to wait before the call is sent again; `None` when it is not."""
    if error.remedy == "none":
        if error.status is not None:
            shared.budget.reward()
        return None
    left = None if plan.deadline is None else max(0.0, plan.deadline - shared.clock())
    situation = Situation(plan.retry_class, plan.retry_ambiguous, retries, error.retry_after, left)
    wait = plan.policy.wait(error.remedy, situation, shared.chance())
    return wait if wait is not None and shared.budget.take() else None


def _once(shared: Shared, plan: Plan, request: Request, sent: list[int]) -> Steps[Answer[None]]:
    """Makes one attempt, with a token where one is needed."""
    try:
        if request.grant is None:
            return (yield from _send(shared, plan, request, sent))
        return (yield from _authorized(shared, plan, request, request.grant, sent))
    except Error as error:
        for secret in plan.secrets:
            error._without(secret)
        raise


def _authorized(shared: Shared, plan: Plan, request: Request, grant: Grant, sent: list[int]) -> Steps[Answer[None]]:
    """Sends the request with a token. A server that refuses it has done nothing, so another is fetched, once."""
    for is_last in (False, True):
        token = yield from oauth.token(shared, grant, _time(shared, plan))
        try:
            answer = yield from _send(shared, plan, request.carrying(f"Bearer {token}"), sent)
        except Error as error:
            error._without(token)
            is_refused = isinstance(error, ApiError) and error.status == 401
            if is_refused:
                oauth.forget(shared, grant, token)
            if is_last or not is_refused:
                raise
        else:
            request_id = answer.request_id
            return replace(answer, request_id=None if request_id is None else without(request_id, token))
    raise AssertionError("the last token was refused, which was raised")


def _send(shared: Shared, plan: Plan, request: Request, sent: list[int]) -> Steps[Answer[None]]:
    sent[0] += 1
    received = yield Send(request, _time(shared, plan))
    return interpret(shared, received)


def _time(shared: Shared, plan: Plan) -> float:
    """Seconds that the next step may take."""
    if plan.deadline is None:
        return plan.timeout
    return min(plan.timeout, max(0.0, plan.deadline - shared.clock()))
