package settings

import (
	"path/filepath"
	"testing"
)

// TestWindowSize: a window comes back as large as it was left, also on a small screen or at a large
// scale; one that was left too small to be used is made larger.
func TestWindowSize(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Flush()
	p := Preferences{s}
	for _, c := range [][4]float32{{1280, 800, 1280, 800}, {720, 450, 720, 450}, {100, 50, 720, 450}} {
		p.SetWindowSize(c[0], c[1])
		if w, h := p.WindowSize(); w != c[2] || h != c[3] {
			t.Errorf("left at %v × %v, comes back at %v × %v, want %v × %v", c[0], c[1], w, h, c[2], c[3])
		}
	}
}
