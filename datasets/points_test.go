package datasets

import (
	"context"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// NumPy's files, with a header, without one, and with a remark, are the numbers that NumPy wrote.
func TestCSV(t *testing.T) {
	raw := datatest.Read(t, "points", "values.f64")
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
		datatest.Must(t, err)
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
		name, text string
		n          int    // points; 0: an error
		want       string // part of the error, or of the reason why a line is left out; "": none is
	}{
		{"windows", "\xef\xbb\xbfx;y\r\n1;2\r\n3;4\r\n5;6\r\n", 3, ""},
		{"quoted", "\"long, name\",\"y\"\n1,2\n 3 , 4 \n\n5,6", 3, ""},
		{"exponents", "1e3\t-2E-3\n3\t+4\n5\t6\n", 3, ""},
		{"decimal commas", "1,5;2\n2,5;1\n1.000,5;3\n", 3, ""},
		{"spaces", "  1.5   2\n 3   4 \n5 6\n", 3, ""},
		{"decimal commas and spaces", "1,5 2,5\n3,5 4,5\n5,0 6,1\n", 3, ""},
		{"pipes", "x|y\n1|2\n3|4\n5|6", 3, ""},
		{"utf-16", "\xff\xfe1\x00,\x002\x00\n\x003\x00,\x004\x00\n\x005\x00,\x006\x00", 3, ""},
		{"utf-16 without a mark", "\x001\x00,\x002\x00\n\x003\x00,\x004\x00\n\x005\x00,\x006", 3, ""},
		{"text", "x,y\n1,2\n3,4\n5,6\n1,2\n3,4\n5,abc\n", 5, `line 7, column 2: "abc" is not a number: correct or delete the line`},
		{"half a header", "x,2\n1,2\n3,4\n", 2, `line 1, column 1: "x" is not a number`},
		{"second header", "x,y\nx,y\n1,2\n3,4\n", 2, `line 2, column 1: "x" is not a number`},
		{"gap", "1,2\n3,\n5,6\n", 2, "line 2, column 2: it is empty: fill it in or delete the line"},
		{"infinite", "1,2\n3,4\n5,inf\n", 2, `line 3, column 2: "inf" is no finite number`},
		{"out of range", "1,2\n3,4\n5,1e999\n", 2, `line 3, column 2: "1e999" is no finite number`},
		{"not a number", "1,2\nNaN,4\n3,4\n", 2, "line 2, column 1: it is empty"},
		{"ragged", "1,2\n3,4\n5\n", 2, "line 3: 1 column where 2 are expected"},
		{"open quote", "1,2\n2,3\n\"3,4\n5,6\n", 3, "line 3: "},
		{"more bad than good", "1,2\n5\n6\n7\n1,3\n", 0, "3 of 5 lines cannot be read (points.csv line 2: 1 column where 2 are expected)"},
		{"three columns", "1,2,3\n4,5,6\n", 0, "a table of 3 columns (column 1, column 2, column 3), 3 of them of numbers: only points can be trained on"},
		{"words", "a,b\nc,d\ne,f\n", 0, "a table of 2 columns (a, b), 0 of them of numbers"},
		{"one column", "1\n2\n3\n", 0, "a table of 1 column"},
		{"one point", "x,y\n1,2\n", 0, "1 point: at least 2 are needed"},
		{"header only", "x,y\n", 0, "0 points: at least 2"},
		{"one place", "1,2\n1,2\n1,2\n", 0, "all points are the same"},
		{"vast", "1e300,1\n-1e300,2\n", 0, "column 1: numbers too large"},
		{"binary", "1,2\x00\n3,4", 0, "not a text file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "points.csv")
			datatest.Must(t, os.WriteFile(file, []byte(tt.text), 0o644))
			set, err := Open(context.Background(), file, Options{}, nil)
			if tt.n == 0 {
				if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), file) {
					t.Errorf("%v, want %q and the file's name", err, tt.want)
				}
				return
			}
			datatest.Must(t, err)
			var skipped string
			for _, s := range set.Info().Skipped {
				skipped += s.Path + ": " + s.Reason
			}
			if set.Len() != tt.n || (skipped == "") != (tt.want == "") || !strings.Contains(skipped, tt.want) {
				t.Errorf("%d points, skipped %q, want %d and %q", set.Len(), skipped, tt.n, tt.want)
			}
		})
	}
}

func TestBuiltinPoints(t *testing.T) {
	for _, b := range Builtins() {
		if b.Kind != Points {
			continue
		}
		set, err := Open(context.Background(), b.Name, Options{Seed: 5}, nil)
		datatest.Must(t, err)
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
		datatest.Must(t, err)
		other, err := Open(context.Background(), b.Name, Options{Seed: 6}, nil)
		datatest.Must(t, err)
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
		datatest.Must(t, err)
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
	datatest.Must(t, err)
	if _, ok := set.(Modal); ok {
		t.Error("moons have modes")
	}
}
