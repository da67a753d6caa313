package datasets

import (
	"context"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	file := zipped(t, map[string][]byte{"a.png": red, "b.png": green, "c.png": blue})
	dir := tree(t, map[string][]byte{"a.png": red, "b.png": green, "c.png": blue})
	tests := []struct {
		name, source string
		change       func(l *limits)
		want         string
	}{
		{"entries", file, func(l *limits) { l.archiveEntries = 2 }, "3 entries, over the limit of 2"},
		{"declared size", file, func(l *limits) { l.archiveBytes = 100 }, "unpacks to more than"},
		{"file", dir, func(l *limits) { l.file = 10 }, "larger than"},
		{"pixels", dir, func(l *limits) { l.pixels = 63 }, "8×8 pixels: too large"},
		{"memory", dir, func(l *limits) { l.memory = 3*4*36 + 1 }, "choose a size of 6 or less"}, // 3 pictures of 6×6×4
	}
	for _, tt := range tests {
		lim := standardLimits
		tt.change(&lim)
		o, _ := Options{}.checked()
		_, err := opening{o: o, lim: lim, progress: func(int, int) {}}.open(context.Background(), []string{tt.source})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
