package omise

import (
	"strings"
	"unicode"
)

const (
	// fewestDigits and mostDigits are those of a card number (ISO/IEC 7812).
	fewestDigits = 12
	mostDigits   = 19
	// mostBetween is how many characters part the groups of a number at most.
	mostBetween = 2
)

// digit is one of a text, and where it stands.
type digit struct {
	at    int
	value int
}

// span is a part of a text.
type span struct {
	from, to int
}

// maskCards replaces every number in a text that may be a card's.
//
// Twelve to nineteen digits in a row, or in groups, may be one when their check digit fits, whatever digits stand beside
// them: a date or a security code does not hide a number. So may digits that stand alone, as many as a card network's
// numbers have and beginning as they do, also when their check digit does not fit: a number that was mistyped is what a
// server complains about.
func maskCards(text string) string {
	var masked strings.Builder
	end := 0
	for _, run := range digitRuns(text) {
		found := cardNumbers(run)
		if isMistyped(run) {
			found = []span{{run[0].at, run[len(run)-1].at + 1}}
		}
		for _, each := range found {
			masked.WriteString(text[end:each.from])
			masked.WriteString(redacted)
			end = each.to
		}
	}
	masked.WriteString(text[end:])
	return masked.String()
}

// digitRuns are digits between which stands nothing but what parts groups.
func digitRuns(text string) [][]digit {
	var runs [][]digit
	var run []digit
	between := 0
	for at, letter := range text {
		if letter >= '0' && letter <= '9' {
			run = append(run, digit{at, int(letter - '0')})
			between = 0
			continue
		}
		if between++; !partsGroups(letter) || between > mostBetween {
			runs, run = append(runs, run), nil
		}
	}
	return append(runs, run)
}

func partsGroups(letter rune) bool {
	return unicode.IsSpace(letter) || strings.ContainsRune("-._/", letter) || letter >= 0x2010 && letter <= 0x2015
}

// cardNumbers are where digits of a run stand that may be a card number's. Which of two that overlap is one cannot be told,
// so that both go.
func cardNumbers(run []digit) []span {
	var found []span
	for start := range run {
		for count := min(mostDigits, len(run)-start); count >= fewestDigits; count-- {
			number := run[start : start+count]
			if !checkDigitFits(number) {
				continue
			}
			from, to := number[0].at, number[count-1].at+1
			if last := len(found) - 1; last >= 0 && from < found[last].to {
				found[last].to = max(found[last].to, to)
			} else {
				found = append(found, span{from, to})
			}
			break
		}
	}
	return found
}

// isMistyped tells whether a run is as long as the numbers of a card network and begins as they do.
func isMistyped(run []digit) bool {
	count := len(run)
	if count < 14 || count > mostDigits {
		return false
	}
	first, second := run[0].value, run[1].value
	if count < 16 {
		return first == 3
	}
	return first == 2 && second >= 2 && second <= 7 || first >= 3 && first <= 6
}

// checkDigitFits tells whether the check digit fits (ISO/IEC 7812, annex B).
func checkDigitFits(number []digit) bool {
	sum := 0
	for at := range number {
		value := number[len(number)-1-at].value
		if at%2 == 1 {
			if value *= 2; value > 9 {
				value -= 9
			}
		}
		sum += value
	}
	return sum%10 == 0
}
