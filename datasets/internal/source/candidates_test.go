package source

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/cache"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/prepare"
)

// Whatever bytes come, pictures are decoded or refused, and each item has the size that was
// promised.
func FuzzPicture(f *testing.F) {
	golden, _ := filepath.Glob(datatest.File("pictures/*"))
	more, _ := filepath.Glob(datatest.File("frames/*"))
	odd, _ := filepath.Glob(datatest.File("odd/*"))
	for _, file := range slices.Concat(golden, more, odd) {
		if strings.HasSuffix(file, ".rgba") || strings.HasSuffix(file, ".avi") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.Pixels = 1 << 16
	f.Fuzz(func(t *testing.T, data []byte) {
		e := files.Entry{Name: "some_8x8.png", Size: int64(len(data)), Alone: true, Opener: files.OpenFunc(files.SectionOf(bytes.NewReader(data), 0, int64(len(data))))}
		h, err := picture.Examine(e, 0, lim)
		if err != nil {
			return
		}
		c := candidate{Entry: &e, header: &h, items: h.Frames}
		if h.Frames > 1000 {
			return
		}
		c.decode(cache.SlotsInMemory(cache.SlotShape{Count: h.Frames, Side: 8, Channels: 4}, ""), prepare.NewPreparer(8, 4, dataset.Options{Fit: "crop"}), dataset.Options{}, lim)
		if c.err == nil && (c.got < 1 || c.got > c.items) {
			t.Errorf("%d of %d items", c.got, c.items)
		}
	})
}
