package datasets

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

func TestArrayErrors(t *testing.T) {
	good := string(datatest.Read(t, "arrays", "nhw-u1.npy"))
	with := func(old, new string) string { // the header keeps its length
		header, rest, _ := strings.Cut(good, "\n")
		padded := fmt.Sprintf("%-*s", len(header), strings.TrimRight(strings.Replace(header, old, new, 1), " "))
		return padded + "\n" + rest
	}
	tests := []struct{ name, content, want string }{
		{"cut", good[:300], "truncated: it ends before the values that its header promises: 172 of 400 bytes"},
		{"header cut", good[:50], "damaged or unusual header"},
		{"no header", "\x93NUMPY\x01\x00\x02\x00ab and no more", "damaged or unusual header"},
		{"vast header", "\x93NUMPY\x02\x00\xff\xff\xff\xff", "a header of more than 1 MB"},
		{"vast", with("(5, 8, 10)", "(99999, 99999, 99999)"), "its header promises more than 4.0 GB"},
		{"nothing", with("(5, 8, 10)", "(0, 8, 10)"), "a dimension is 0"},
		{"negative", with("(5, 8, 10)", "(-5, 8, 10)"), "a dimension is 0"},
		{"objects", with("|u1", "|O8"), `values of type "|O8": save numbers`},
		{"tiny", with("(5, 8, 10)", "(50, 2, 4)"), "pictures of 4×2: too small"},
		{"one dimension", with("(5, 8, 10)", "(400,)"), "one dimension: these are labels"},
		{"five dimensions", with("(5, 8, 10)", "(5,8,5,2,1)"), "has the shape 5,8,5,2,1: pictures have N,H,W"},
		{"single", with("(5, 8, 10)", "(1, 20, 20)"), "a single picture: at least 2"},
		{"zip", "PK\x03\x04" + strings.Repeat("\x00", 22) + "\x05\x00\x00\x00x.npy", "the NPZ is truncated or damaged"},
	}
	for _, tt := range tests {
		file := filepath.Join(t.TempDir(), "some.npy")
		datatest.Must(t, os.WriteFile(file, []byte(tt.content), 0o644))
		_, err := Open(context.Background(), file, Options{}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v, want %q and the file's name", tt.name, err, tt.want)
		}
	}
	for _, sources := range [][]string{{"nhw-u1.npy", "nhw-u2.npy"}, {"labels.npy"}, {"nhwc-f4.npy", "labels.npy"}} {
		for i := range sources {
			sources[i] = "testdata/arrays/" + sources[i]
		}
		if _, err := OpenAll(context.Background(), sources, Options{}, nil); err == nil {
			t.Errorf("%v: no error", sources)
		}
	}
}
