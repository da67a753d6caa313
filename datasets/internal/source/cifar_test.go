package source

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/files"
)

func TestCIFAR(t *testing.T) {
	want := datatest.Read(t, "arrays", "cifar.u8")
	named := []string{"cat", "airplane", "cat", "truck", "automobile"}
	tests := []struct {
		sources []string
		n       int
		labels  []string
	}{
		{[]string{"cifar-10-batches-bin"}, 5, named},
		{[]string{"cifar-10-binary.tar.gz"}, 5, named},
		{[]string{"cifar-10-batches-bin/data_batch_2.bin", "cifar-10-batches-bin/data_batch_1.bin"}, 5, named},
		{[]string{"cifar-10-batches-bin/test_batch.bin"}, 2, named[:2]},
		{[]string{"train.bin"}, 5, []string{"50", "99", "50", "7", "8"}},
		{[]string{"cifar-100-binary.tar.gz"}, 5, []string{"fine thing 50", "fine thing 99", "fine thing 50", "fine thing 7", "fine thing 8"}},
	}
	for _, tt := range tests {
		var sources []string
		for _, s := range tt.sources {
			sources = append(sources, datatest.File("arrays/"+s))
		}
		set, err := Open(context.Background(), sources, dataset.Options{}, nil)
		if err != nil {
			t.Errorf("%v: %v", tt.sources, err)
			continue
		}
		got, labels := datatest.BytesOf(set)
		if !bytes.Equal(got, want[:tt.n*3072]) || !slices.Equal(labels, tt.labels) {
			t.Errorf("%v: %d items labelled %v, want %d labelled %v and the same bytes", tt.sources, set.Len(), labels, tt.n, tt.labels)
		}
	}
	// What is there of a cut file stays, and the cut is said.
	dir := datatest.Tree(t, map[string][]byte{"a.bin": datatest.Read(t, "arrays", "cifar-10-batches-bin", "data_batch_1.bin"), "b.bin": bytes.Repeat([]byte{1}, 3073)})
	r := &reading{opening: opening{lim: dataset.StandardLimits}, what: dir, list: new(files.Listing)}
	defer r.list.Close()
	datatest.Must(t, r.list.AddFolder(context.Background(), dir, dataset.StandardLimits))
	datatest.Must(t, os.Truncate(filepath.Join(dir, "a.bin"), 3073*2+100))
	set, err := r.openCIFAR(context.Background(), cifars[0], r.list.Entries)
	if err != nil || set.Len() != 3 || len(set.Info().Skipped) != 1 {
		t.Errorf("%v, %v, want 3 pictures and one cut file", set, err)
	}
}

func FuzzCIFAR(f *testing.F) {
	f.Add(bytes.Repeat([]byte{1}, 3073), false)
	f.Add(bytes.Repeat([]byte{1}, 3074*2+5), true)
	f.Fuzz(func(t *testing.T, data []byte, hundred bool) {
		layout := cifars[0]
		if hundred {
			layout = cifars[1]
		}
		var g array.Grid
		var words []string
		e := files.Entry{Name: "a.bin", Size: int64(len(data)), Opener: files.OpenFunc(files.SectionOf(bytes.NewReader(data), 0, int64(len(data))))}
		err := layout.read(e, &g, &words)
		if want := len(data) / int(layout.record()); g.N != want || len(words) != want || len(g.Values) != 3072*want || (err == nil) != (len(data)%int(layout.record()) == 0) {
			t.Errorf("%d pictures, %d labels, %d values, %v from %d bytes", g.N, len(words), len(g.Values), err, len(data))
		}
	})
}
