package studio

import (
	"context"
	"testing"
)

func TestJobsEnd(t *testing.T) {
	j := NewJobs(func(f func()) { f() })
	ended := false
	j.Start(func(ctx context.Context) error {
		<-ctx.Done()
		ended = true
		return nil
	}, nil)
	j.Close()
	if !ended {
		t.Error("close did not wait for the work")
	}
	j.Start(func(context.Context) error {
		t.Error("work started after the end")
		return nil
	}, func(error) { t.Error("done after the end") })
	j.Close()
}
