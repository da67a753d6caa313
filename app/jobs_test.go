package app

import (
	"context"
	"testing"
)

func TestJobsEnd(t *testing.T) {
	j := newJobs(func(f func()) { f() })
	ended := false
	j.start(func(ctx context.Context) error {
		<-ctx.Done()
		ended = true
		return nil
	}, nil)
	j.close()
	if !ended {
		t.Error("close did not wait for the work")
	}
	j.start(func(context.Context) error {
		t.Error("work started after the end")
		return nil
	}, func(error) { t.Error("done after the end") })
	j.close()
}
