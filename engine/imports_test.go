// Package engine_test holds the table of what the packages of the engine may import.
package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/internal/imports"
)

// allowed lists what each package under engine may import. Whoever adds a package decides where it
// stands.
var allowed = imports.Table{
	"engine/splitmix": {},
	"engine/tensor": {
		"engine/process", "engine/splitmix", "engine/internal/sgemm", "engine/internal/simd", "engine/internal/winograd", "gonum.org/v1/gonum/blas", "gonum.org/v1/gonum/blas/blas32",
	},
	"engine/internal/sgemm": {
		"gonum.org/v1/gonum/blas", "gonum.org/v1/gonum/blas/gonum", "golang.org/x/sys/cpu",
	},
	"engine/internal/sgemm/asm":          {"internal/avofile", "internal/generate", "github.com/mmcloughlin/avo/..."},
	"engine/internal/sgemm/asm/neon":     {"engine/internal/armasm", "internal/generate"},
	"engine/internal/simd":               {"github.com/klauspost/cpuid/v2"},
	"engine/internal/simd/asm":           {"internal/avofile", "internal/generate", "engine/internal/simd/asm/fits", "github.com/mmcloughlin/avo/..."},
	"engine/internal/simd/asm/fits":      {},
	"engine/internal/simd/asm/neon":      {"engine/internal/armasm", "internal/generate", "engine/internal/simd/asm/fits"},
	"engine/internal/armasm":             {},
	"engine/internal/winograd":           {"github.com/klauspost/cpuid/v2"},
	"engine/internal/winograd/asm":       {"internal/avofile", "internal/generate", "engine/internal/winograd/asm/lines", "github.com/mmcloughlin/avo/..."},
	"engine/internal/winograd/asm/lines": {},
	"engine/internal/winograd/asm/neon":  {"engine/internal/armasm", "internal/generate", "engine/internal/winograd/asm/lines"},
	"engine/grad":                        {"engine/tensor"},
	"engine/nn":                          {"engine/grad", "engine/tensor"},
	"engine/optim":                       {"engine/grad", "engine/nn", "engine/tensor"},
	"engine/recipe":                      {"engine/nn", "github.com/pelletier/go-toml/v2/..."},
	"engine/sampler":                     {"engine/grad", "engine/nn", "engine/splitmix", "engine/tensor"},
	"engine/gan":                         {"engine/grad", "engine/nn", "engine/optim", "engine/recipe", "engine/sampler", "engine/tensor"},
	"engine/metrics":                     {"engine/tensor", "gonum.org/v1/gonum/..."},
	"engine/classifier":                  {"engine/ckpt", "engine/grad", "engine/nn"},
	"engine/classifier/train":            {"datasets", "engine/ckpt", "engine/classifier", "engine/gan", "engine/grad", "engine/nn", "engine/optim"},
	"engine/judge":                       {"datasets", "engine/classifier", "engine/gan", "engine/grad", "engine/memory", "engine/metrics", "engine/nn", "engine/process", "engine/tensor", "github.com/dustin/go-humanize"},
	"engine/reproduce":                   {"datasets", "engine/classifier", "engine/gan", "engine/grad", "engine/judge", "engine/memory", "engine/metrics", "engine/nn", "engine/optim", "engine/others", "engine/recipe"},
	"engine/reproduce/race":              {"datasets", "engine/reproduce"},
	"engine/doctor":                      {"datasets", "engine/gan", "engine/grad", "engine/metrics", "engine/nn", "engine/recipe", "github.com/dustin/go-humanize"},
	"engine/doctor/cases":                {"datasets", "engine/doctor", "engine/gan", "engine/nn", "engine/recipe"},
	"engine/others":                      {"engine/gan", "engine/grad", "engine/metrics", "engine/nn", "engine/optim", "engine/recipe", "engine/tensor"},
	"engine/lesson":                      {"engine/doctor", "engine/nn", "engine/recipe", "engine/session", "github.com/pelletier/go-toml/v2/...", "github.com/yuin/goldmark/..."},
	"engine/latent":                      {"engine/gan", "engine/grad", "engine/nn", "engine/tensor", "gonum.org/v1/gonum/..."},
	"engine/inversion":                   {"datasets", "engine/gan", "engine/latent"},
	"engine/film":                        {"datasets", "engine/gallery", "engine/gan", "engine/latent"},
	"engine/field":                       {"datasets", "engine/gan", "engine/grad", "engine/metrics", "engine/nn", "engine/tensor", "gonum.org/v1/gonum/..."},
	"engine/gallery":                     {"engine/gan", "engine/memory", "engine/nn", "engine/provenance", "gonum.org/v1/plot/...", "golang.org/x/image/..."},
	"engine/provenance":                  {"engine/gan", "engine/nn", "engine/recipe", "engine/wholefile"},
	"engine/runs":                        {"engine/ckpt", "engine/doctor", "engine/export", "engine/gallery", "engine/gan", "engine/judge", "engine/memory", "engine/metrics", "engine/recipe", "engine/session"},
	"engine/samples":                     {"datasets", "engine/gan", "engine/memory", "engine/provenance", "engine/wholefile"},
	"engine/ckpt":                        {"zombiezen.com/go/sqlite/..."},
	"engine/ckpt/torture":                {"engine/ckpt", "engine/doctor", "engine/gan", "engine/recipe", "engine/session", "engine/torture", "zombiezen.com/go/sqlite/..."},
	"engine/trials":                      {"datasets", "engine/ckpt", "engine/doctor", "engine/export", "engine/gan", "engine/judge", "engine/metrics", "engine/nn", "engine/recipe", "engine/runs", "engine/session"},
	"engine/torture":                     {"engine/process"},
	"engine/eta":                         {},
	"engine/process":                     {"golang.org/x/sys/windows"},
	"engine/memory":                      {"engine/process"},
	"engine/wholefile":                   {},
	"engine/bench":                       {"engine/gan", "engine/grad", "engine/nn", "engine/optim", "engine/process", "engine/tensor"},
	"engine/export": {
		"datasets", "engine/ckpt", "engine/doctor", "engine/export/charts", "engine/export/onnx", "engine/export/pytorch", "engine/export/tensorboard", "engine/export/web", "engine/export/web/core",
		"engine/gan", "engine/latent", "engine/memory", "engine/nn", "engine/provenance", "engine/recipe", "engine/session", "engine/wholefile",
	},
	"engine/export/charts": {"engine/doctor", "engine/gan", "engine/recipe", "engine/session", "gonum.org/v1/plot/..."},
	"engine/export/counterparts": {
		"datasets", "engine/ckpt", "engine/export", "engine/export/onnx", "engine/export/onnx/table", "engine/export/pytorch", "engine/gan", "engine/nn", "engine/recipe", "engine/samples", "engine/session", "engine/tensor",
	},
	"engine/export/onnx":        {"engine/export/wire", "engine/memory", "engine/nn", "engine/tensor"},
	"engine/export/onnx/table":  {"engine/grad", "engine/nn", "engine/tensor"},
	"engine/export/pytorch":     {"engine/nn", "engine/recipe"},
	"engine/export/tensorboard": {"engine/export/wire"},
	"engine/export/web":         {"engine/export/web/core", "github.com/ulikunitz/xz"},
	"engine/export/web/build":   {},
	"engine/export/web/core":    {"engine/nn", "engine/sampler"},
	"engine/export/web/engine":  {"engine/export/web/core"},
	"engine/export/wire":        {"google.golang.org/protobuf/encoding/protowire"},
	"engine/session": {
		"datasets", "engine/ckpt", "engine/doctor", "engine/eta", "engine/field", "engine/gallery", "engine/gan", "engine/grad", "engine/judge", "engine/memory", "engine/metrics", "engine/nn",
		"engine/process", "engine/provenance", "engine/recipe", "engine/tensor", "engine/wholefile", "github.com/adrg/xdg", "github.com/dustin/go-humanize",
	},
}

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath                         string
	Standard                           bool
	CgoFiles                           []string
	Imports, TestImports, XTestImports []string
}

