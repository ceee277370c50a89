"""What type checkers make of calls: `mypy --strict` and pyright find nothing here, and what is ignored is an error
indeed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omise_sdk import OMIT, AsyncClient, Client, params, types

if TYPE_CHECKING:
    from typing_extensions import assert_type

    from omise_sdk import Answer, AsyncListing, Listing


def blocking(client: Client) -> None:
    assert_type(client.charges.retrieve("a"), types.Charge)
    assert_type(client.charges.list(), Listing[types.List[types.Charge], types.Charge])
    assert_type(client.charges.list().page().data, list[types.Charge])
    assert_type(client.charges.with_raw_response.retrieve("a"), Answer[types.Charge])
    assert_type(client.charges.retrieve("a").customer, str | types.Customer | None)
    assert_type(types.Currency.THB, types.Currency)
    for charge in client.charges.list(limit=5):
        assert_type(charge, types.Charge)
    fee: params.CreateChargePlatformFee = {"fixed": 5}
    client.charges.create(amount=1, currency="tomorrow", platform_fee=fee, options={"timeout": 5})


async def awaited(client: AsyncClient) -> None:
    assert_type(await client.charges.retrieve("a"), types.Charge)
    assert_type(client.charges.list(), AsyncListing[types.List[types.Charge], types.Charge])
    assert_type(await client.charges.list(), types.List[types.Charge])
    assert_type(await client.charges.with_raw_response.list(), Answer[types.List[types.Charge]])
    async for charge in client.charges.list():
        assert_type(charge, types.Charge)


def refused(client: Client) -> None:
    client.charges.create(amount="1", currency="thb")  # type: ignore[arg-type]
    client.charges.create(currency="thb")  # type: ignore[call-arg]
    client.charges.create(amount=1, currency="thb", card=OMIT)  # type: ignore[arg-type]
    client.charges.create(amount=1, currency="thb", platform_fee={"new": 1})  # type: ignore[arg-type]
    client.charges.create(amount=1, currency="thb", options={"new": 1})  # type: ignore[arg-type]
    client.charges.retrieve()  # type: ignore[call-arg]
    client.charges.nothing()  # type: ignore[attr-defined]
    types.Nothing  # type: ignore[attr-defined]  # noqa: B018
    Client(nothing=5)  # type: ignore[call-arg]
