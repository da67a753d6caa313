package array

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
)

// wanted is a request for what options say, within the limits of the program.
func wanted(t *testing.T, o dataset.Options) Request {
	t.Helper()
	o, err := dataset.Checked(o)
	datatest.Must(t, err)
	return Request{Options: o, Limits: dataset.StandardLimits}
}

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
		file := datatest.File("arrays/" + tt.name + ".npy")
		want := datatest.Read(t, "arrays", tt.name+".u8")
		// What is not square is compared before it is prepared.
		a, _, err := readNumPy(file, dataset.StandardLimits)
		datatest.Must(t, err)
		l, ok := layoutOf(&a.array)
		g, bad := a.toGrid(l, scaleOf(&a.array))
		if got := []int{g.H, g.W, g.C}; !ok || !slices.Equal(got, tt.shape) || !bytes.Equal(g.Values, want) {
			t.Errorf("%s: %v, bytes equal: %v, want %v and the same bytes", tt.name, got, bytes.Equal(g.Values, want), tt.shape)
		}
		set, err := OpenNumPy(context.Background(), []string{file}, wanted(t, dataset.Options{Fit: "pad"}))
		datatest.Must(t, err)
		info := set.Info()
		if info.Count != g.N || tt.note != "" && info.Notes[0] != tt.note || info.Shape[0] != max(g.H, g.W) || len(info.Skipped) != len(bad) {
			t.Errorf("%s: %+v, want %q", tt.name, info, tt.note)
		}
		if tt.name == "hole-f4" && (len(bad) != 1 || info.Skipped[0].Path != "hole-f4.npy[2]") {
			t.Errorf("%s: skipped %v, want item 2", tt.name, info.Skipped)
		}
	}
	set, err := OpenNumPy(context.Background(), []string{datatest.File("arrays/points.npy")}, wanted(t, dataset.Options{}))
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
			sources = append(sources, datatest.File("arrays/"+s))
		}
		set, err := OpenNumPy(context.Background(), sources, wanted(t, dataset.Options{}))
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
		if g, _ := x.toGrid(l, scaleOf(&x.array)); !bytes.Equal(g.Values, datatest.Read(t, "arrays", tt.pixels)) {
			t.Errorf("%v: other pixels", tt.sources)
		}
	}
	set, err := OpenNumPy(context.Background(), []string{datatest.File("arrays/numbers.npz")}, wanted(t, dataset.Options{Labels: "none"}))
	datatest.Must(t, err)
	if len(set.Info().Labels) != 0 {
		t.Error("labels, want none")
	}
}

// IDX files, gzipped or not, are read value for value as torchvision reads them, with the labels
// beside them.
func TestIDX(t *testing.T) {
	raw, labels := datatest.Read(t, "idx", "few-images.u8"), datatest.Read(t, "idx", "few-labels.u8")
	for _, file := range []string{"few-images-idx3-ubyte", "packed-images-idx3-ubyte.gz"} {
		set, err := OpenIDX(context.Background(), datatest.File("idx/"+file), "", wanted(t, dataset.Options{}))
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
	set, err := OpenIDX(context.Background(), datatest.File("idx/alone.idx3-ubyte"), "", wanted(t, dataset.Options{Size: 12, Channels: 3}))
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
