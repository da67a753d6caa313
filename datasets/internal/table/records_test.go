package table

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"ganvas/datasets/internal/dataset"
)

// A line of a table that is too long is refused with its number and both sizes, and never held.
func TestLongLines(t *testing.T) {
	lim := dataset.StandardLimits
	lim.Line, lim.Document = 1<<20, 2<<20
	refuse := func(name, begin, want string) {
		t.Helper()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text := io.MultiReader(strings.NewReader(begin), &endless{40 << 20}, strings.NewReader("\n1,2\n"))
		err := (&Table{Lim: lim}).readText(context.Background(), text, "a.csv")
		runtime.ReadMemStats(&after)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		// What grows to a limit takes about five times as much, in parts that are given back; 40 MB
		// would take more than 40.
		if took := after.TotalAlloc - before.TotalAlloc; took > 20<<20 {
			t.Errorf("%s: took %d MB", name, took>>20)
		}
	}
	refuse("cells", "x,y\n3,4\n", "line 3: a line of 41,943,040 bytes, over the limit of 1,048,576: write each row on a line of its own")
	refuse("first line", "", "line 1: a line of 41,943,040 bytes, over the limit of 1,048,576")
	refuse("open quote", "x,y\n3,4\n\"", "line 3: a line of 41,943,041 bytes, over the limit of 1,048,576")
	refuse("JSON lines", "{\"x\":1}\n{\"x\":2}\n[", "line 3: a line of 41,943,041 bytes, over the limit of 1,048,576")
	// The rest counts up to the end of the text or of the value.
	refuse("JSON in an array", "[[1,2],\n[", "line 2: a row of 41,943,046 bytes, over the limit of 1,048,576")
	refuse("one object", "{\"x\":[", "line 1: a row of 41,943,051 bytes, over the limit of 2,097,152")
}

// endless is a line that goes on, without a quote or with one that is never closed.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), e.left))
	for i := range p[:n] {
		p[i] = "1,2,3,45"[i%8]
	}
	e.left -= int64(n)
	return n, nil
}

// Cells go over lines, quotes that are never closed do not.
func TestRecords(t *testing.T) {
	text := "a,\"two\nlines, \"\"quoted\"\"\"\nb,\"open\nc,d\n\ne, \"f\"\n" + strings.Repeat("g,h\n", mostRecordLines)
	r := NewRecords(bufio.NewReader(&plainText{r: strings.NewReader(text)}), ',', dataset.StandardLimits.Line)
	var got []string
	wrong := 0
	for {
		cells, line, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			wrong++
			if line != 3 {
				t.Errorf("line %d: %v, want line 3", line, err)
			}
			continue
		}
		if len(got) < 3 {
			got = append(got, fmt.Sprintf("%d: %q", line, cells))
		}
		wrong += len(cells) - 2
	}
	want := []string{`1: ["a" "two\nlines, \"quoted\""]`, `4: ["c" "d"]`, `6: ["e" "f"]`}
	if fmt.Sprint(got) != fmt.Sprint(want) || wrong != 1 {
		t.Errorf("%q and %d wrong, want %q and 1", got, wrong, want)
	}
}

// Text beyond the limit is refused, not cut.
func TestTextLimit(t *testing.T) {
	lim := dataset.StandardLimits
	lim.Memory = 64
	for n, want := range map[int]string{64: "", 68: "more than 64 bytes of text"} {
		err := (&Table{Lim: lim}).readText(context.Background(), strings.NewReader(strings.Repeat("1,2\n", n/4)), "a.csv")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes: %v, want %q", n, err, want)
		}
	}
}
