package judgepage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/app/ui/uitest"
	results "ganvas/docs/reproduce"
	"ganvas/engine/reproduce"
)

// TestBenchmarks shows a table that was run on this computer.
func TestBenchmarks(t *testing.T) {
	r := uitest.Start(t, nil)
	all, err := reproduce.Load(results.Files)
	if err != nil {
		t.Fatal(err)
	}
	result := all[slices.IndexFunc(all, func(r reproduce.Result) bool { return r.Name == "pacgan-ring" })]
	result.Command = "ganvas reproduce pacgan-ring --quick"
	content, err := result.Encode()
	if err != nil {
		t.Fatal(err)
	}
	folder := reproduce.Folder(r.S.Home)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pacgan-ring.json"), content, 0o644); err != nil {
		t.Fatal(err)
	}
	p := New(r.S, r.Host, "test")
	r.Show(p)
	p.tabs.Select(benchTab)
	r.Until("the result is shown", func() bool { return strings.Contains(p.tables.when.Segment.Text, "--quick") })
	said := text(p.tables.table)
	for _, want := range []string{"PacGAN2", "Published", "7.9 ± 0.10", "relativistic"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
}
