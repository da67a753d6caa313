package samples

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// TestClassFolders: classes that cannot be folders on every system are refused by their names.
func TestClassFolders(t *testing.T) {
	n, err := nn.NewRole([]string{"linear 4", "unflatten 2 2 1"}, nn.Shape{3}, nn.Role{Classes: 2, ConcatEmbed: true})
	if err != nil {
		t.Fatal(err)
	}
	g := gan.NewGenerator(n, "gaussian")
	for _, good := range [][]string{{"0", "1"}, {"big cat", "Ärger & Co"}, {"train", "cat"}, {"con.nor", "aux-1"}} {
		got, err := ClassFolders(g, good)
		if want := len(good); good[0] == "con.nor" {
			if err == nil {
				t.Errorf("%q is taken, which Windows does not", good)
			}
		} else if err != nil || len(got) != want {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{"", ".", "..", ".hidden", "a/b", `a\b`, "a:b", "a\nb", "end.", " a", "a ", "COM1", "nul.txt", "\xff", strings.Repeat("x", 201), "OTHER"} {
		if _, err := ClassFolders(g, []string{"other", bad}); err == nil || !strings.Contains(err.Error(), "write them into one folder") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := ClassFolders(g, []string{"a"}); err == nil {
		t.Error("one name for two classes is taken")
	}
}

// TestClass: all items are of a class, in their order, as many of each as can be.
func TestClass(t *testing.T) {
	for _, c := range []struct{ n, classes int }{{10, 3}, {2, 5}, {64, 10}, {1, 1}} {
		o := Options{N: c.n, Folders: make([]string, c.classes)}
		count := make([]int, c.classes)
		for i := range c.n {
			class, end := o.class(i)
			if end <= i || end > c.n {
				t.Fatalf("%+v: item %d is of class %d, which ends at %d", c, i, class, end)
			}
			count[class]++
		}
		for _, k := range count {
			if k < c.n/c.classes || k > c.n/c.classes+1 {
				t.Errorf("%+v: %v of each", c, count)
			}
		}
	}
}

// TestAsNumPy compares with the file that NumPy writes of the same array: see "make counterparts".
func TestAsNumPy(t *testing.T) {
	n, err := nn.New([]string{"linear 12", "unflatten 2 3 2"}, nn.Shape{1})
	if err != nil {
		t.Fatal(err)
	}
	weight, bias := n.Params[0].Value.Data, n.Params[1].Value.Data
	clear(weight) // every item is the bias
	for i := range bias {
		bias[i] = float32(i)/8 - 1
	}
	var b bytes.Buffer
	o := Options{N: 3}
	if err := o.NPY(t.Context(), t.TempDir(), &b, gan.NewGenerator(n, "gaussian")); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/golden.npy")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("got %q, want %q", b.Bytes(), want)
	}
}
