package files

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
)

// Cancellable ends a stream when its context does.
type Cancellable struct {
	Ctx context.Context
	io.Reader
}

// Read reads, or returns the context's error.
func (c Cancellable) Read(p []byte) (int, error) {
	if err := c.Ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}

// metered takes what is read from a budget that all entries of an archive share, since sizes that
// an archive declares need not be true.
type metered struct {
	io.ReadCloser
	budget *atomic.Int64
}

// Read reads, or fails when the budget is used up.
func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if m.budget.Add(-int64(n)) < 0 {
		return n, errors.New("the archive unpacks to more than it says, and over the limit")
	}
	return n, err
}
