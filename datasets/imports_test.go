package datasets

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The row of this package in the import table of the architecture: besides the standard library only small packages of the engine, golang.org/x/image and
// x/text, and the libraries that own a format; and through them nothing that needs C, a window or another part of the program.
func TestImports(t *testing.T) {
	allowed := []string{
		"ganvas/datasets/internal/pixels",
		"ganvas/engine/splitmix",             // random numbers of an item
		"ganvas/engine/wholefile",            // the cause of a system's error
		"ganvas/engine/memory",               // how much is free
		"github.com/bodgit/sevenzip",         // what its errors say of encryption
		"github.com/ulikunitz/xz/lzma",       // of zips
		"github.com/klauspost/compress/zstd", // how much memory it may take
		"github.com/parquet-go/parquet-go/format",
		"github.com/parquet-go/parquet-go", // Parquet
		"github.com/sbinet/npyio/npy",      // the headers of NumPy's arrays
		"github.com/mholt/archives",        // tar.*, 7z, rar
		"github.com/edsrzf/mmap-go",        // the cache
		"github.com/dustin/go-humanize",    // numbers in messages
		"golang.org/x/sys/unix",            // and giving its memory back
	}
	for _, path := range listImports(t, `{{join .Imports "\n"}}`) {
		if !strings.Contains(path, ".") && path != "C" && !strings.HasPrefix(path, "ganvas/") { // the standard library
			continue
		}
		if !slices.Contains(allowed, path) && !strings.HasPrefix(path, "golang.org/x/image/") && !strings.HasPrefix(path, "golang.org/x/text/") {
			t.Errorf("datasets imports %s", path)
		}
	}
	below := []string{
		"ganvas/datasets", "ganvas/datasets/internal/pixels", "ganvas/engine/memory", "ganvas/engine/process", "ganvas/engine/splitmix", "ganvas/engine/wholefile",
	}
	for _, path := range listImports(t, `{{if and .CgoFiles (not .Standard)}}cgo in {{.ImportPath}}
{{end}}{{if not .Standard}}{{.ImportPath}}{{end}}`, "-deps") {
		if strings.HasPrefix(path, "cgo ") || strings.HasPrefix(path, "fyne.io/") || strings.HasPrefix(path, "ganvas/") && !slices.Contains(below, path) {
			t.Errorf("datasets depends on %s", path)
		}
	}
}

func listImports(t *testing.T, format string, flags ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append(append([]string{"list"}, flags...), "-f", format, ".")...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}
