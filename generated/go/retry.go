package omise

import (
	"math/rand/v2"
	"sync"
	"time"
)

// retryPolicy says how often a call is sent again, and what the server may ask for. Nothing here waits or sends.
type retryPolicy struct {
	// most is how many attempts follow the first.
	most int
	// base is the longest wait before the first retry; it doubles with each, up to longest.
	base, longest time.Duration
	// longestAsked is the longest wait that a server may ask for; a longer one ends the call.
	longestAsked time.Duration
}

// situation is what one call allows, and what has become of it so far.
type situation struct {
	class retryClass
	// retryAmbiguous: the caller accepts that an unsafe call may be carried out twice.
	retryAmbiguous bool
	// retries already made.
	retries int
	// asked is what the server asked to wait.
	asked *time.Duration
	// left is what is left of the time for the whole call.
	left *time.Duration
}

// wait says how long to wait before the next attempt, and whether there is one. chance, from 0 to 1, spreads the attempts
// of many clients.
func (p retryPolicy) wait(what remedy, now situation, chance float64) (time.Duration, bool) {
	isAllowed := what == remedyAgain ||
		what == remedyAgainIfHarmless && (now.class != retryUnsafe || now.retryAmbiguous)
	if !isAllowed || now.retries >= p.most {
		return 0, false
	}
	wait := time.Duration(float64(p.backoff(now.retries)) * chance)
	if now.asked != nil {
		if *now.asked > p.longestAsked {
			return 0, false
		}
		// Never earlier than asked; and not all clients at the same moment.
		wait += *now.asked
	}
	return wait, now.left == nil || wait < *now.left
}

func (p retryPolicy) backoff(retries int) time.Duration {
	wait := p.base
	for range min(retries, 40) {
		if wait >= p.longest {
			break
		}
		wait *= 2
	}
	return min(wait, p.longest)
}

// budget is what all calls of a client together may spend on retries, so that they do not multiply an outage. While a
// server answers, one call in five may be repeated for ever; while it does not, retries stop after the first few and each
// call is sent once.
type budget struct {
	lock       sync.Mutex
	left, most int
}

const (
	retryCost    = 5
	answerReward = 1
)

// newBudget has enough for that many retries.
func newBudget(retries int) *budget {
	most := max(0, min(retries, 1<<30)) * retryCost
	return &budget{left: most, most: most}
}

// take takes one retry, if there is one.
func (b *budget) take() bool {
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.left < retryCost {
		return false
	}
	b.left -= retryCost
	return true
}

// reward: the server did its work.
func (b *budget) reward() {
	b.lock.Lock()
	defer b.lock.Unlock()
	b.left = min(b.left+answerReward, b.most)
}

func chance() float64 {
	return rand.Float64()
}
