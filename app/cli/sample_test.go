package cli

import (
	"bytes"
	"encoding/csv"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/sbinet/npyio"
)

func sizeOf(t *testing.T, path string) (w, h int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	return c.Width, c.Height
}

// pictures returns a project whose generator makes 8×8 pictures.
func pictures(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "p.ganvas")
	must(t, "train", "digits", "--steps", "1", "--out", path, "--data", "shapes",
		"--set", "image_size=8", "--set", "batch=4", "--set", "g.layers=linear 64,unflatten 8 8 1,tanh", "--set", "d.layers=flatten,linear 1")
	return path
}

func TestSampleGallery(t *testing.T) {
	dir := t.TempDir()
	file := pictures(t, dir)
	out := filepath.Join(dir, "g.png")
	for _, test := range []struct {
		args []string
		w, h int
	}{
		{[]string{"--n", "12", "--columns", "4", "--scale", "2", "--spacing", "1"}, (4*9 + 1) * 2, (3*9 + 1) * 2},
		{[]string{"--n", "9", "--scale", "1", "--spacing", "0"}, 24, 24},
		{[]string{"--n", "1"}, 80, 80}, // scaled as far as it goes, 8 times, with its border
	} {
		must(t, append([]string{"sample", file, "--force", "--out", out}, test.args...)...)
		if w, h := sizeOf(t, out); w != test.w || h != test.h {
			t.Errorf("sample %v: %d×%d pixels, want %d×%d", test.args, w, h, test.w, test.h)
		}
	}
	first, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	must(t, "sample", file, "--force", "--out", out, "--n", "1", "--seed", "2")
	other, _ := os.ReadFile(out)
	must(t, "sample", file, "--force", "--out", out, "--n", "1", "--seed", "1")
	again, _ := os.ReadFile(out)
	if bytes.Equal(first, other) {
		t.Error("another seed gives the same picture")
	}
	if !bytes.Equal(first, again) {
		t.Error("the same seed gives another picture")
	}
}

func TestSampleFolder(t *testing.T) {
	dir := t.TempDir()
	file := pictures(t, dir)
	out := filepath.Join(dir, "many")
	must(t, "sample", file, "--n", "3", "--out", out+"/")
	if got, want := listing(t, out), []string{".", "0001.png", "0002.png", "0003.png"}; !slices.Equal(got, want) {
		t.Errorf("the folder has %v, want %v", got, want)
	}
	if w, h := sizeOf(t, filepath.Join(out, "0002.png")); w != 8 || h != 8 {
		t.Errorf("a picture has %d×%d pixels, want 8×8", w, h)
	}
	if err := os.Remove(filepath.Join(out, "0001.png")); err != nil {
		t.Fatal(err)
	}
	if r := run(t, "sample", file, "--n", "3", "--out", out); r.status != exitFailed {
		t.Errorf("exit %d where a picture exists, want %d", r.status, exitFailed)
	}
	if got, want := listing(t, out), []string{".", "0002.png", "0003.png"}; !slices.Equal(got, want) {
		t.Errorf("after a refusal the folder has %v, want %v", got, want)
	}
}

func TestSampleNumbers(t *testing.T) {
	dir := t.TempDir()
	for _, test := range []struct {
		name, file string
		shape      []int
	}{
		{"pictures", pictures(t, dir), []int{70, 8, 8, 1}}, // more than one chunk
		{"points", trained(t, dir, "a.ganvas", "2"), []int{70, 2}},
	} {
		npy, text := filepath.Join(dir, test.name+".npy"), filepath.Join(dir, test.name+".csv")
		must(t, "sample", test.file, "--n", "70", "--seed", "3", "--out", npy)
		must(t, "sample", test.file, "--n", "70", "--seed", "3", "--out", text)
		b, err := os.ReadFile(npy)
		if err != nil {
			t.Fatal(err)
		}
		r, err := npyio.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Header.Descr.Shape, test.shape) || r.Header.Descr.Type != "<f4" {
			t.Errorf("%s: shape %v of %s, want %v of <f4", test.name, r.Header.Descr.Shape, r.Header.Descr.Type, test.shape)
		}
		var values []float32
		if err := r.Read(&values); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(text)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if test.name == "points" {
			if !slices.Equal(rows[0], []string{"x", "y"}) {
				t.Errorf("the header is %v, want x, y", rows[0])
			}
			rows = rows[1:]
		}
		got := slices.Concat(rows...)
		if len(got) != len(values) {
			t.Fatalf("%s: %d numbers as text, %d in the array", test.name, len(got), len(values))
		}
		for i, word := range got {
			if v, err := strconv.ParseFloat(word, 32); err != nil || float32(v) != values[i] {
				t.Fatalf("%s: number %d is %s as text and %v in the array", test.name, i, word, values[i])
			}
		}
	}
}

// TestNumpyHeader compares with what numpy.save writes for an array of shape (5, 2):
// testdata/numpy.npy.
func TestNumpyHeader(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "x.npy")
	must(t, "sample", trained(t, dir, "a.ganvas", "1"), "--n", "5", "--out", out)
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "numpy.npy"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || !bytes.Equal(got[:128], want[:128]) {
		t.Errorf("%d bytes that begin with %q, want %d that begin with %q", len(got), got[:128], len(want), want[:128])
	}
}

// TestSampleUnits holds that points come back in the units of the table that was trained on.
func TestSampleUnits(t *testing.T) {
	dir := t.TempDir()
	writeText(t, filepath.Join(dir, "far.csv"), "1000,5\n1001,5.5\n1002,6\n1003,6.5\n")
	file := trained(t, dir, "a.ganvas", "1", "--data", filepath.Join(dir, "far.csv"))
	out := filepath.Join(dir, "x.csv")
	must(t, "sample", file, "--n", "50", "--out", out)
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		x, err := strconv.ParseFloat(row[0], 64)
		if err != nil {
			t.Fatal(err)
		}
		// An untrained generator makes points within some standard deviations, which are about 1,
		// of the mean.
		if math.Abs(x-1001.5) > 30 {
			t.Errorf("x is %v, want it near 1001.5", x)
		}
	}
}

func TestSampleAt(t *testing.T) {
	dir := t.TempDir()
	file := trained(t, dir, "a.ganvas", "300")
	out := func(name string) string { return filepath.Join(dir, name) }
	must(t, "sample", file, "--out", out("new.csv"))
	must(t, "sample", file, "--out", out("old.csv"), "--at", "0")
	must(t, "sample", file, "--out", out("raw.csv"), "--raw")
	var texts []string
	for _, name := range []string{"new.csv", "old.csv", "raw.csv"} {
		b, err := os.ReadFile(out(name))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	if texts[0] == texts[1] || texts[0] == texts[2] {
		t.Error("step 0, step 300 and the generator that plays make the same points")
	}
}
