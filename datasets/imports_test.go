package datasets

import (
	"os/exec"
	"strings"
	"testing"
)

// The row of this package in the import table of the architecture: besides the standard library and what those packages
// need themselves, engine/tensor and golang.org/x/image only.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, path := range strings.Fields(string(out)) {
		if path != "ganvas/datasets" && path != "ganvas/engine/tensor" && !strings.HasPrefix(path, "golang.org/x/image/") {
			t.Errorf("datasets depends on %s", path)
		}
	}
}
