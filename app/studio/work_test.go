package studio

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// TestWritingWaits: of two exports the second waits for the end of the first, also where that is
// stopped; work that writes nothing ends what is being written, and what waits comes after it.
func TestWritingWaits(t *testing.T) {
	r := newRig(t, nil)
	var ended []string
	var export func(name string)
	export = func(name string) {
		if r.Work.AfterWriting(func() { export(name) }) {
			return
		}
		r.Work.RunWriting(name, func(ctx context.Context, _ func(done, total int)) error {
			if name == "long" {
				<-ctx.Done()
			}
			return ctx.Err()
		}, func(err error) {
			if errors.Is(err, context.Canceled) {
				name += ", stopped"
			}
			ended = append(ended, name)
		})
	}
	export("long")
	export("second")
	export("third")
	if len(ended) != 0 {
		t.Fatalf("ended: %q", ended)
	}
	r.Work.Stop()
	r.until("all are written", func() bool { return len(ended) == 3 })
	if want := []string{"long, stopped", "second", "third"}; !slices.Equal(ended, want) {
		t.Errorf("ended: %q, want %q", ended, want)
	}

	ended = nil
	export("long")
	export("second")
	r.Work.Run("other", func(context.Context, func(done, total int)) error { return nil }, func(error) { ended = append(ended, "other") })
	r.until("all have ended", func() bool { return len(ended) == 3 })
	if slices.Index(ended, "second") < slices.Index(ended, "other") || !slices.Contains(ended, "long, stopped") {
		t.Errorf("ended: %q", ended)
	}
}
