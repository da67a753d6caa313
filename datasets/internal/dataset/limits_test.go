package dataset

import (
	"strings"
	"testing"

	"ganvas/engine/memory"
)

// TestCheckMemory has pictures that would fit into the fixed limit, and not into what is free.
func TestCheckMemory(t *testing.T) {
	for _, test := range []struct{ limit, want string }{
		{"100MB", " GB are free: choose a size of "},
		{"much", "read x: GANVAS_MEMORY=much: write a size"},
	} {
		t.Setenv(memory.Variable, test.limit)
		err := StandardLimits.CheckMemory("x", 15_000, 256, 3) // 2.9 GB
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("with %s: %v, want %q", test.limit, err, test.want)
		}
	}
}
