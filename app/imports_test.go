package app

import (
	"os/exec"
	"strings"
	"testing"

	"ganvas/internal/imports"
)

// allowed lists what the window, the command line and their tools may import. Neither of the first
// two imports the other.
var allowed = imports.Table{
	"app": {
		"app/buildpage", "app/datapage", "app/explorepage", "app/export", "app/glossary", "app/judgepage", "app/lessons", "app/otherways",
		"app/runspage", "app/settings", "app/startpage", "app/studio", "app/trainpage", "app/ui", "app/words", "datasets", "engine/lesson",
		"engine/memory", "engine/process", "engine/recipe", "engine/session", "engine/wholefile", "internal/clipboard", "internal/finder", "internal/motion",
		"widgets", "github.com/dustin/go-humanize", "fyne.io/fyne/v2/...",
	},
	"app/buildpage": {
		"app/studio", "app/titles", "app/ui", "app/ui/thumbs", "app/words", "datasets", "engine/nn", "engine/recipe", "widgets",
		"github.com/dustin/go-humanize", "fyne.io/fyne/v2/...",
	},
	"app/cli": {
		"app/titles", "app/words", "datasets", "datasets/catalog", "engine/bench", "engine/ckpt", "engine/doctor", "engine/doctor/cases",
		"engine/eta", "engine/export", "engine/export/charts", "engine/film", "engine/gallery", "engine/gan", "engine/inversion", "engine/judge", "engine/latent", "engine/memory", "engine/nn",
		"engine/process", "engine/provenance", "engine/recipe", "engine/reproduce", "engine/runs", "engine/samples", "engine/session",
		"engine/tensor", "engine/trials", "engine/wholefile", "github.com/alecthomas/kong", "github.com/mattn/go-isatty",
		"github.com/schollz/progressbar/v3", "gonum.org/v1/plot/...",
	},
	"app/cli/benchdata": {"datasets", "engine/process", "engine/recipe", "engine/session", "golang.org/x/image/draw"},
	"app/cli/killtest":  {"app/cli", "engine/ckpt", "engine/session"},
	"app/datapage": {
		"app/studio", "app/titles", "app/ui", "app/words", "datasets", "datasets/catalog", "engine/eta", "engine/session", "internal/feed",
		"widgets", "github.com/dustin/go-humanize", "fyne.io/fyne/v2/...",
	},
	"app/example/shrink": {"engine/ckpt"},
	"app/explorepage": {
		"app/studio", "app/ui", "app/words", "datasets", "engine/ckpt", "engine/gan", "engine/inversion", "engine/latent", "engine/nn", "engine/session",
		"internal/feed", "widgets", "github.com/dustin/go-humanize", "fyne.io/fyne/v2/...",
	},
	"app/export": {
		"app/settings", "app/studio", "app/ui", "app/words", "datasets", "engine/ckpt", "engine/export", "engine/export/charts", "engine/film",
		"engine/gallery", "engine/gan", "engine/nn", "engine/provenance", "engine/samples", "engine/session", "engine/wholefile", "widgets", "fyne.io/fyne/v2/...",
	},
	"app/glossary":         {},
	"app/internal/apptest": {"engine/recipe", "engine/session"},
	"app/judgepage": {
		"app/studio", "app/titles", "app/ui", "app/words", "datasets", "docs/reproduce", "engine/doctor", "engine/export/charts", "engine/judge",
		"engine/metrics", "engine/reproduce", "engine/session", "engine/wholefile", "widgets", "github.com/dustin/go-humanize",
		"fyne.io/fyne/v2/...",
	},
	"app/lessons": {
		"app/glossary", "app/settings", "app/studio", "app/ui", "app/words", "engine/lesson", "engine/recipe", "engine/session", "widgets",
		"fyne.io/fyne/v2/...",
	},
	"app/otherways": {
		"app/glossary", "app/ui", "app/words", "datasets", "engine/others", "engine/process", "internal/feed", "widgets", "fyne.io/fyne/v2/...",
	},
	"app/runspage": {
		"app/studio", "app/titles", "app/ui", "app/words", "engine/ckpt", "engine/doctor", "engine/metrics", "engine/recipe", "engine/runs",
		"engine/session", "engine/trials", "widgets", "fyne.io/fyne/v2/...",
	},
	"app/settings": {"engine/wholefile"},
	"app/startpage": {
		"app/studio", "app/ui", "app/ui/thumbs", "app/words", "datasets", "engine/gan", "engine/latent", "engine/nn", "engine/recipe",
		"engine/session", "engine/tensor", "internal/feed", "widgets", "golang.org/x/image/draw", "fyne.io/fyne/v2/...",
	},
	"app/studio": {
		"app/titles", "app/words", "datasets", "engine/ckpt", "engine/doctor", "engine/eta", "engine/export", "engine/gan", "engine/judge",
		"engine/memory", "engine/nn", "engine/process", "engine/provenance", "engine/recipe", "engine/runs", "engine/session", "engine/tensor",
		"engine/trials", "engine/wholefile", "internal/feed",
	},
	"app/titles": {"app/glossary", "app/words", "datasets", "engine/doctor", "engine/nn", "engine/recipe", "github.com/dustin/go-humanize"},
	"app/trainpage": {
		"app/glossary", "app/studio", "app/titles", "app/ui", "app/words", "datasets", "engine/doctor", "engine/export/charts", "engine/field",
		"engine/gan", "engine/recipe", "engine/session", "widgets", "github.com/dustin/go-humanize", "fyne.io/fyne/v2/...",
	},
	"app/ui": {
		"app/settings", "app/studio", "app/titles", "app/words", "engine/doctor", "engine/recipe", "engine/wholefile", "widgets",
		"github.com/dustin/go-humanize", "golang.org/x/image/draw", "fyne.io/fyne/v2/...",
	},
	"app/ui/thumbs":      {},
	"app/ui/thumbs/make": {"engine/recipe", "golang.org/x/image/draw"},
	"app/ui/uitest": {
		"app/internal/apptest", "app/settings", "app/studio", "app/ui", "engine/recipe", "engine/session", "engine/tensor", "widgets", "fyne.io/fyne/v2/...",
	},
	"app/words": {"github.com/dustin/go-humanize"},
}

func TestImports(t *testing.T) {
	allowed.Check(t, "..", "app")
}

// The window can be tested without a display and without a C compiler.
func TestNoDriver(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		for _, banned := range []string{"fyne.io/fyne/v2/app", "github.com/go-gl/gl", "github.com/go-gl/glfw"} {
			if name == banned || strings.HasPrefix(name, banned+"/") {
				t.Errorf("app imports %s", name)
			}
		}
	}
}

// The model of the window knows no window.
func TestStudioKnowsNoWindow(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./studio").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "fyne.io/") || name == "ganvas/widgets" {
			t.Errorf("app/studio depends on %s", name)
		}
	}
}
