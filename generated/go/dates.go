package omise

import (
	"fmt"
	"time"
)

// DateTime is a moment, 2026-11-24T09:30:00Z (RFC 3339), kept as the text it came as. What a server sends is kept
// whatever it is, so an answer never fails to decode because of it; [DateTime.Time] reads it.
type DateTime string

// NewDateTime is a moment as text, to the nanosecond where it has any.
func NewDateTime(moment time.Time) DateTime {
	return DateTime(moment.Format(time.RFC3339Nano))
}

// Time reads the moment. It fails where the text is none.
func (d DateTime) Time() (time.Time, error) {
	return time.Parse(time.RFC3339Nano, string(d))
}

// Date is a day of the calendar, 2026-11-24, kept as the text it came as.
type Date string

// NewDate is a day as text.
func NewDate(year int, month time.Month, day int) Date {
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, int(month), day))
}

// Time reads the day, as its first moment in UTC. It fails where the text is none.
func (d Date) Time() (time.Time, error) {
	return time.Parse(time.DateOnly, string(d))
}
