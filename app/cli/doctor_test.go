package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDoctor: what is wrong is said on standard error while training, and inspect lists it.
func TestDoctor(t *testing.T) {
	out := filepath.Join(t.TempDir(), "a.ganvas")
	r := run(t, "train", "moons", "--out", out, "--steps", "700", "--set", "batch=32", "--set", "g.lr=1e-7", "--set", "d.lr=1e-7", "--set", "g.layers=linear 16, relu, linear 2", "--set", "d.layers=linear 16, relu, linear 1")
	if r.status != exitDone {
		t.Fatal(r.stderr)
	}
	if want := "learning rate too low"; !strings.Contains(r.stderr, want) || !strings.Contains(r.stderr, "--set g.lr=1e-06") {
		t.Errorf("standard error says %q, want %q and what to set", r.stderr, want)
	}
	in, err := inspect(out, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Findings) != 1 || in.Findings[0].Kind != "rate-too-low" || !in.Findings[0].Holds || len(in.Findings[0].Remedies) == 0 {
		t.Errorf("inspect lists %+v, want rate-too-low with a remedy", in.Findings)
	}
	if text := must(t, "inspect", out); !strings.Contains(text, "doctor, steps ") {
		t.Errorf("inspect prints %q, want the doctor's words", text)
	}
}

func TestBenchDoctorUsage(t *testing.T) {
	for _, args := range [][]string{{"bench", "--doctor", "no-such-case"}, {"bench", "--doctor", "--seeds", "one", "non-finite"}} {
		if r := run(t, args...); r.status != exitUsage || strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%q: status %d, %q", args, r.status, r.stderr)
		}
	}
	if text := must(t, "bench", "--doctor", "--seeds", "1", "non-finite"); !strings.Contains(text, "Named rightly: 1 of 1 runs (100.0 %)") {
		t.Errorf("bench prints %q", text)
	}
}
