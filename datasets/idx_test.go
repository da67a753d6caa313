package datasets

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// IDX files, gzipped or not, are read value for value as torchvision reads them, with the labels
// beside them.
func TestIDX(t *testing.T) {
	raw, labels := datatest.Read(t, "idx", "few-images.u8"), datatest.Read(t, "idx", "few-labels.u8")
	for _, file := range []string{"few-images-idx3-ubyte", "packed-images-idx3-ubyte.gz"} {
		set, err := Open(context.Background(), "testdata/idx/"+file, dataset.Options{}, nil)
		datatest.Must(t, err)
		info := set.Info()
		if info.Name != file || info.Count != 12 || !slices.Equal(info.Shape, []int{8, 8, 1}) || !slices.Equal(info.Labels, []string{"4", "5", "6"}) {
			t.Errorf("%s: %+v, want 12 of 8×8×1 labelled 4, 5 and 6", file, info)
		}
		item := make([]float32, 64)
		for i := range 12 {
			if label := set.Read(i, item); info.Labels[label] != strconv.Itoa(int(labels[i])) {
				t.Errorf("%s: item %d is labelled %s, want %d", file, i, info.Labels[label], labels[i])
			}
			for j, v := range item {
				if got, want := dataset.ToByte(v), raw[64*i+j]; got != want {
					t.Fatalf("%s: value %d of item %d is %d, want %d", file, j, i, got, want)
				}
			}
		}
	}
	set, err := Open(context.Background(), "testdata/idx/alone.idx3-ubyte", dataset.Options{Size: 12, Channels: 3}, nil)
	datatest.Must(t, err)
	want := []string{
		"3 grey pictures of 10×6 from an IDX file, without labels: no labels file lies beside it",
		"cut to the square in the middle and resized to 12×12 (all enlarged)",
	}
	if info := set.Info(); !slices.Equal(info.Notes, want) || !slices.Equal(info.Shape, []int{12, 12, 3}) {
		t.Errorf("%v, %q, want 12×12×3 and %q", info.Shape, info.Notes, want)
	}
	_, values, err := readIDX(bytes.NewReader(datatest.Read(t, "idx", "alone.idx3-ubyte")), 1<<20)
	if err != nil || !bytes.Equal(values, datatest.Read(t, "idx", "alone.u8")) {
		t.Errorf("alone.idx3-ubyte: other values than torchvision's (%v)", err)
	}
}

func TestIDXErrors(t *testing.T) {
	good := string(datatest.Read(t, "idx", "few-images-idx3-ubyte"))
	head := func(magic string, dims ...byte) string {
		for _, d := range dims {
			magic += "\x00\x00\x00" + string(d)
		}
		return magic
	}
	tests := []struct{ name, content, want string }{
		{"cut", good[:500], "truncated: it ends before the values that its header promises: 484 of 768 bytes"},
		{"header cut", good[:10], "truncated"},
		{"vast", "\x00\x00\x08\x03\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "its header promises more than 4.0 GB"},
		{"floats", head("\x00\x00\x0d\x03", 2, 8, 8), "values of type 0x0d: only unsigned bytes"},
		{"nothing", head("\x00\x00\x08\x03", 0, 8, 8), "a dimension is 0"},
		{"one", head("\x00\x00\x08\x03", 1, 4, 4) + strings.Repeat("x", 16), "a single picture is too few"},
		{"tiny", head("\x00\x00\x08\x03", 4, 2, 2) + strings.Repeat("x", 16), "pictures of 2×2: too small"},
		{"two dimensions", head("\x00\x00\x08\x02", 4, 4) + strings.Repeat("x", 16), "2 dimensions"},
		{"no IDX", "plain text", "not an IDX file"},
		{"bad gzip", "\x1f\x8b\x08plain text", "what it holds cannot be unpacked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bad-images-idx3-ubyte")
			datatest.Must(t, os.WriteFile(file, []byte(tt.content), 0o644))
			_, err := Open(context.Background(), file, dataset.Options{}, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
				t.Errorf("%v, want %q and the file's name", err, tt.want)
			}
		})
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a-images-idx3-ubyte")
	datatest.Must(t, os.WriteFile(file, []byte(good), 0o644))
	datatest.Must(t, os.WriteFile(filepath.Join(dir, "a-labels-idx1-ubyte"), []byte(head("\x00\x00\x08\x01", 3)+"abc"), 0o644))
	if _, err := Open(context.Background(), file, dataset.Options{}, nil); err == nil || !strings.Contains(err.Error(), "labels of shape [3] for 12 pictures") {
		t.Errorf("%v, want that 3 labels are too few", err)
	}
}

// Masks in an IDX file, of 0 and 1, are to be seen.
func TestIDXMasks(t *testing.T) {
	data := []byte{0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 4}
	for i := range 32 {
		data = append(data, byte(i%2))
	}
	file := filepath.Join(t.TempDir(), "masks.idx3-ubyte")
	datatest.Must(t, os.WriteFile(file, data, 0o644))
	set, err := Open(context.Background(), file, dataset.Options{}, nil)
	datatest.Must(t, err)
	pix, _ := datatest.BytesOf(set)
	if note := set.Info().Notes[0]; pix[0] != 0 || pix[1] != 255 || !strings.Contains(note, ", values from 0 to 1, ") {
		t.Errorf("%v, %q; want 0, 255 and what was done", pix[:4], note)
	}
}
