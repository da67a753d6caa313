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
)

// bytesOf returns the items of a set as bytes, one after the other, and their labels.
func bytesOf(set Set) (data []uint8, labels []string) {
	info := set.Info()
	item := make([]float32, info.Shape[0]*info.Shape[1]*info.Shape[2])
	for i := range set.Len() {
		label := set.Read(i, item)
		for _, v := range item {
			data = append(data, toByte(v))
		}
		if label >= 0 {
			labels = append(labels, info.Labels[label])
		} else {
			labels = append(labels, "")
		}
	}
	return data, labels
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
		file := "testdata/arrays/" + tt.name + ".npy"
		want := read(t, "arrays", tt.name+".u8")
		// What is not square is compared before it is prepared.
		a, _, err := readNumPy(file, standardLimits)
		must(t, err)
		l, ok := layoutOf(&a.array)
		g, bad := a.toGrid(l, scaleOf(&a.array))
		if got := []int{g.h, g.w, g.c}; !ok || !slices.Equal(got, tt.shape) || !bytes.Equal(g.values, want) {
			t.Errorf("%s: %v, bytes equal: %v, want %v and the same bytes", tt.name, got, bytes.Equal(g.values, want), tt.shape)
		}
		set, err := Open(context.Background(), file, Options{Fit: "pad"}, nil)
		must(t, err)
		info := set.Info()
		if info.Count != g.n || tt.note != "" && info.Notes[0] != tt.note || info.Shape[0] != max(g.h, g.w) || len(info.Skipped) != len(bad) {
			t.Errorf("%s: %+v, want %q", tt.name, info, tt.note)
		}
		if tt.name == "hole-f4" && (len(bad) != 1 || info.Skipped[0].Path != "hole-f4.npy[2]") {
			t.Errorf("%s: skipped %v, want item 2", tt.name, info.Skipped)
		}
	}
	set, err := Open(context.Background(), "testdata/arrays/points.npy", Options{}, nil)
	must(t, err)
	if info := set.Info(); info.Kind != Points || info.Count != 40 || info.Notes[0] != "40 points from points.npy (N,2)" {
		t.Errorf("%+v, want 40 points", info)
	}
	raw := read(t, "arrays", "points.npy")
	first := math.Float64frombits(binary.LittleEndian.Uint64(raw[len(raw)-40*16:]))
	sc, offset := set.(Affine).Affine()
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
		set, err := OpenAll(context.Background(), sources, Options{}, nil)
		if err != nil {
			t.Errorf("%v: %v", tt.sources, err)
			continue
		}
		if _, labels := bytesOf(set); !slices.Equal(labels, tt.labels) || !slices.Equal(set.Info().Labels, tt.names) {
			t.Errorf("%v: labels %v of %v, want %v of %v", tt.sources, labels, set.Info().Labels, tt.labels, tt.names)
		}
		x, _, err := readNumPy(sources[len(sources)-1], standardLimits)
		must(t, err)
		l, _ := layoutOf(&x.array)
		if g, _ := x.toGrid(l, scaleOf(&x.array)); !bytes.Equal(g.values, read(t, "arrays", tt.pixels)) {
			t.Errorf("%v: other pixels", tt.sources)
		}
	}
	set, err := Open(context.Background(), "testdata/arrays/numbers.npz", Options{Labels: "none"}, nil)
	must(t, err)
	if len(set.Info().Labels) != 0 {
		t.Error("labels, want none")
	}
}

func TestCIFAR(t *testing.T) {
	want := read(t, "arrays", "cifar.u8")
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
			sources = append(sources, "testdata/arrays/"+s)
		}
		set, err := OpenAll(context.Background(), sources, Options{}, nil)
		if err != nil {
			t.Errorf("%v: %v", tt.sources, err)
			continue
		}
		got, labels := bytesOf(set)
		if !bytes.Equal(got, want[:tt.n*3072]) || !slices.Equal(labels, tt.labels) {
			t.Errorf("%v: %d items labelled %v, want %d labelled %v and the same bytes", tt.sources, set.Len(), labels, tt.n, tt.labels)
		}
	}
	// What is there of a cut file stays, and the cut is said.
	dir := tree(t, map[string][]byte{"a.bin": read(t, "arrays", "cifar-10-batches-bin", "data_batch_1.bin"), "b.bin": bytes.Repeat([]byte{1}, 3073)})
	r := &reading{opening: opening{lim: standardLimits}, what: dir, list: new(listing)}
	defer r.list.close()
	must(t, r.list.addFolder(context.Background(), dir, standardLimits))
	must(t, os.Truncate(filepath.Join(dir, "a.bin"), 3073*2+100))
	set, err := r.openCIFAR(context.Background(), cifars[0], r.list.entries)
	if err != nil || set.Len() != 3 || len(set.Info().Skipped) != 1 {
		t.Errorf("%v, %v, want 3 pictures and one cut file", set, err)
	}
}

func TestArrayErrors(t *testing.T) {
	good := string(read(t, "arrays", "nhw-u1.npy"))
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
		must(t, os.WriteFile(file, []byte(tt.content), 0o644))
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

// Whatever bytes come, what is read has as many values as its shape says, and no more than allowed.
func FuzzNumPy(f *testing.F) {
	files, _ := filepath.Glob("testdata/arrays/*.np?")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	lim := standardLimits
	lim.memory = 1 << 20
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "some.npy")
		must(t, os.WriteFile(file, data, 0o600))
		x, y, err := readNumPy(file, lim)
		if err != nil {
			return
		}
		for _, a := range []*npyArray{x, y} {
			if a == nil {
				continue
			}
			n := a.size
			for _, d := range a.shape {
				n *= d
			}
			if n != len(a.raw) || n > 1<<20 {
				t.Errorf("shape %v of %d bytes each for %d bytes", a.shape, a.size, len(a.raw))
			}
			a.labels("y")
		}
		if set, err := openNumPy(context.Background(), []string{file}, request{limits: lim}); err == nil {
			set.Read(set.Len()-1, make([]float32, len(valuesOf(set))))
		}
	})
}

func valuesOf(set Set) []float32 {
	n := 1
	for _, d := range set.Info().Shape {
		n *= d
	}
	return make([]float32, n)
}

func FuzzCIFAR(f *testing.F) {
	f.Add(bytes.Repeat([]byte{1}, 3073), false)
	f.Add(bytes.Repeat([]byte{1}, 3074*2+5), true)
	f.Fuzz(func(t *testing.T, data []byte, hundred bool) {
		layout := cifars[0]
		if hundred {
			layout = cifars[1]
		}
		var g grid
		var words []string
		e := entry{name: "a.bin", size: int64(len(data)), opener: openFunc(sectionOf(bytes.NewReader(data), 0, int64(len(data))))}
		err := layout.read(e, &g, &words)
		if want := len(data) / int(layout.record()); g.n != want || len(words) != want || len(g.values) != 3072*want || (err == nil) != (len(data)%int(layout.record()) == 0) {
			t.Errorf("%d pictures, %d labels, %d values, %v from %d bytes", g.n, len(words), len(g.values), err, len(data))
		}
	})
}
