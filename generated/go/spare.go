package omise

// What the operations of some APIs need and those of others do not.
var _ = []any{
	ask[any], tell, given[any], number, logged, newUnion, variant,
	readObject[any], readJSON[any], readText, readBytes, readPointer[string], readWhere[string],
	walk[any, any], pointers[any], itemsAt[any, any],
	credentialOption, baseURLOption, tokenURLOption, takerOption, variableOption,
	(*webhookScheme).keys, (*webhookScheme).verify, (*webhookScheme).signature,
}
