package files

import "testing"

// TestEndings: what a dialog offers are endings that names are understood by.
func TestEndings(t *testing.T) {
	for name, want := range map[string]bool{
		"x.npy": true, "X.NPZ": true, "train-images-idx3-ubyte.gz": true, "a/b.bin": true, "x.png": false, "x.tar.gz": false, "x.csv": false,
	} {
		if got := IsArray(name); got != want {
			t.Errorf("IsArray(%q) = %t", name, got)
		}
	}
	for name, want := range map[string]bool{"a.tar.gz": true, "a.TGZ": true, "b.7z": true, "c.tar.zst": true, "d.gz": false, "e.png": false} {
		if got := ArchiveName(name); got != want {
			t.Errorf("archiveName(%q) = %t", name, got)
		}
	}
	seen := make(map[string]bool)
	for _, e := range Endings() {
		if e[0] != '.' || seen[e] {
			t.Errorf("ending %q is there twice or has no dot", e)
		}
		seen[e] = true
	}
}
