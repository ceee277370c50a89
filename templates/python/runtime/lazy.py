"""Modules that are loaded when something in them is first asked for: a program that uses few types loads few."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .codec import Codec


def attribute(package: str, modules: Mapping[str, str], name: str) -> Any:
    """What a package exports by that name."""
    module = modules.get(name)
    if module is None:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", package), name)


def codec_of(package: str, modules: Mapping[str, str], name: str) -> Codec:
    """How values of the type of that name are read and written."""
    from .codec import Codec
    from .model import Model, ModelCodec
    from .open_enum import EnumCodec, OpenEnum, OpenIntEnum

    module = import_module(f".{modules[name]}", package)
    own = getattr(module, "_codec", None)
    if isinstance(own, Codec):
        return own
    found = getattr(module, name)
    if issubclass(found, Model):
        return ModelCodec(found)
    assert issubclass(found, OpenEnum | OpenIntEnum)
    return EnumCodec(found)


def package(parent: str, name: str) -> Any:
    """A package below another."""
    return import_module(f".{name}", parent)


def names(modules: Mapping[str, str]) -> list[str]:
    """What a package exports."""
    return sorted(modules)
