package source

import (
	"context"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

func TestLimits(t *testing.T) {
	file := datatest.Zipped(t, map[string][]byte{"a.png": datatest.Red, "b.png": datatest.Green, "c.png": datatest.Blue})
	dir := datatest.Tree(t, map[string][]byte{"a.png": datatest.Red, "b.png": datatest.Green, "c.png": datatest.Blue})
	tests := []struct {
		name, source string
		change       func(l *dataset.Limits)
		want         string
	}{
		{"entries", file, func(l *dataset.Limits) { l.ArchiveEntries = 2 }, "3 entries, over the limit of 2"},
		{"declared size", file, func(l *dataset.Limits) { l.ArchiveBytes = 100 }, "unpacks to more than"},
		{"file", dir, func(l *dataset.Limits) { l.File = 10 }, "larger than"},
		{"pixels", dir, func(l *dataset.Limits) { l.Pixels = 63 }, "8×8 pixels: too large"},
		{"memory", dir, func(l *dataset.Limits) { l.Memory = 3*4*36 + 1 }, "choose a size of 6 or less"}, // 3 pictures of 6×6×4
	}
	for _, tt := range tests {
		lim := dataset.StandardLimits
		tt.change(&lim)
		o, _ := dataset.Checked(dataset.Options{})
		_, err := opening{o: o, lim: lim, progress: func(int, int) {}}.open(context.Background(), []string{tt.source})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
