package datasets

import (
	"os/exec"
	"strings"
	"testing"

	"ganvas/internal/imports"
)

// allowed lists what the packages of data may import: little of the engine, and the libraries that
// own a format.
var allowed = imports.Table{
	"datasets": {
		"datasets/internal/cache", "datasets/internal/dataset", "datasets/internal/files",
		"datasets/internal/health", "datasets/internal/source", "datasets/internal/toy",
		"engine/splitmix", // random numbers of an item
	},
	"datasets/catalog": {},
	"datasets/data":    {},
	"datasets/data/pack": {
		"datasets/data",
		"golang.org/x/image/webp", // what it has packed, read back
	},
	"datasets/internal/array": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/prepare",
		"datasets/internal/table", "datasets/internal/wording", "datasets/internal/work",
		"engine/wholefile",            // the cause of a system's error
		"github.com/sbinet/npyio/npy", // the headers of NumPy's arrays
	},
	"datasets/internal/cache": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/wording",
		"datasets/internal/work",
		"engine/wholefile",          // the cause of a system's error
		"github.com/edsrzf/mmap-go", // the cache
		"golang.org/x/sys/unix",     // and giving its memory back
	},
	"datasets/internal/container": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/picture",
		"datasets/internal/table", "datasets/internal/wording", "datasets/internal/work",
		"engine/wholefile", // the cause of a system's error
		"github.com/parquet-go/parquet-go/...",
	},
	"datasets/internal/dataset": {
		"datasets/internal/wording",
		"engine/memory", // how much is free
	},
	"datasets/internal/datatest": {"datasets/internal/dataset"},
	"datasets/internal/files": {
		"datasets/internal/dataset", "datasets/internal/wording", "datasets/internal/work",
		"engine/splitmix",                    // random numbers of an item
		"engine/wholefile",                   // the cause of a system's error
		"github.com/bodgit/sevenzip",         // what its errors say of encryption
		"github.com/klauspost/compress/zstd", // how much memory it may take
		"github.com/mholt/archives",          // tar.*, 7z, rar
		"github.com/ulikunitz/xz/lzma",       // of zips
		"golang.org/x/text/...",
	},
	"datasets/internal/health": {
		"datasets/internal/dataset", "datasets/internal/wording", "datasets/internal/work",
	},
	"datasets/internal/labelling": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/table",
		"datasets/internal/wording",
		"golang.org/x/text/...",
	},
	"datasets/internal/picture": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/pixels",
		"datasets/internal/wording", "datasets/internal/work",
		"golang.org/x/image/...",
	},
	"datasets/internal/pixels":     {},
	"datasets/internal/pixels/asm": {"internal/avofile", "internal/generate", "github.com/mmcloughlin/avo/..."},
	"datasets/internal/prepare": {
		"datasets/internal/dataset", "datasets/internal/pixels", "datasets/internal/wording",
	},
	"datasets/internal/source": {
		"datasets/data", "datasets/internal/array", "datasets/internal/cache",
		"datasets/internal/container", "datasets/internal/dataset", "datasets/internal/files",
		"datasets/internal/labelling", "datasets/internal/picture", "datasets/internal/prepare",
		"datasets/internal/table", "datasets/internal/toy", "datasets/internal/wording",
		"datasets/internal/work",
		"engine/wholefile", // the cause of a system's error
	},
	"datasets/internal/table": {
		"datasets/internal/dataset", "datasets/internal/files", "datasets/internal/wording",
		"datasets/internal/work",
		"engine/wholefile", // the cause of a system's error
		"github.com/parquet-go/parquet-go/...",
		"golang.org/x/text/...",
	},
	"datasets/internal/toy": {
		"datasets/internal/dataset", "datasets/internal/wording",
		"engine/splitmix", // random numbers of an item
	},
	"datasets/internal/wording": {
		"engine/wholefile",              // the cause of a system's error
		"github.com/dustin/go-humanize", // numbers in messages
	},
	"datasets/internal/work": {},
	"datasets/torture":       {"datasets", "engine/torture"},
}

func TestImports(t *testing.T) {
	allowed.Check(t, "..", "datasets")
	// Through what it imports, datasets needs neither a C compiler nor a window.
	out, err := exec.Command("go", "list", "-deps", "-f",
		`{{if and .CgoFiles (not .Standard)}}cgo in {{end}}{{if not .Standard}}{{.ImportPath}}{{end}}`, ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "cgo ") || strings.HasPrefix(line, "fyne.io/") {
			t.Errorf("datasets depends on %s", strings.TrimSpace(line))
		}
	}
}
