// Reads calls, one a line, makes them with the emitted package, and writes what came of them, one a line.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	sdk "example.com/sdk"
)

// line is a call to make, or a delivery to verify.
type line struct {
	ID       string      `json:"id"`
	Client   clientLine  `json:"client"`
	Resource []string    `json:"resource"`
	Method   []string    `json:"method"`
	Args     []argument  `json:"args"`
	Options  optionsLine `json:"options"`
	Mode     string      `json:"mode"`
	Limit    *int        `json:"limit"`
	webhookLine
}

type clientLine struct {
	Auth            map[string]json.RawMessage `json:"auth"`
	Servers         map[string]string          `json:"servers"`
	Headers         map[string]string          `json:"headers"`
	MaxRetries      *int                       `json:"max_retries"`
	TimeoutMS       int                        `json:"timeout_ms"`
	TotalTimeoutMS  int                        `json:"total_timeout_ms"`
	AllowUnverified bool                       `json:"allow_unverified"`
	RetryWaitMS     *int                       `json:"retry_wait_ms"`
}

type argument struct {
	Name  []string        `json:"name"`
	Place string          `json:"place"`
	Value json.RawMessage `json:"value"`
}

type optionsLine struct {
	IdempotencyKey *string           `json:"idempotency_key"`
	TimeoutMS      int               `json:"timeout_ms"`
	TotalTimeoutMS int               `json:"total_timeout_ms"`
	Headers        map[string]string `json:"headers"`
	MaxRetries     *int              `json:"max_retries"`
	RetryAmbiguous bool              `json:"retry_ambiguous"`
}

type webhookLine struct {
	Secrets    []string          `json:"secrets"`
	Headers    map[string]string `json:"headers"`
	BodyBase64 []byte            `json:"body_base64"`
	Now        int64             `json:"now"`
}

type outcome map[string]any

// receive verifies a delivery, where the API has any.
var receive func(delivery *webhookLine) outcome

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		text, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			answer(text)
		}
		if err != nil {
			return
		}
	}
}

func answer(text []byte) {
	var call line
	if err := read(text, &call); err != nil {
		panic(err)
	}
	var came outcome
	switch {
	case call.Mode == "webhook" && receive != nil:
		came = receive(&call.webhookLine)
	case call.Mode == "webhook":
		came = outcome{"skipped": "this API signs nothing"}
	default:
		came = makeCall(&call)
	}
	came["id"] = call.ID
	written, err := json.Marshal(came)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(written))
}

// read keeps the digits of numbers.
func read(text []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode(target)
}

func makeCall(call *line) outcome {
	client, err := sdk.NewClient(settings(&call.Client)...)
	if err != nil {
		return failed(err)
	}
	service := member(reflect.ValueOf(client).Elem(), call.Resource)
	if !service.IsValid() {
		return outcome{"skipped": fmt.Sprintf("no resource %v", call.Resource)}
	}
	name := call.Method
	if call.Mode == "items" {
		name = append(append([]string{}, name...), "all")
	}
	method := methodOf(service, name)
	if !method.IsValid() {
		return outcome{"skipped": fmt.Sprintf("no method %v of %v", name, call.Resource)}
	}
	var whole sdk.Response
	given, err := arguments(method.Type(), call, &whole)
	if err != nil {
		return outcome{"skipped": err.Error()}
	}
	results := method.Call(given)
	if call.Mode == "items" {
		return items(results[0], call.Limit)
	}
	if failure := results[len(results)-1]; !failure.IsNil() {
		return failed(failure.Interface().(error))
	}
	if call.Mode == "raw" {
		return outcome{"answer": outcome{"status": whole.StatusCode, "request_id": whole.RequestID, "body_base64": whole.Body}}
	}
	if len(results) == 1 {
		return outcome{"value": nil}
	}
	return outcome{"value": shown(results[0])}
}

// flat is a name as it is, however its words are joined.
func flat(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, "_", ""))
}

