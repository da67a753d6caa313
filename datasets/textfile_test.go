package datasets

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// openPlain opens text under a name.
func openPlain(t *testing.T, name, text string, o Options) (Set, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	datatest.Must(t, os.WriteFile(file, []byte(text), 0o644))
	return Open(context.Background(), file, o, nil)
}

// Points as programs write them beside the plain way: what is no data is left out, and said.
func TestAlmostPoints(t *testing.T) {
	const plain = "1.5,2\n-3,4.25\n5,6\n"
	semicolons := strings.ReplaceAll(plain, ",", ";")
	tests := []struct{ name, file, text, note string }{
		{"carriage returns", "a.csv", strings.ReplaceAll("x,y\n"+plain, "\n", "\r"), ""},
		{"all three ends of lines", "a.csv", "x,y\r\n1.5,2\r-3,4.25\n5,6", ""},
		{"running number of pandas", "a.csv", ",x,y\n0,1.5,2\n1,-3,4.25\n2,5,6\n", "the column without a name that numbers the rows was left out"},
		{"saved twice by pandas", "a.csv", "Unnamed: 0,x,y\n3,1.5,2\n7,-3,4.25\n8,5,6\n", "that numbers the rows"},
		{"R's write.csv", "a.csv", "\"\",\"x\",\"y\"\n\"1\",1.5,2\n\"2\",-3,4.25\n\"3\",5,6\n", "that numbers the rows"},
		{"R's write.table", "a.txt", "\"x\" \"y\"\n\"1\" 1.5 2\n\"2\" -3 4.25\n\"3\" 5 6\n", "that numbers the rows"},
		{"empty last column", "a.csv", "x,y,\n" + strings.ReplaceAll(plain, "\n", ",\n"), "1 empty column without a name left out"},
		{"empty columns around", "a.csv", ",x,,y,,\n,1.5,,2,,\n,-3,,4.25,,\n,5,,6,,\n", "4 empty columns without a name left out"},
		{"empty columns without a header", "a.csv", strings.ReplaceAll(plain, "\n", ",,\n"), "2 empty columns without a name left out"},
		{"empty cells behind the last column", "a.csv", "x,y\n" + strings.ReplaceAll(plain, "\n", ",\n"), "empty cells behind the last column of 3 lines left out"},
		{"Excel's blank rows", "a.csv", "x,y\n" + plain + strings.Repeat(",\n", 40), "40 lines without any word before the first row or behind the last left out"},
		{"blank rows before", "a.csv", ",\n,\nx,y\n,\n" + plain, "3 lines without any word before the first row"},
		{"Excel's sep", "a.csv", "sep=;\r\nx;y\r\n" + strings.ReplaceAll(semicolons, "\n", "\r\n"), ""},
		{"Excel's sep in quotes", "a.csv", "\"sep=;\"\n" + semicolons, ""},
		{"Excel's sep of tabs", "a.csv", "SEP=\t\n" + strings.ReplaceAll(plain, ",", "\t"), ""},
		{"Excel's sep of an unusual sign", "a.csv", "sep=!\n" + strings.ReplaceAll(plain, ",", "!"), ""},
		{"zeros at the end", "a.csv", plain + strings.Repeat("\x00", 512), "512 bytes at the end that are no text left out"},
		{"end of file as in DOS", "a.csv", plain + "\x1a", "1 byte at the end that are no text left out"},
		{"remarks", "a.csv", "# made by a program\n#\nx,y\n1.5,2\n# a break\n-3,4.25\n5,6\n# the end\n", "4 remarks that begin with # left out"},
		{"another ending", "iris.data", plain, ""},
		{"no ending, spaces", "points", strings.ReplaceAll(plain, ",", " "), ""},
		{"no ending, carriage returns", "points", strings.ReplaceAll(plain, "\n", "\r"), ""},
	}
	for _, tt := range tests {
		set, err := openPlain(t, tt.file, tt.text, Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		info := set.Info()
		notes := strings.Join(info.Notes[2:], "; ")
		if info.Kind != Points || set.Len() != 3 || len(info.Skipped) > 0 || !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
			t.Errorf("%s: %d %v, skipped %v, notes %q; want 3 points and %q", tt.name, set.Len(), info.Kind, info.Skipped, notes, tt.note)
			continue
		}
		if !strings.HasPrefix(info.Notes[0], "3 points from the columns x and y") {
			t.Errorf("%s: %q", tt.name, info.Notes[0])
		}
		if x, y := original(set, 1); fmt.Sprintf("%.3f %.3f", x, y) != "-3.000 4.250" {
			t.Errorf("%s: the second point is %v, %v", tt.name, x, y)
		}
	}
}

// A # that begins a cell begins no remark; what is wrong with such lines is said.
func TestHashes(t *testing.T) {
	set, err := openPlain(t, "a.csv", "x,y\n1,2\n3,4\n#DIV/0!,1\n5,6\n2,#REF!\n", Options{})
	datatest.Must(t, err)
	if s := set.Info().Skipped; set.Len() != 3 || len(s) != 2 || s[0].Path != "a.csv line 4, column 1" || s[1].Path != "a.csv line 6, column 2" || !strings.Contains(s[1].Reason, `"#REF!" is not a number`) {
		t.Errorf("%d points, skipped %v", set.Len(), s)
	}
	for _, header := range []string{"colour,size\n", ""} {
		set, err = openPlain(t, "a.csv", header+"#000000,0\n#0000ff,1\n#00ff00,2\n", Options{Tables: true})
		datatest.Must(t, err)
		if info := set.Info(); info.Count != 3 || len(info.Columns) != 2 || info.Columns[0].Type != "text" || info.Head[0][0] != "#000000" {
			t.Errorf("%q: %+v", header, info)
		}
	}
}

// Rows without any word in between are rows of a table with nothing in them, as for pandas.
func TestBlankRows(t *testing.T) {
	set, err := openPlain(t, "a.csv", "x,y,z\n1,2,a\n,,\n,,\n3,4,b\n,,\n", Options{Tables: true})
	datatest.Must(t, err)
	if info := set.Info(); info.Count != 4 || info.Columns[0].Missing != 2 || !strings.Contains(fmt.Sprint(info.Notes), "1 line without any word before the first row or behind the last left out") {
		t.Errorf("%+v", info)
	}
}

// Compressed text is read twice where it holds points.
func TestCompressedPoints(t *testing.T) {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, err := z.Write([]byte("x;y\n1.059;1\n700;2\n990;3\n"))
	datatest.Must(t, err)
	datatest.Must(t, z.Close())
	set, err := openPlain(t, "a.csv.gz", buf.String(), Options{})
	datatest.Must(t, err)
	if x, _ := original(set, 0); set.Len() != 3 || fmt.Sprintf("%.2f", x) != "1059.00" {
		t.Errorf("%d points, the first %v", set.Len(), x)
	}
}
