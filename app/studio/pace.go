package studio

import (
	"context"
	"time"
)

// AtMostEvery calls take for what wake announces, until ctx ends. Wake holds one announcement, so
// that many of them make one call. After a call that took something, the next one waits for the
// interval.
func AtMostEvery(ctx context.Context, interval time.Duration, wake <-chan struct{}, take func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		if !take() {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(interval):
		}
	}
}
