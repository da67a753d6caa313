package datasets

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// NumPy's files, with a header, without one, and with a remark, are the numbers that NumPy wrote.
func TestCSV(t *testing.T) {
	raw := read(t, "points", "values.f64")
	want := make([]float64, len(raw)/8)
	if _, err := binary.Decode(raw, binary.LittleEndian, want); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ file, note string }{
		{"header.csv", "200 points from the columns width and depth"},
		{"bare.csv", "200 points from the columns x and y"},
		{"remark.tsv", "200 points from the columns x and y"},
	}
	for _, tt := range tests {
		set, err := Open(context.Background(), "testdata/points/"+tt.file, Options{}, nil)
		must(t, err)
		info := set.Info()
		if info.Kind != Points || set.Len() != 200 || info.Name != tt.file || info.Notes[0] != tt.note {
			t.Errorf("%s: %+v, want 200 points and %q", tt.file, info, tt.note)
		}
		scale, offset := set.(Affine).Affine()
		var xy [2]float32
		var sum, squares [2]float64
		for i := range 200 {
			if label := set.Read(i, xy[:]); label != -1 {
				t.Errorf("%s: label %d, want -1", tt.file, label)
			}
			for k := range 2 {
				v := float64(xy[k])
				sum[k] += v
				squares[k] += v * v
				if got, want := v*scale[k]+offset[k], want[2*i+k]; math.Abs(got-want) > 1e-4 {
					t.Errorf("%s: point %d is %v on axis %d, want %v", tt.file, i, got, k, want)
				}
			}
		}
		for k := range 2 {
			if math.Abs(sum[k]) > 1e-3 || math.Abs(squares[k]/200-1) > 1e-4 {
				t.Errorf("%s: mean %v and variance %v on axis %d, want 0 and 1", tt.file, sum[k]/200, squares[k]/200, k)
			}
		}
	}
}

func TestCSVForms(t *testing.T) {
	tests := []struct {
		name, text, want string // want: part of the error, or "" for three points
	}{
		{"windows", "\xef\xbb\xbfx;y\r\n1;2\r\n3;4\r\n5;6\r\n", ""},
		{"quoted", "\"long, name\",\"y\"\n1,2\n 3 , 4 \n\n5,6", ""},
		{"exponents", "1e3\t-2E-3\n3\t+4\n5\t6\n", ""},
		{"text", "x,y\n1,2\n3,4\n5,6\n1,2\n3,4\n5,abc\n", `line 7, column 2: "abc" is not a number: correct or delete the line`},
		{"half a header", "x,2\n1,2\n3,4\n", `line 1, column 1: "x" is not a number`},
		{"second header", "x,y\nx,y\n1,2\n", `line 2, column 1: "x" is not a number`},
		{"gap", "1,2\n3,\n5,6\n", "line 2, column 2: it is empty"},
		{"infinite", "1,2\n3,4\n5,inf\n", `line 3, column 2: "inf" is no finite number`},
		{"not a number", "1,2\nNaN,4\n", `line 2, column 1: "NaN" is no finite number`},
		{"decimal commas", "1,5;2\n2,5;1\n", `"1,5" is not a number: write decimals with a point`},
		{"three columns", "1,2,3\n4,5,6\n", "line 1: 3 columns where two, x and y, are needed"},
		{"one column", "1\n2\n3\n", "line 1: 1 column where two"},
		{"ragged", "1,2\n3,4\n5\n", "line 3: 1 column where two"},
		{"open quote", "1,2\n\"3,4\n5,6\n", "line 2: "},
		{"one point", "x,y\n1,2\n", "1 point: at least 2 are needed"},
		{"header only", "x,y\n", "0 points: at least 2"},
		{"one place", "1,2\n1,2\n1,2\n", "all points are the same"},
		{"vast", "1e300,1\n-1e300,2\n", "column 1: numbers too large"},
		{"utf-16", "\xff\xfe1\x00,\x002\x00", "UTF-16: save it as UTF-8"},
		{"binary", "1,2\x00", "not a text file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "points.csv")
			must(t, os.WriteFile(file, []byte(tt.text), 0o644))
			set, err := Open(context.Background(), file, Options{}, nil)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("%v, want no error", err)
			case tt.want == "" && set.Len() != 3:
				t.Errorf("%d points, want 3", set.Len())
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file)):
				t.Errorf("%v, want %q and the file's name", err, tt.want)
			}
		})
	}
}

