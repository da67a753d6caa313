package widgets

import (
	"os/exec"
	"strings"
	"testing"

	"ganvas/internal/imports"
)

// allowed lists what widgets may import: no engine and no data.
var allowed = imports.Table{
	"widgets": {"internal/feed", "fyne.io/fyne/v2/...", "gonum.org/v1/plot/...", "golang.org/x/image/..."},
}

func TestImports(t *testing.T) {
	allowed.Check(t, "..", "widgets")
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if name == "fyne.io/fyne/v2/app" || strings.HasPrefix(name, "fyne.io/fyne/v2/internal/driver/glfw") {
			t.Errorf("widgets depends on %s", name)
		}
	}
}
