package sdk

// Ptr gives a pointer to a value, for arguments that may be left out.
func Ptr[T any](value T) *T {
	return &value
}

// ValueOr gives what a pointer points to, or the fallback where there is nothing.
func ValueOr[T any](pointer *T, fallback T) T {
	if pointer == nil {
		return fallback
	}
	return *pointer
}
