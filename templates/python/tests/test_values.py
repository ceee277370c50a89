"""How answers are read, and requests written."""

from __future__ import annotations

import datetime
import unittest
from decimal import Decimal
from typing import Any

from omise_sdk._runtime import codec, jsontext, model, union
from omise_sdk._runtime.model import Field, Model, ModelCodec, SentCodec
from omise_sdk._runtime.open_enum import EnumCodec, Known, OpenEnum, OpenIntEnum
from omise_sdk._runtime.operation import Response
from omise_sdk._runtime.problem import Problem


class Status(OpenEnum):
    PAID = Known("paid")
    FAILED = Known("failed")


class Level(OpenIntEnum):
    LOW = Known(1)


class Card(Model):
    _kind = ("object", "card")
    _id = "id"
    _fields = {
        "object": Field("object", codec.TEXT, required=True, constant="card"),
        "id": Field("id", codec.TEXT, required=True),
        "amount": Field("amount", codec.INT, required=True),
        "class": Field("class_", EnumCodec(Status), required=True),
        "made": Field("made", codec.MOMENT),
        "key": Field("key", codec.SECRET),
        "rate": Field("rate", codec.DECIMAL),
        "tags": Field("tags", codec.list_of(codec.TEXT), required=True),
        "note": Field("note", codec.nullable(codec.TEXT), required=True),
    }


class Dog(Model):
    _fields = {"barks": Field("barks", codec.BOOL, required=True), "name": Field("name", codec.TEXT)}


class Cat(Model):
    _fields = {"lives": Field("lives", codec.INT, required=True), "name": Field("name", codec.TEXT)}


def card(**members: Any) -> Any:
    return ModelCodec(Card).decode({"object": "card", "id": "card_1", **members})


class Answers(unittest.TestCase):
    def test_every_member_may_be_left_out_or_null(self) -> None:
        for empty in (ModelCodec(Card).decode({}), ModelCodec(Card).decode(dict.fromkeys(Card._fields))):
            self.assertEqual((empty.id, empty.class_, empty.tags), ("", "", []))
            self.assertIsInstance(empty.class_, Status)
            for name in ("amount", "made", "key", "rate", "note"):
                self.assertIsNone(getattr(empty, name), name)

    def test_what_is_unknown_survives(self) -> None:
        found = card(**{"class": "tomorrow", "new": {"a": 1}})
        self.assertEqual(found.class_, "tomorrow")
        self.assertFalse(found.class_.is_known)
        self.assertEqual(found["new"], {"a": 1})
        self.assertIn("new", found)
        self.assertEqual(model.to_plain(found)["new"], {"a": 1})

    def test_known_values_are_values_of_their_enum(self) -> None:
        self.assertIsInstance(Status.PAID, Status)
        self.assertEqual((Status.PAID, Level.LOW), ("paid", 1))
        self.assertTrue(Status.PAID.is_known and Level.LOW.is_known)
        self.assertEqual((Status.known(), Level.known()), (["failed", "paid"], [1]))
        self.assertEqual({Status.PAID: 1}["paid"], 1)  # type: ignore[index]

    def test_wrong_values_are_told_by_their_place_and_never_shown(self) -> None:
        wrong: list[tuple[Any, str]] = [
            ({"amount": "s3cret"}, "amount"),
            ({"amount": True}, "amount"),
            ({"amount": Decimal("1.0")}, "amount"),
            ({"tags": ["a", {"s3cret": 1}]}, "tags[1]"),
            ({"class": 5}, "class"),
            ({"made": 5}, "made"),
        ]
        for members, path in wrong:
            with self.assertRaises(Problem) as raised:
                card(**members)
            self.assertEqual(raised.exception.path, path)
            self.assertNotIn("s3cret", str(raised.exception))

    def test_moments_that_cannot_be_read_are_kept_as_they_came(self) -> None:
        found = card(made="yesterday")
        self.assertIsNone(found.made)
        self.assertEqual((found["made"], model.to_plain(found)["made"]), ("yesterday", "yesterday"))

    def test_moments(self) -> None:
        utc = datetime.timezone.utc
        for text, moment in (
            ("2026-11-26T22:00:00Z", datetime.datetime(2026, 11, 26, 22, tzinfo=utc)),
            ("2026-11-26t22:00:00.1234567z", datetime.datetime(2026, 11, 26, 22, 0, 0, 123456, utc)),
            ("2026-11-26 22:00:00+07:00", datetime.datetime(2026, 11, 26, 15, tzinfo=utc)),
            ("2016-12-31T23:59:60Z", datetime.datetime(2017, 1, 1, tzinfo=utc)),
        ):
            self.assertEqual(card(made=text).made, moment)
            self.assertEqual(model.to_plain(card(made=text))["made"], text)
        for text in ("", "2026-11-26", "2026-13-26T22:00:00Z", "2026-11-26T22:00:00", "2026-11-26T22:00:61Z"):
            self.assertIsNone(card(made=text).made, text)

    def test_numbers_never_pass_through_a_float(self) -> None:
        found = Card.from_json(
            '{"object":"card","id":"a","amount":9007199254740993,"rate":0.1000000000000000055511151231257827}'
        )
        self.assertEqual(found.amount, 2**53 + 1)  # type: ignore[attr-defined]
        self.assertEqual(str(found.rate), "0.1000000000000000055511151231257827")  # type: ignore[attr-defined]
        self.assertEqual(
            found.to_json(),
            '{"object":"card","id":"a","amount":9007199254740993,"rate":0.1000000000000000055511151231257827}',
        )

    def test_an_object_shows_no_secret_and_no_card_number(self) -> None:
        shown = repr(card(key="s3cret", tags=["4242424242424242"], new="s3cret"))
        self.assertNotIn("s3cret", shown)
        self.assertNotIn("4242", shown)
        self.assertIn("id='card_1'", shown)

    def test_what_else_has_a_status_of_success_is_no_answer(self) -> None:
        response = Response("200", "json", ModelCodec(Card))
        for body in (
            '{"object":"error","id":"a"}',
            '{"object":"card"}',
            '{"object":"card","id":""}',
            "[]",
            "null",
            "{",
            "1",
        ):
            with self.assertRaises(Problem):
                response.read(body.encode())
        self.assertEqual(response.read(b'{"object":"card","id":"a"}').id, "a")
        self.assertIsNone(Response("200", "json", codec.JSON).read(b"null"))

    def test_hostile_json_is_an_error_like_any_other(self) -> None:
        for body in (b"[" * 200_000, b"1" * 5_000, b'{"a":NaN}', b"Infinity", b"\xff", b"\xef\xbb\xbf{}", b""):
            with self.assertRaises(Problem):
                jsontext.loads(body)


