package omise

import (
	"context"
	"time"
)

// exchange makes a call as a series of attempts: sent again where that is worth it, safe, in time, and within the client's
// budget. The body of a success is still to be decoded.
func (c *core) exchange(ctx context.Context, out *outgoing) (*Response, *Error) {
	sent, retries := 0, 0
	// What one attempt may have done is never undone by a later one that was refused.
	isAmbiguous := false
	for {
		answer, failure := c.once(ctx, out, &sent)
		if failure == nil {
			c.budget.reward()
			answer.Attempts = sent
			return answer, nil
		}
		isAmbiguous = isAmbiguous || failure.mayHaveHappened()
		failure.Attempts = sent
		failure.IdempotencyKey = out.idempotencyKey
		failure.OutcomeUnknown = isAmbiguous && out.class != retrySafe
		wait, isRetried := c.nextWait(ctx, out, failure, retries)
		if !isRetried || !sleep(ctx, wait) {
			return nil, failure
		}
		retries++
	}
}

// nextWait says how long to wait before a call is sent again, and whether it is.
func (c *core) nextWait(ctx context.Context, out *outgoing, failure *Error, retries int) (time.Duration, bool) {
	what := failure.remedy()
	if what == remedyNone {
		if failure.Status != 0 {
			c.budget.reward()
		}
		return 0, false
	}
	if ctx.Err() != nil || out.body != nil && out.body.stream != nil {
		return 0, false
	}
	now := situation{class: out.class, retryAmbiguous: out.retryAmbiguous, retries: retries, asked: failure.RetryAfter}
	if out.deadline != nil {
		now.left = Ptr(time.Until(*out.deadline))
	}
	wait, isAllowed := out.retries.wait(what, now, chance())
	return wait, isAllowed && c.budget.take()
}

// sleep waits, and tells whether the caller still does.
func sleep(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// once makes one attempt, with a token where one is needed.
func (c *core) once(ctx context.Context, out *outgoing, sent *int) (*Response, *Error) {
	answer, failure := c.authorized(ctx, out, sent)
	if failure != nil {
		failure.Operation = out.operation
		for _, secret := range out.secrets {
			failure.without(secret)
		}
	}
	return answer, failure
}

// authorized sends the request with a token, if it needs one. A server that refuses the token has done nothing, so the
// request is sent once more with a new one, unless its body is a stream.
func (c *core) authorized(ctx context.Context, out *outgoing, sent *int) (*Response, *Error) {
	if out.grant == nil {
		return c.send(ctx, out, sent)
	}
	for isSecond := false; ; isSecond = true {
		token, failure := c.token(ctx, out)
		if failure != nil {
			return nil, failure
		}
		out.headers.Set("Authorization", "Bearer "+token)
		answer, failure := c.send(ctx, out, sent)
		if failure == nil {
			answer.RequestID = withoutSecret(answer.RequestID, token)
			return answer, nil
		}
		failure.without(token)
		if failure.Status != 401 {
			return nil, failure
		}
		c.tokens.forget(out.grant, token)
		if isSecond || out.body != nil && out.body.stream != nil {
			return nil, failure
		}
	}
}

// send sends the request, and says what its answer means.
func (c *core) send(ctx context.Context, out *outgoing, sent *int) (*Response, *Error) {
	*sent++
	received, failure := c.receive(ctx, out.request(), out.time())
	if failure != nil {
		return nil, failure
	}
	return c.interpret(received.status, received.headers, received.body)
}

// time is how long the next step may take.
func (o *outgoing) time() time.Duration {
	if o.deadline == nil {
		return o.timeout
	}
	return max(0, min(o.timeout, time.Until(*o.deadline)))
}
