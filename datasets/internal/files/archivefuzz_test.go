package files

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Whatever bytes come, listing them ends, keeps to the limits, and every name stays inside.
func FuzzArchive(f *testing.F) {
	files, _ := filepath.Glob(datatest.File("archives/*"))
	for _, file := range append(files, datatest.File("holiday.zip"), datatest.File("odd/lzma.zip")) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := dataset.StandardLimits
	lim.ArchiveEntries, lim.ArchiveBytes, lim.File = 100, 1<<20, 1<<20
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "some.zip")
		datatest.Must(t, os.WriteFile(file, data, 0o600))
		var list Listing
		defer list.Close()
		if list.AddArchive(context.Background(), file, lim) != nil {
			return
		}
		if len(list.Entries) > lim.ArchiveEntries {
			t.Errorf("%d entries", len(list.Entries))
		}
		for _, e := range list.Entries {
			if !filepath.IsLocal(e.Name) {
				t.Errorf("entry %q leads outside", e.Name)
			}
			if data, err := e.Contents(lim); err == nil && int64(len(data)) > lim.File {
				t.Errorf("%d bytes of %q", len(data), e.Name)
			}
		}
	})
}
