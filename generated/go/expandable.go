package omise

// Expandable is an object that the API gives by its id, or whole, as the server chose to answer.
type Expandable[I ~string, T any] struct {
	// ID is that of the object, in either form. It is empty only where the object came without one.
	ID I

	// Object is the object itself, where the API gave it whole.
	Object *T
}

// MarshalJSON writes the object where there is one, else the id.
func (x Expandable[I, T]) MarshalJSON() ([]byte, error) {
	return marshal(x)
}

// UnmarshalJSON reads an id or an object.
func (x *Expandable[I, T]) UnmarshalJSON(data []byte) error {
	return unmarshal(data, x)
}

func (x Expandable[I, T]) encodeNode(e *encoder) (node, error) {
	if x.Object != nil {
		return e.encode(x.Object)
	}
	return e.encode(x.ID)
}

func (x *Expandable[I, T]) decodeNode(from node, at path) error {
	switch from.kind {
	case nullNode:
		*x = Expandable[I, T]{}
		return nil
	case textNode:
		*x = Expandable[I, T]{ID: I(from.text)}
		return nil
	case mapNode:
		object := new(T)
		if err := decodeInto(from, object, at); err != nil {
			return err
		}
		*x = Expandable[I, T]{Object: object}
		if known, ok := any(object).(identified); ok {
			x.ID = I(known.identifier())
		}
		return nil
	default:
		return at.mismatch("an id or an object", from)
	}
}

// identified is an object that has an id of its own.
type identified interface {
	identifier() string
}