// member finds a field by the words of its name.
func member(of reflect.Value, words []string) reflect.Value {
	return of.FieldByNameFunc(func(name string) bool { return flat(name) == strings.Join(words, "") })
}

func methodOf(service reflect.Value, words []string) reflect.Value {
	for at := range service.NumMethod() {
		if flat(service.Type().Method(at).Name) == strings.Join(words, "") {
			return service.Method(at)
		}
	}
	return reflect.Value{}
}

func milliseconds(count int) time.Duration {
	return time.Duration(count) * time.Millisecond
}

func settings(client *clientLine) []sdk.Option {
	var all []sdk.Option
	for name, value := range client.Auth {
		all = append(all, sdk.WithSetting(name, credential(value)...))
		if bytes.Contains(value, []byte("client_secret")) {
			// The server that stands in for all others gives tokens too.
			all = append(all, sdk.WithSetting(name+"_token_url", "token"))
		}
	}
	for role, url := range client.Servers {
		all = append(all, sdk.WithSetting(role+"_base_url", url))
	}
	for name, value := range client.Headers {
		all = append(all, sdk.WithSetting(name, value))
	}
	if client.MaxRetries != nil {
		all = append(all, sdk.WithDefaultMaxRetries(*client.MaxRetries))
	}
	if client.TimeoutMS > 0 {
		all = append(all, sdk.WithDefaultTimeout(milliseconds(client.TimeoutMS)))
	}
	if client.TotalTimeoutMS > 0 {
		all = append(all, sdk.WithDefaultTotalTimeout(milliseconds(client.TotalTimeoutMS)))
	}
	if client.AllowUnverified {
		all = append(all, sdk.WithUnverified())
	}
	if client.RetryWaitMS != nil {
		wait := milliseconds(*client.RetryWaitMS)
		all = append(all, sdk.WithRetryBackoff(wait, wait))
	}
	return all
}

// credential is a key, or a user name and a password.
func credential(value json.RawMessage) []string {
	var key string
	if json.Unmarshal(value, &key) == nil {
		return []string{key}
	}
	var pair map[string]string
	_ = json.Unmarshal(value, &pair)
	for _, names := range [][2]string{{"username", "password"}, {"user", "password"}, {"client_id", "client_secret"}, {"id", "secret"}} {
		if first, ok := pair[names[0]]; ok {
			return []string{first, pair[names[1]]}
		}
	}
	return []string{pair["token"]}
}

// arguments are those of a method: the context, path arguments by position, params where it has any, and options.
func arguments(of reflect.Type, call *line, whole *sdk.Response) ([]reflect.Value, error) {
	given := []reflect.Value{reflect.ValueOf(context.Background())}
	last := of.NumIn() - 1
	var params reflect.Value
	if last > 0 && of.In(last-1).Kind() == reflect.Pointer && strings.HasSuffix(of.In(last-1).Elem().Name(), "Params") {
		last--
		params = reflect.New(of.In(last).Elem())
	}
	for _, each := range call.Args {
		if each.Place == "path" && len(given) < last {
			value := reflect.New(of.In(len(given))).Elem()
			if err := assign(value, each.Value); err != nil {
				return nil, err
			}
			given = append(given, value)
			continue
		}
		var field reflect.Value
		if params.IsValid() {
			field = member(params.Elem(), each.Name)
		}
		if !field.IsValid() {
			return nil, fmt.Errorf("no argument %v", each.Name)
		}
		if err := assign(field, each.Value); err != nil {
			return nil, fmt.Errorf("%v: %w", each.Name, err)
		}
	}
	for len(given) < last {
		given = append(given, reflect.Zero(of.In(len(given))))
	}
	if params.IsValid() {
		given = append(given, params)
	}
	for _, option := range options(&call.Options, whole) {
		given = append(given, reflect.ValueOf(option))
	}
	return given, nil
}

