package omise

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"
)

// reader turns the answer of a success into what a call gives.
type reader[T any] func(*Response) (T, error)

// ask makes a call.
func ask[T any](ctx context.Context, c *core, from *call, options []RequestOption, read reader[T]) (T, error) {
	value, _, failure := answered(ctx, c, from, requestSettingsOf(options), read)
	if failure != nil {
		return value, failure
	}
	return value, nil
}

// tell makes a call that gives nothing.
func tell(ctx context.Context, c *core, from *call, options []RequestOption) error {
	_, err := ask(ctx, c, from, options, func(*Response) (struct{}, error) { return struct{}{}, nil })
	return err
}

// answered makes a call, and gives its answer beside the value.
func answered[T any](ctx context.Context, c *core, from *call, set *requestSettings, read reader[T]) (T, *Response, *Error) {
	var nothing T
	out, failure := c.prepare(from, set)
	if failure != nil {
		// One failure may be that of several calls: a base URL is wrong for all of them.
		own := *failure
		own.Operation = from.endpoint.id
		return nothing, nil, &own
	}
	answer, failure := c.exchange(ctx, out)
	if failure != nil {
		return nothing, nil, failure
	}
	if set.response != nil {
		*set.response = *answer
	}
	value, err := read(answer)
	if err != nil {
		return nothing, nil, &Error{
			Kind: KindDecode, Operation: out.operation, Message: err.Error(), Status: answer.StatusCode,
			RequestID: answer.RequestID, RateLimit: answer.RateLimit, Attempts: answer.Attempts,
			IdempotencyKey: out.idempotencyKey, OutcomeUnknown: out.class != retrySafe,
			header: answer.Header, body: answer.Body, cause: err,
		}
	}
	return value, answer, nil
}

// checked is an object that says of which kind it is: an error or a stranger's object may have a status of success too, and
// every field there is can be missing.
type checked interface {
	// expected says what the object must be, and whether it is that.
	expected() (string, bool)
}

// readObject reads a JSON object.
func readObject[T any](answer *Response) (*T, error) {
	value := new(T)
	if err := unmarshal(answer.Body, value); err != nil {
		return nil, err
	}
	if object, ok := any(value).(checked); ok {
		if what, isIt := object.expected(); !isIt {
			return nil, fmt.Errorf("expected %s", what)
		}
	}
	return value, nil
}

// readJSON reads any JSON value.
func readJSON[T any](answer *Response) (T, error) {
	var value T
	err := unmarshal(answer.Body, &value)
	return value, err
}

// readText reads text.
func readText(answer *Response) (string, error) {
	if !utf8.Valid(answer.Body) {
		return "", fmt.Errorf("expected text in UTF-8")
	}
	return string(answer.Body), nil
}

// readBytes takes the bytes as they are.
func readBytes(answer *Response) ([]byte, error) {
	return answer.Body, nil
}

// readPointer reads a value that may be left out.
func readPointer[T any](read reader[T]) reader[*T] {
	return func(answer *Response) (*T, error) {
		value, err := read(answer)
		return &value, err
	}
}

// readWhere reads a value where there is content, and gives nothing where there is none. What is usual has exceptions, by
// the status.
func readWhere[T any](read reader[T], isUsual bool, exceptions ...int) reader[T] {
	return func(answer *Response) (T, error) {
		if slices.Contains(exceptions, answer.StatusCode) == isUsual {
			var nothing T
			return nothing, nil
		}
		return read(answer)
	}
}
