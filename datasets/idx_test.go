package datasets

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

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
			_, err := Open(context.Background(), file, Options{}, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
				t.Errorf("%v, want %q and the file's name", err, tt.want)
			}
		})
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "a-images-idx3-ubyte")
	datatest.Must(t, os.WriteFile(file, []byte(good), 0o644))
	datatest.Must(t, os.WriteFile(filepath.Join(dir, "a-labels-idx1-ubyte"), []byte(head("\x00\x00\x08\x01", 3)+"abc"), 0o644))
	if _, err := Open(context.Background(), file, Options{}, nil); err == nil || !strings.Contains(err.Error(), "labels of shape [3] for 12 pictures") {
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
	set, err := Open(context.Background(), file, Options{}, nil)
	datatest.Must(t, err)
	pix, _ := datatest.BytesOf(set)
	if note := set.Info().Notes[0]; pix[0] != 0 || pix[1] != 255 || !strings.Contains(note, ", values from 0 to 1, ") {
		t.Errorf("%v, %q; want 0, 255 and what was done", pix[:4], note)
	}
}