func options(set *optionsLine, whole *sdk.Response) []sdk.RequestOption {
	all := []sdk.RequestOption{sdk.WithResponse(whole)}
	if set.IdempotencyKey != nil {
		all = append(all, sdk.WithIdempotencyKey(*set.IdempotencyKey))
	}
	if set.TimeoutMS > 0 {
		all = append(all, sdk.WithTimeout(milliseconds(set.TimeoutMS)))
	}
	if set.TotalTimeoutMS > 0 {
		all = append(all, sdk.WithTotalTimeout(milliseconds(set.TotalTimeoutMS)))
	}
	if set.MaxRetries != nil {
		all = append(all, sdk.WithMaxRetries(*set.MaxRetries))
	}
	if set.RetryAmbiguous {
		all = append(all, sdk.WithRetryAmbiguous())
	}
	for name, value := range set.Headers {
		all = append(all, sdk.WithHeader(name, value))
	}
	return all
}

// content is what drivers are told to send: bytes, or a file.
type content struct {
	Base64 *[]byte `json:"$base64"`
	File   *struct {
		Name   string `json:"name"`
		Type   string `json:"type"`
		Base64 []byte `json:"base64"`
	} `json:"$file"`
}

func (c *content) file() sdk.File {
	made := sdk.FileBytes(c.File.Name, c.File.Base64)
	made.ContentType = c.File.Type
	return made
}

// assign gives an argument its value.
func assign(target reflect.Value, value json.RawMessage) error {
	switch held := target.Addr().Interface().(type) {
	case *sdk.File, **sdk.File, *io.Reader, *[]byte:
		var told content
		if err := json.Unmarshal(value, &told); err != nil {
			return err
		}
		switch held := held.(type) {
		case *sdk.File:
			*held = told.file()
		case **sdk.File:
			*held = sdk.Ptr(told.file())
		case *io.Reader:
			*held = bytes.NewReader(*told.Base64)
		case *[]byte:
			*held = *told.Base64
		}
		return nil
	case *[]sdk.File:
		var told []content
		if err := json.Unmarshal(value, &told); err != nil {
			return err
		}
		for _, each := range told {
			*held = append(*held, each.file())
		}
		return nil
	case *any:
		// As it is given, with the order of its members.
		*held = value
		return nil
	default:
		return read(value, held)
	}
}

// items walks a list.
func items(sequence reflect.Value, limit *int) outcome {
	found := []any{}
	came := outcome{}
	if limit == nil || *limit > 0 {
		for item, failure := range sequence.Seq2() {
			if !failure.IsNil() {
				came = failed(failure.Interface().(error))
				break
			}
			found = append(found, shown(item))
			if limit != nil && len(found) >= *limit {
				break
			}
		}
	}
	came["items"] = found
	return came
}

// shown is a value as JSON has it.
func shown(value reflect.Value) any {
	if raw, ok := value.Interface().([]byte); ok {
		return outcome{"$base64": raw}
	}
	if value.Kind() == reflect.Pointer && !value.IsNil() && strings.HasSuffix(value.Elem().Type().Name(), "Answer") {
		return byStatus(value.Elem())
	}
	return value.Interface()
}

// byStatus is what an answer has that differs by status.
func byStatus(answer reflect.Value) any {
	for at := range answer.NumField() {
		field := answer.Field(at)
		isEmpty := field.Kind() == reflect.Int || field.IsZero()
		if !isEmpty {
			return shown(field)
		}
	}
	return nil
}

// failed is an error in words that all languages share.
func failed(err error) outcome {
	var failure *sdk.Error
	if !errors.As(err, &failure) {
		return outcome{"error": outcome{"kind": "foreign", "message": err.Error()}}
	}
	shown := outcome{
		"kind": failure.Kind, "message": failure.Message, "attempts": failure.Attempts,
		"retryable": failure.Retryable(), "outcome_unknown": failure.OutcomeUnknown,
	}
	if failure.Status != 0 {
		shown["status"] = failure.Status
	}
	for name, text := range map[string]string{
		"code": failure.Code, "request_id": failure.RequestID, "idempotency_key": failure.IdempotencyKey,
	} {
		if text != "" {
			shown[name] = text
		}
	}
	return outcome{"error": shown}
}