// Whatever bytes come, reading them ends in points or in an error, and points are finite.
func FuzzCSV(f *testing.F) {
	for _, name := range []string{"header.csv", "bare.csv", "remark.tsv"} {
		data, err := os.ReadFile("testdata/points/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data[:200])
	}
	for _, s := range []string{"1,2\n3,4", "a;b\n1;2\n1;2\n", "\"", "1\t2\n#\n3\t4\n", "1e308,1\n-1e308,2\n", "1,1e-320\n1,2e-320\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := readCSV(context.Background(), bytes.NewReader(data), 1<<20)
		if err != nil {
			return
		}
		xy, _, _, err := table.standardised()
		if err != nil {
			return
		}
		for i, v := range xy {
			if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
				t.Errorf("value %d of %q is %v", i, data, v)
			}
		}
	})
}

func TestBuiltinPoints(t *testing.T) {
	for _, b := range Builtins() {
		if b.Kind != Points {
			continue
		}
		set, err := Open(context.Background(), b.Name, Options{Seed: 5}, nil)
		must(t, err)
		info := set.Info()
		if set.Len() != 50_000 || info.Kind != Points || len(info.Shape) != 1 || info.Shape[0] != 2 || info.Name != b.Title {
			t.Errorf("%s: %+v, want 50,000 points", b.Name, info)
		}
		var xy [2]float32
		var mean [2]float64
		extent := 0.0
		for i := range set.Len() {
			label := set.Read(i, xy[:])
			if label < -1 || label >= len(info.Labels) || (label == -1) != (len(info.Labels) == 0) {
				t.Fatalf("%s: label %d of %d", b.Name, label, len(info.Labels))
			}
			mean[0] += float64(xy[0]) / 50_000
			mean[1] += float64(xy[1]) / 50_000
			extent = max(extent, math.Abs(float64(xy[0])), math.Abs(float64(xy[1])))
		}
		if extent < 1.6 || extent > 2.5 || math.Hypot(mean[0], mean[1]) > 0.3 {
			t.Errorf("%s: reaches to %.2f around a mean of %.2f, want about 2 around the origin", b.Name, extent, mean)
		}
		// Drawing again, in any order, gives the same points; another seed gives others.
		again, err := Open(context.Background(), b.Name, Options{Seed: 5, Labels: "none"}, nil)
		must(t, err)
		other, err := Open(context.Background(), b.Name, Options{Seed: 6}, nil)
		must(t, err)
		var a, o [2]float32
		for _, i := range []int{49_999, 0, 777} {
			set.Read(i, xy[:])
			if label := again.Read(i, a[:]); a != xy || label != -1 {
				t.Errorf("%s: item %d is %v labelled %d, then %v", b.Name, i, a, label, xy)
			}
			if other.Read(i, o[:]); o == xy {
				t.Errorf("%s: item %d is the same for two seeds", b.Name, i)
			}
		}
	}
}

// The Gaussians of the mixtures are where Modes says, equally likely and as wide as it says.
func TestModes(t *testing.T) {
	for name, want := range map[string]int{"two-gaussians": 2, "ring": 8, "grid": 25} {
		set, err := Open(context.Background(), name, Options{Seed: 1}, nil)
		must(t, err)
		centres, sigma := set.(Modal).Modes()
		if len(centres) != want {
			t.Errorf("%s: %d modes, want %d", name, len(centres), want)
		}
		count, squares := make([]float64, want), 0.0
		var xy [2]float32
		for i := range set.Len() {
			k := set.Read(i, xy[:])
			count[k]++
			dx, dy := float64(xy[0])-centres[k][0], float64(xy[1])-centres[k][1]
			squares += (dx*dx + dy*dy) / 2
		}
		expected := float64(set.Len()) / float64(want)
		for k, n := range count {
			if math.Abs(n-expected) > 5*math.Sqrt(expected) { // five standard deviations of a count
				t.Errorf("%s: %v points of mode %d, want about %v", name, n, k, expected)
			}
		}
		if got := math.Sqrt(squares / float64(set.Len())); math.Abs(got/sigma-1) > 0.02 {
			t.Errorf("%s: standard deviation %v, want %v", name, got, sigma)
		}
	}
	set, err := Open(context.Background(), "moons", Options{}, nil)
	must(t, err)
	if _, ok := set.(Modal); ok {
		t.Error("moons have modes")
	}
}
