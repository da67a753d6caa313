package generate

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"same": "1", "old": "2"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	writes := func(names ...string) func(string) error {
		return func(dir string) error {
			for _, name := range names {
				if err := os.WriteFile(filepath.Join(dir, name), []byte("1"), 0o666); err != nil {
					return err
				}
			}
			return nil
		}
	}
	broken := errors.New("broken")
	for _, c := range []struct {
		name  string
		write func(string) error
		n     int
		want  string // "": no error
	}{
		{"the same", writes("same"), 1, ""},
		{"other content", writes("same", "old"), 2, "old is not what the generator writes"},
		{"not there", writes("same", "new"), 2, "new"},
		{"too few", writes("same"), 2, "writes 1 files, want 2"},
		{"an error", func(string) error { return broken }, 1, "broken"},
	} {
		err := Check(c.write, c.n, t.TempDir(), dir)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}