class Unions(unittest.TestCase):
    def test_by_the_text_in_a_property(self) -> None:
        either = union.tagged("object", {"card": ModelCodec(Card)})
        self.assertIsInstance(either.decode({"object": "card"}), Card)
        for other in ({"object": "x"}, {}, 5, {"object": 5}, {"object": "card", "amount": "x"}):
            self.assertEqual(either.decode(other), other)

    def test_by_shape(self) -> None:
        either = union.shape([codec.TEXT, ModelCodec(Dog), ModelCodec(Cat), codec.INT, codec.list_of(ModelCodec(Cat))])
        self.assertIsInstance(either.decode({"barks": True}), Dog)
        self.assertIsInstance(either.decode({"lives": 9, "name": "a"}), Cat)
        self.assertIsInstance(either.decode([{"lives": 9}])[0], Cat)
        self.assertEqual((either.decode("a"), either.decode(5)), ("a", 5))
        # Nothing is lost: an object that neither keeps whole stays as it came.
        self.assertEqual(either.decode({"barks": True, "lives": 9}), {"barks": True, "lives": 9})

    def test_an_id_or_the_object_it_names(self) -> None:
        either = codec.either(codec.TEXT, ModelCodec(Card))
        self.assertEqual(either.decode("card_1"), "card_1")
        self.assertEqual(either.decode({"object": "card", "id": "card_1"}).id, "card_1")
        with self.assertRaises(Problem):
            either.decode(5)


class Requests(unittest.TestCase):
    SENT = SentCodec(
        {
            "id": Field("id", codec.ID, required=True),
            "pin": Field("pin", codec.SECRET),
            "kind": Field("kind", codec.TEXT, required=True, constant="k"),
        }
    )

    def test_objects_keep_their_order_and_what_is_not_known(self) -> None:
        secrets: list[str] = []
        written = self.SENT.encode({"new": Decimal("1.50"), "pin": "1234", "id": "a"}, secrets)
        self.assertEqual(jsontext.dumps(written), '{"new":1.50,"pin":"1234","id":"a","kind":"k"}')
        self.assertEqual(secrets, ["1234"])

    def test_an_id_that_is_none_is_refused(self) -> None:
        for wrong in ("", " ", "a\n", "a\x00"):
            with self.assertRaises(Problem) as raised:
                self.SENT.encode({"id": wrong}, [])
            self.assertEqual(raised.exception.path, "id")
        with self.assertRaises(Problem):
            self.SENT.encode({}, [])

    def test_json_is_written_as_all_languages_write_it(self) -> None:
        for value, text in (
            ('a"\\/\b\f\n\r\t\x01\x7f\u2028é', '"a\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\u2028é"'),
            (1.0, "1.0"),
            (1e16, "1e16"),
            (1e-6, "1e-6"),
            (0.00001, "0.00001"),
            (1.5e-5, "0.000015"),
            (1e300, "1e300"),
            (Decimal("0.10"), "0.10"),
            ([True, None, -1], "[true,null,-1]"),
        ):
            self.assertEqual(jsontext.dumps(value), text)
        for wrong in (float("nan"), float("inf"), Decimal("NaN"), object()):
            with self.assertRaises(Problem):
                jsontext.dumps(wrong)

    def test_moments_are_sent_with_their_zone(self) -> None:
        zone = datetime.timezone(datetime.timedelta(hours=7))
        for moment, text in (
            (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), "2026-01-02T03:04:05Z"),
            (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone), "2026-01-02T03:04:05+07:00"),
        ):
            self.assertEqual(codec.MOMENT.encode(moment, []), text)
        for wrong in (datetime.datetime(2026, 1, 2), datetime.date(2026, 1, 2), 5):
            with self.assertRaises(Problem):
                codec.MOMENT.encode(wrong, [])
        with self.assertRaises(Problem):
            codec.DATE.encode(datetime.datetime(2026, 1, 2), [])

    def test_decimals(self) -> None:
        self.assertEqual(jsontext.dumps(codec.DECIMAL.encode(Decimal("1.10"), [])), "1.10")
        self.assertEqual(jsontext.dumps(codec.DECIMAL.encode("1.10", [])), '"1.10"')
        for wrong in (1.1, True, "1,1", "", "NaN"):
            with self.assertRaises(Problem):
                codec.DECIMAL.encode(wrong, [])


if __name__ == "__main__":
    unittest.main()
