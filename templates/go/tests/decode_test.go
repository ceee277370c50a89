package omise

import (
	"encoding/json"
	"strings"
	"testing"
)

type customerID string

func (customerID) isID() {}

type customer struct {
	Object string     `json:"object"`
	ID     customerID `json:"id"`
	Name   *string    `json:"name,omitempty"`
}

func (c *customer) identifier() string { return string(c.ID) }

func (c *customer) expected() (string, bool) {
	return "an object `customer` with an id", c.Object == "customer" && c.ID != ""
}

type order struct {
	Amount   *int64                            `json:"amount,omitempty"`
	Currency color                             `json:"currency"`
	Paid     *bool                             `json:"paid,omitempty"`
	At       DateTime                          `json:"at,omitempty"`
	Customer *Expandable[customerID, customer] `json:"customer,omitempty"`
	Lines    []order                           `json:"lines"`
	Data     []byte                            `json:"data,omitempty"`
	Any      any                               `json:"any,omitempty"`
}

func TestEveryFieldDecodesFromNullAndFromAbsence(t *testing.T) {
	for _, text := range []string{
		`{}`, `{"amount":null,"currency":null,"paid":null,"at":null,"customer":null,"lines":null,"data":null,"any":null,"new":{"x":1}}`,
	} {
		var read order
		if err := unmarshal([]byte(text), &read); err != nil {
			t.Fatal(err)
		}
		isEmpty := read.Amount == nil && read.Currency == "" && read.Paid == nil && read.At == "" && read.Customer == nil && read.Any == nil
		equal(t, text, isEmpty && read.Lines != nil && len(read.Lines) == 0, true)
	}
}

func TestValuesKeepTheirDigitsAndUnknownOnesSurvive(t *testing.T) {
	var read order
	text := `{"amount":9007199254740993,"currency":"XTS","at":"soon","data":"AP8=","any":[9007199254740993],"customer":"cust_1"}`
	if err := unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	equal(t, "amount", *read.Amount, 1<<53+1)
	equal(t, "currency", read.Currency, "XTS")
	equal(t, "at", read.At, "soon")
	equal(t, "any", read.Any.([]any)[0].(json.Number), "9007199254740993")
	equal(t, "customer", read.Customer.ID, "cust_1")
	if _, err := read.At.Time(); err == nil {
		t.Error("a moment that is none was read")
	}
}

func TestExpandables(t *testing.T) {
	var read order
	if err := unmarshal([]byte(`{"customer":{"object":"customer","id":"cust_2","name":"n"}}`), &read); err != nil {
		t.Fatal(err)
	}
	equal(t, "id", read.Customer.ID, "cust_2")
	equal(t, "name", *read.Customer.Object.Name, "n")
	written, _ := json.Marshal(read.Customer)
	equal(t, "written", string(written), `{"object":"customer","id":"cust_2","name":"n"}`)
}

func TestWhatDoesNotDecodeIsNamedAndNotQuoted(t *testing.T) {
	for text, wanted := range map[string]string{
		`{"lines":[{},{"amount":"secret"}]}`:     "lines[1].amount: expected a whole number of 64 bits, found a text",
		`{"amount":1.5}`:                         "amount: expected a whole number of 64 bits, found a number",
		`{"amount":9223372036854775808}`:         "amount: expected a whole number of 64 bits, found a number",
		`{"customer":{"id":7}}`:                  "customer.id: expected a text, found a number",
		`{"customer":[]}`:                        "customer: expected an id or an object, found a list",
		`{"data":"%"}`:                           "data: expected bytes as base64, found a text",
		`[]`:                                     "expected an object, found a list",
		`{"a":1} {}`:                             "not JSON at byte 9",
		``:                                       "not JSON at byte 0",
		strings.Repeat(`{"any":`, deepestJSON+2): "not JSON at byte 3592",
	} {
		var read order
		err := unmarshal([]byte(text), &read)
		if err == nil {
			t.Errorf("%s was read", text)
			continue
		}
		equal(t, text[:min(40, len(text))], err.Error(), wanted)
	}
}

func TestAnAnswerOfAnotherKindIsAnError(t *testing.T) {
	for _, body := range []string{`{}`, `{"object":"customer"}`, `{"object":"charge","id":"x"}`, `[]`, `null`, ``} {
		if _, err := readObject[customer](&Response{Body: []byte(body)}); err == nil {
			t.Errorf("%s was taken", body)
		}
	}
	if _, err := readObject[customer](&Response{Body: []byte(`{"object":"customer","id":"cust_1"}`)}); err != nil {
		t.Error(err)
	}
}

type byKind struct {
	Customer *customer
	Order    *order
	Raw      json.RawMessage
}

var byKindInfo = newUnion("object", variant("customer", "client"), variant("order"))

func (byKind) unionInfo() *unionInfo { return byKindInfo }

type byShape struct {
	Text     *string
	Customer *customer
	Order    *order
	Many     []customer
	Raw      json.RawMessage
}

var byShapeInfo = newUnion("", variant(), variant().Needs("object", "id").Always("object", "customer"), variant(), variant().Needs("id"))

func (byShape) unionInfo() *unionInfo { return byShapeInfo }

func TestUnionsAreToldApart(t *testing.T) {
	var kind byKind
	for text, is := range map[string]func() bool{
		`{"object":"client","id":"c"}`: func() bool { return kind.Customer != nil && kind.Order == nil },
		`{"object":"order"}`:           func() bool { return kind.Order != nil },
		`{"object":"other","n":1.50}`:  func() bool { return string(kind.Raw) == `{"object":"other","n":1.50}` },
		`{"object":"order","amount":"x"}`: func() bool {
			return kind.Order == nil && string(kind.Raw) == `{"object":"order","amount":"x"}`
		},
	} {
		if err := unmarshal([]byte(text), &kind); err != nil || !is() {
			t.Errorf("%s: %v %v", text, kind, err)
		}
	}
	written, _ := marshal(byKind{Order: &order{Amount: Ptr(int64(5))}})
	equal(t, "tagged", string(written), `{"object":"order","amount":5,"currency":"","lines":[]}`)

	var shape byShape
	for text, is := range map[string]func() bool{
		`"text"`:                           func() bool { return *shape.Text == "text" },
		`{"object":"customer","id":"c"}`:   func() bool { return shape.Customer != nil },
		`{"amount":1}`:                     func() bool { return shape.Order != nil },
		`{"object":"customer","amount":1}`: func() bool { return string(shape.Raw) != "" },
		`[{"id":"c"}]`:                     func() bool { return len(shape.Many) == 1 },
		`[1]`:                              func() bool { return string(shape.Raw) == `[1]` },
		`7`:                                func() bool { return string(shape.Raw) == `7` },
	} {
		if err := unmarshal([]byte(text), &shape); err != nil || !is() {
			t.Errorf("%s: %v %v", text, shape, err)
		}
	}
}
