package imports

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFaults(t *testing.T) {
	root := t.TempDir()
	for name, src := range map[string]string{
		"a/a.go":              "package a\n\nimport (\n\t\"fmt\"\n\n\t\"ganvas/b\"\n\t\"ganvas/c/d\"\n)\n",
		"a/a_windows.go":      "package a\n\nimport \"golang.org/x/sys/windows\"\n",
		"a/a_test.go":         "package a\n\nimport \"ganvas/unseen\"\n",
		"a/testdata/other.go": "package other\n\nimport \"ganvas/unseen\"\n",
		"b/b.go":              "package b\n",
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(src), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		table Table
		want  []string
	}{
		{"exact", Table{"a": {"b", "c/...", "golang.org/x/sys/windows"}, "b": nil}, nil},
		{"unknown", Table{"a": {"b", "c/d", "golang.org/x/sys/windows"}}, []string{"b is not in the import table"}},
		{"forbidden", Table{"a": {"b", "golang.org/x/sys/..."}, "b": nil}, []string{"a must not import c/d"}},
		{
			"stale entry",
			Table{"a": {"b", "c/...", "golang.org/x/sys/windows"}, "b": {"c"}},
			[]string{"the import table lets b import c, which it does not"},
		},
		{
			"stale row",
			Table{"a": {"b", "c/...", "golang.org/x/sys/windows"}, "b": nil, "c": nil},
			[]string{"the import table has a row for c, which is not there"},
		},
	} {
		got, err := c.table.Faults(root, "a", "b")
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
	if _, err := (Table{}).Faults(root, "missing"); err == nil {
		t.Error("a folder without packages has no error")
	}
}
