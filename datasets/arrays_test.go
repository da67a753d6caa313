package datasets

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// NumPy's arrays, whatever type, order and scale, are the bytes that NumPy makes of them.
func TestNPY(t *testing.T) {
	tests := []struct {
		name  string
		shape []int
		note  string
	}{
		{"nhw-u1", []int{8, 10, 1}, "5 grey pictures of 10×8 from nhw-u1.npy (N,H,W), without labels"},
		{"nhwc-f4", []int{9, 7, 3}, "4 colour pictures of 7×9 from nhwc-f4.npy (N,H,W,C), values from 0 to 1, without labels"},
		{"nchw-f8", []int{9, 7, 3}, "4 colour pictures of 7×9 from nchw-f8.npy (N,C,H,W), values from −1 to 1, without labels"},
		{"fortran-u1", []int{9, 7, 3}, "4 colour pictures of 7×9 from fortran-u1.npy (N,H,W,C), without labels"},
		{"nhw-u2", []int{8, 10, 1}, "5 grey pictures of 10×8 from nhw-u2.npy (N,H,W), values from 0 to 65,535, without labels"},
		{"nhw-bool", []int{8, 10, 1}, "5 grey pictures of 10×8 from nhw-bool.npy (N,H,W), values from 0 to 1, without labels"},
		{"big-endian-i4", []int{8, 10, 1}, "5 grey pictures of 10×8 from big-endian-i4.npy (N,H,W), values from 0 to 255, without labels"},
		{"nhw-f2", []int{8, 10, 1}, "5 grey pictures of 10×8 from nhw-f2.npy (N,H,W), values from 0 to 1, without labels"},
		{"flat-u1", []int{8, 8, 1}, "5 grey pictures of 8×8 from flat-u1.npy (rows of 64 values, taken for 8×8), without labels"},
		{"odd-f4", []int{6, 6, 1}, ""},
		{"hole-f4", []int{9, 7, 3}, "3 colour pictures of 7×9 from hole-f4.npy (N,H,W,C), values from 0 to 1, without labels"},
	}
	for _, tt := range tests {
		file := "testdata/arrays/" + tt.name + ".npy"
		want := datatest.Read(t, "arrays", tt.name+".u8")
		// What is not square is compared before it is prepared.
		a, _, err := readNumPy(file, dataset.StandardLimits)
		datatest.Must(t, err)
		l, ok := layoutOf(&a.array)
		g, bad := a.toGrid(l, scaleOf(&a.array))
		if got := []int{g.h, g.w, g.c}; !ok || !slices.Equal(got, tt.shape) || !bytes.Equal(g.values, want) {
			t.Errorf("%s: %v, bytes equal: %v, want %v and the same bytes", tt.name, got, bytes.Equal(g.values, want), tt.shape)
		}
		set, err := Open(context.Background(), file, dataset.Options{Fit: "pad"}, nil)
		datatest.Must(t, err)
		info := set.Info()
		if info.Count != g.n || tt.note != "" && info.Notes[0] != tt.note || info.Shape[0] != max(g.h, g.w) || len(info.Skipped) != len(bad) {
			t.Errorf("%s: %+v, want %q", tt.name, info, tt.note)
		}
		if tt.name == "hole-f4" && (len(bad) != 1 || info.Skipped[0].Path != "hole-f4.npy[2]") {
			t.Errorf("%s: skipped %v, want item 2", tt.name, info.Skipped)
		}
	}
	set, err := Open(context.Background(), "testdata/arrays/points.npy", dataset.Options{}, nil)
	datatest.Must(t, err)
	if info := set.Info(); info.Kind != dataset.Points || info.Count != 40 || info.Notes[0] != "40 points from points.npy (N,2)" {
		t.Errorf("%+v, want 40 points", info)
	}
	raw := datatest.Read(t, "arrays", "points.npy")
	first := math.Float64frombits(binary.LittleEndian.Uint64(raw[len(raw)-40*16:]))
	sc, offset := set.(dataset.Affine).Affine()
	var xy [2]float32
	set.Read(0, xy[:])
	if got := float64(xy[0])*sc[0] + offset[0]; math.Abs(got-first) > 1e-5 {
		t.Errorf("first x is %v, want %v", got, first)
	}
}

func TestNPZ(t *testing.T) {
	tests := []struct {
		sources []string
		labels  []string // of the items
		names   []string
		pixels  string
	}{
		{[]string{"numbers.npz"}, []string{"7", "3", "7", "10", "3"}, []string{"3", "7", "10"}, "grey.u8"},
		{[]string{"words.npz"}, []string{"dog", "cat", "dog", "bird"}, []string{"bird", "cat", "dog"}, "colour.u8"},
		{[]string{"onehot.npz"}, []string{"0", "2", "1", "1", "0"}, []string{"0", "1", "2"}, "grey.u8"},
		{[]string{"unnamed.npz"}, []string{"0", "1", "2", "3", "4"}, []string{"0", "1", "2", "3", "4"}, "grey.u8"},
		{[]string{"labels.npy", "nhw-u1.npy"}, []string{"1", "0", "1", "0", "1"}, []string{"0", "1"}, "grey.u8"},
	}
	for _, tt := range tests {
		var sources []string
		for _, s := range tt.sources {
			sources = append(sources, "testdata/arrays/"+s)
		}
		set, err := OpenAll(context.Background(), sources, dataset.Options{}, nil)
		if err != nil {
			t.Errorf("%v: %v", tt.sources, err)
			continue
		}
		if _, labels := datatest.BytesOf(set); !slices.Equal(labels, tt.labels) || !slices.Equal(set.Info().Labels, tt.names) {
			t.Errorf("%v: labels %v of %v, want %v of %v", tt.sources, labels, set.Info().Labels, tt.labels, tt.names)
		}
		x, _, err := readNumPy(sources[len(sources)-1], dataset.StandardLimits)
		datatest.Must(t, err)
		l, _ := layoutOf(&x.array)
		if g, _ := x.toGrid(l, scaleOf(&x.array)); !bytes.Equal(g.values, datatest.Read(t, "arrays", tt.pixels)) {
			t.Errorf("%v: other pixels", tt.sources)
		}
	}
	set, err := Open(context.Background(), "testdata/arrays/numbers.npz", dataset.Options{Labels: "none"}, nil)
	datatest.Must(t, err)
	if len(set.Info().Labels) != 0 {
		t.Error("labels, want none")
	}
}

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
		_, err := Open(context.Background(), file, dataset.Options{}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v, want %q and the file's name", tt.name, err, tt.want)
		}
	}
	for _, sources := range [][]string{{"nhw-u1.npy", "nhw-u2.npy"}, {"labels.npy"}, {"nhwc-f4.npy", "labels.npy"}} {
		for i := range sources {
			sources[i] = "testdata/arrays/" + sources[i]
		}
		if _, err := OpenAll(context.Background(), sources, dataset.Options{}, nil); err == nil {
			t.Errorf("%v: no error", sources)
		}
	}
}
