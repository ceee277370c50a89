"""What carries out the steps of calls: one driver blocks, the other awaits. Neither decides anything."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .answer import Answer
from .attempts import call
from .error import ConfigError, Error
from .interpret import Received
from .operation import Operation
from .options import RequestOptions
from .shared import Shared
from .steps import Lock, Send, Sleep, Step, Steps, Unlock

if TYPE_CHECKING:
    import anyio
    import httpx

T = TypeVar("T")


class Driver:
    """Makes calls that block."""

    def __init__(self, shared: Shared, http_client: httpx.Client | None) -> None:
        self.shared = shared
        self._http = http_client
        self._is_own = http_client is None
        self._is_closed = False
        self._locks: dict[Any, threading.Lock] = {}
        self._guard = threading.Lock()

    def call(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: RequestOptions | None
    ) -> Answer[Any]:
        return self.run(call(self.shared, operation, arguments, options))

    def run(self, steps: Steps[T]) -> T:
        """Carries out steps until they are done."""
        try:
            step = next(steps)
            while True:
                try:
                    result = self._carry_out(step)
                except BaseException as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            value: T = done.value
            return value

    def close(self) -> None:
        """Closes connections, unless the HTTP client is the caller's own."""
        self._is_closed = True
        if self._is_own and self._http is not None:
            self._http.close()

    def _carry_out(self, step: Step) -> Any:
        if isinstance(step, Send):
            return self._send(step)
        if isinstance(step, Sleep):
            time.sleep(step.seconds)
        elif isinstance(step, Lock):
            with self._guard:
                lock = self._locks.setdefault(step.key, threading.Lock())
            return lock.acquire(timeout=min(step.timeout, threading.TIMEOUT_MAX))
        elif isinstance(step, Unlock):
            self._locks[step.key].release()
        return None

    def _send(self, step: Send) -> Received:
        from . import http

        shared, timeout = self.shared, step.timeout
        if timeout <= 0:
            raise http.late(timeout)
        until = time.monotonic() + timeout
        request = http.outgoing(step.request, timeout, shared.connect_timeout)
        response, problem = None, None
        try:
            response = self._client().send(request, **http.SEND)
        except Exception as error:
            problem = error
        if response is None:
            raise _known(shared, problem, timeout)
        try:
            reading = http.Reading(shared, response)
            http.left(request, until - time.monotonic())
            try:
                for chunk in response.iter_bytes():
                    reading.add(chunk)
                    if time.monotonic() > until:
                        problem = http.late(timeout)
                        break
            except Exception as error:
                problem = error
            return reading.done() if problem is None else reading.failed(problem, timeout)
        finally:
            response.close()

    def _client(self) -> httpx.Client:
        import httpx

        from . import http

        if self._is_closed:
            raise ConfigError("the client was closed")
        with self._guard:
            if self._http is None:
                self._http = httpx.Client(follow_redirects=False, mounts=http.DIRECT, verify=http.tls())
            if self._http.is_closed:
                raise ConfigError("the HTTP client was closed")
            return self._http


class AsyncDriver:
    """Makes calls that are awaited, on asyncio or trio."""

    def __init__(self, shared: Shared, http_client: httpx.AsyncClient | None) -> None:
        self.shared = shared
        self._http = http_client
        self._is_own = http_client is None
        self._is_closed = False
        self._locks: dict[Any, anyio.Lock] = {}

    async def call(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: RequestOptions | None
    ) -> Answer[Any]:
        return await self.run(call(self.shared, operation, arguments, options))

    async def run(self, steps: Steps[T]) -> T:
        """Carries out steps until they are done."""
        try:
            step = next(steps)
            while True:
                try:
                    result = await self._carry_out(step)
                except BaseException as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(result)
        except StopIteration as done:
            value: T = done.value
            return value

    async def close(self) -> None:
        """Closes connections, unless the HTTP client is the caller's own."""
        self._is_closed = True
        if self._is_own and self._http is not None:
            await self._http.aclose()

    async def _carry_out(self, step: Step) -> Any:
        import anyio

        if isinstance(step, Send):
            return await self._send(step)
        if isinstance(step, Sleep):
            await anyio.sleep(step.seconds)
        elif isinstance(step, Lock):
            lock = self._locks.setdefault(step.key, anyio.Lock())
            with anyio.move_on_after(step.timeout):
                await lock.acquire()
                return True
            return False
        elif isinstance(step, Unlock):
            self._locks[step.key].release()
        return None

    async def _send(self, step: Send) -> Received:
        import anyio

        from . import http

        if step.timeout <= 0:
            raise http.late(step.timeout)
        with anyio.move_on_after(step.timeout):
            return await self._received(step)
        raise http.late(step.timeout)

    async def _received(self, step: Send) -> Received:
        from . import http

        shared, timeout = self.shared, step.timeout
        request = http.outgoing(step.request, timeout, shared.connect_timeout)
        response, problem = None, None
        try:
            response = await self._client().send(request, **http.SEND)
        except Exception as error:
            problem = error
        if response is None:
            raise _known(shared, problem, timeout)
        try:
            reading = http.Reading(shared, response)
            try:
                async for chunk in response.aiter_bytes():
                    reading.add(chunk)
            except Exception as error:
                problem = error
            return reading.done() if problem is None else reading.failed(problem, timeout)
        finally:
            await response.aclose()

    def _client(self) -> httpx.AsyncClient:
        import httpx

        from . import http

        if self._is_closed:
            raise ConfigError("the client was closed")
        if self._http is None:
            self._http = httpx.AsyncClient(follow_redirects=False, mounts=http.DIRECT, verify=http.tls())
        if self._http.is_closed:
            raise ConfigError("the HTTP client was closed")
        return self._http


def _known(shared: Shared, error: Exception | None, timeout: float) -> Error:
    """The error to raise where nothing else is handled: it has no context then, and that of httpx holds the request."""
    from . import http

    return error if isinstance(error, Error) else http.failure(shared, error or OSError(), timeout)
