package cache

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// Whatever bytes come, a file in the cache is a set, every item of which can be read, or it is
// refused.
func FuzzKept(f *testing.F) {
	dir := f.TempDir()
	c := NewCache(dir)
	draft, err := c.create()
	if err != nil {
		f.Fatal(err)
	}
	info := dataset.Info{Kind: dataset.Pictures, Count: 3, Shape: []int{4, 4, 1}, Labels: []string{"a"}}
	if _, err := draft.Write(make([]byte, 48)); err != nil {
		f.Fatal(err)
	}
	file := filepath.Join(dir, "x"+setEnding)
	origins := &dataset.Origins{Names: []byte("pets/a.png"), Items: make([]dataset.OriginItem, 3)}
	if _, err := (&Keeping{cache: c, path: file}).finish(draft, Prepared{Info: info, Labels: []int32{0, 0, -1}, Origins: origins}); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "y"+setEnding)
		datatest.Must(t, os.WriteFile(file, data, 0o600))
		set, err := openKept(context.Background(), file, func(int, int) {})
		if err != nil {
			return
		}
		dst := make([]float32, set.Item)
		for i := range min(set.Len(), 100) {
			if _, err := set.TryRead(i, dst); err != nil {
				t.Errorf("item %d: %v", i, err)
			}
			dataset.OriginOf(set, i)
		}
	})
}
