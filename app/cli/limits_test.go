package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/memory"
)

// An interruption is a context that is cancelled when it has been asked so often.
type interruption struct {
	context.Context
	left int
}

func (c *interruption) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestSampleInterrupted ends samplings in their midst: nothing is left, and what was there stays.
func TestSampleInterrupted(t *testing.T) {
	dir := t.TempDir()
	file := pictures(t, dir)
	before := listing(t, dir)
	for _, out := range []string{"x.npy", "x.csv", "x.png", "many/"} {
		ctx := &interruption{t.Context(), 3}
		r := runIn(ctx, "sample", file, "--n", "5000", "--out", dir+"/"+out)
		if r.status != exitInterrupted || ctx.left >= 0 {
			t.Errorf("%s: exit %d (%s) with %d questions to go, want %d", out, r.status, r.stderr, ctx.left, exitInterrupted)
		}
		if got := listing(t, dir); !slices.Equal(got, before) {
			t.Errorf("%s: the folder has %v, want %v", out, got, before)
		}
	}
	must(t, "sample", file, "--n", "3", "--out", filepath.Join(dir, "many")+"/")
	many := listing(t, dir)
	must(t, "sample", file, "--n", "3", "--force", "--out", filepath.Join(dir, "many"))
	if r := runIn(&interruption{t.Context(), 3}, "sample", file, "--n", "200000", "--out", filepath.Join(dir, "many")); r.status != exitInterrupted {
		t.Errorf("into a folder: exit %d (%s), want %d", r.status, r.stderr, exitInterrupted)
	}
	if got := listing(t, dir); !slices.Equal(got, many) {
		t.Errorf("an interrupted sampling into a folder leaves %v, want %v", got, many)
	}
}

// TestMemoryLimit holds that everything that takes memory in proportion to a recipe asks first, and
// names the variable where it is no size.
func TestMemoryLimit(t *testing.T) {
	dir := t.TempDir()
	file := pictures(t, dir)
	out := filepath.Join(dir, "x")
	huge := []string{"--set", "g.layers=linear 65536,relu,linear 4000,relu,linear 64,unflatten 8 8 1"}
	tiny := []string{"--data", "shapes", "--set", "image_size=8", "--set", "d.layers=flatten,linear 1"}
	commands := [][]string{
		slices.Concat([]string{"train", "digits", "--out", out + ".ganvas"}, tiny, huge),
		slices.Concat([]string{"train", "digits", "--dry-run"}, tiny, huge),
		{"resume", file, "--steps", "1"},
		{"sample", file, "--out", out + ".npy"},
		{"sample", file, "--out", out + ".png", "--scale", "8", "--n", "10000"},
		{"evaluate", file},
	}
	t.Setenv(memory.Variable, "a lot")
	for _, args := range commands {
		if r := run(t, args...); r.status != exitFailed || !strings.Contains(r.stderr, memory.Variable+"=a lot: write a size") {
			t.Errorf("%v: exit %d: %s", args, r.status, r.stderr)
		}
	}
	t.Setenv(memory.Variable, "1kB") // what Go's heap has to spare may be used nevertheless
	for _, args := range commands[:2] {
		r := run(t, args...)
		if r.status != exitFailed || !strings.Contains(r.stderr, "needs about ") || !strings.Contains(r.stderr, " are free: ") {
			t.Errorf("%v: exit %d: %s", args, r.status, r.stderr)
		}
	}
	if got := listing(t, dir); slices.Contains(got, "x.ganvas") || slices.Contains(got, "x.npy") {
		t.Errorf("what was refused leaves %v", got)
	}
}
