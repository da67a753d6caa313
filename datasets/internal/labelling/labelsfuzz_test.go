package labelling

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
)

// Whatever a table of labels holds, pictures get words of it or none.
func FuzzLabels(f *testing.F) {
	for _, name := range []string{"table/labels.csv", "celeba/list_attr_celeba.txt"} {
		data, err := os.ReadFile(datatest.File("labels/" + name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	good := make([]*files.Entry, 6)
	for i := range good {
		good[i] = &files.Entry{Name: fmt.Sprintf("img/%04d.png", i)}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e := files.Entry{Name: "labels.csv", Size: int64(len(data)), Opener: files.OpenFunc(files.SectionOf(bytes.NewReader(data), 0, int64(len(data))))}
		table, err := readLabels(context.Background(), e, dataset.StandardLimits)
		if err != nil {
			return
		}
		if m, err := table.match(namesOf(good), len(good), ""); err == nil && len(m.words) != len(good) {
			t.Errorf("%d words for %d pictures", len(m.words), len(good))
		}
	})
}

// A table of labels takes no more memory than a limit, and is refused with both sizes.
func TestLabelLimit(t *testing.T) {
	lim := dataset.StandardLimits
	lim.Labels, lim.Line = 100, 50
	read := func(text string, said int64) error {
		_, err := readLabels(context.Background(), files.Entry{Name: "labels.csv", Size: said, Opener: files.InMemory("", []byte(text)).Opener}, lim)
		return err
	}
	for _, tt := range []struct {
		text string
		said int64
		want string
	}{
		{strings.Repeat("1.png,a\n", 20), 160, "a table of labels of 160 bytes, over the limit of 100"},
		{strings.Repeat("1.png,a\n", 20), 1, "more than 100 bytes of text"},
		{"1.png,a\n" + strings.Repeat("x", 60), 68, "line 2: a line of 60 bytes, over the limit of 50"},
	} {
		if err := read(tt.text, tt.said); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want %q", err, tt.want)
		}
	}
}