// list runs go list in the folder of this test.
func list(t *testing.T, args ...string) []pkg {
	t.Helper()
	watch(t)
	const fields = "-json=ImportPath,Standard,CgoFiles,Imports,TestImports,XTestImports"
	cmd := exec.Command("go", append([]string{"list", fields}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.Bytes())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		switch err := dec.Decode(&p); {
		case errors.Is(err, io.EOF):
			return pkgs
		case err != nil:
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// watch looks into every folder of the repository, so that go test does not answer from its cache
// after a change that only the go command, another process, has read.
func watch(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != ".." {
			return fs.SkipDir
		}
		if errors.Is(err, fs.ErrNotExist) { // a file that came and went meanwhile
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImports(t *testing.T) {
	allowed.Check(t, "..", "engine")
	for _, p := range list(t, "-deps", "./...") {
		if strings.HasPrefix(p.ImportPath, "fyne.io/") {
			t.Errorf("the engine needs %s: it must work without a window", p.ImportPath)
		}
		if len(p.CgoFiles) > 0 && !p.Standard {
			t.Errorf("the engine needs a C compiler for %s", p.ImportPath)
		}
	}
}

// Tests may use more than what they test, but no window either: they run where there is no display.
func TestTestImports(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
			local, ours := strings.CutPrefix(path, imports.Module+"/")
			if strings.HasPrefix(path, "fyne.io/") || ours && !imports.Permits([]string{"engine/...", "datasets/...", "internal/generate", "internal/imports"}, local) {
				t.Errorf("a test of %s must not import %s", p.ImportPath, path)
			}
		}
	}
}

// Only main brings in Fyne's drivers, so that all others can be tested without a C compiler and a
// display.
func TestOnlyMainImportsTheDriver(t *testing.T) {
	for _, p := range list(t, imports.Module+"/...") {
		if p.ImportPath == imports.Module {
			continue
		}
		if slices.Contains(slices.Concat(p.Imports, p.TestImports, p.XTestImports), "fyne.io/fyne/v2/app") {
			t.Errorf("%s must not import fyne.io/fyne/v2/app", p.ImportPath)
		}
	}
}

// The table itself: entries of this repository lead down, never in a circle.
func TestTableHasNoCycle(t *testing.T) {
	const visiting, done = 1, 2
	state := map[string]int{}
	var visit func(name string)
	visit = func(name string) {
		if state[name] != 0 {
			if state[name] == visiting {
				t.Errorf("%s may import itself by way of others", name)
			}
			return
		}
		state[name] = visiting
		for other := range allowed {
			if other != name && imports.Permits(allowed[name], other) {
				visit(other)
			}
		}
		state[name] = done
	}
	for name := range allowed {
		visit(name)
	}
}
