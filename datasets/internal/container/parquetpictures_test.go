package container

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
)

// Whatever bytes come, reading them ends without harm.
func FuzzParquet(f *testing.F) {
	golden, _ := filepath.Glob(datatest.File("parquet/*.parquet"))
	for _, file := range golden {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.ArchiveBytes, lim.ArchiveEntries = 1<<20, 1000
	f.Fuzz(func(t *testing.T, data []byte) {
		var l files.Listing
		defer l.Close()
		if addParquet(context.Background(), &l, "x.parquet", bytes.NewReader(data), int64(len(data)), lim) != nil {
			return
		}
		if len(l.Entries) > 1000 {
			t.Errorf("%d entries", len(l.Entries))
		}
	})
}
