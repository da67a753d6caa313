package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/engine/reproduce"
)

func TestReproduce(t *testing.T) {
	out := filepath.Join(t.TempDir(), "results")
	r := run(t, "reproduce", "seeds-of-failure", "--quick", "--json", "--out", out)
	if r.status != exitDone {
		t.Fatalf("exit %d: %s", r.status, r.stderr)
	}
	var got []reproduce.Result
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Command != "ganvas reproduce seeds-of-failure --quick" || len(got[0].Rows) == 0 {
		t.Errorf("%+v", got)
	}
	kept, err := reproduce.Load(os.DirFS(out))
	if err != nil || len(kept) != 1 || kept[0].Name != "seeds-of-failure" {
		t.Errorf("kept %+v, %v", kept, err)
	}
	if r := run(t, "reproduce", "seeds-of-failure", "--quick", "--out", out); r.status != exitFailed || !strings.Contains(r.stderr, "--force") {
		t.Errorf("a second time: exit %d, %q", r.status, r.stderr)
	}
	table := run(t, "reproduce", "seeds-of-failure", "--quick", "--out", out, "--force").stdout
	for _, word := range []string{"GRADIENT OF G", "Wasserstein, clipped", "network, plain", "differs: "} {
		if !strings.Contains(table, word) {
			t.Errorf("%q is missing in\n%s", word, table)
		}
	}
	if r := run(t, "reproduce", "seeds-of-failure", "--quick", "--out", out, "--continue", "--json"); r.status != exitDone || !strings.Contains(r.stdout, `"seeds": 1`) {
		t.Errorf("continued: exit %d, %s", r.status, r.stderr)
	}
	list := run(t, "reproduce", "--list").stdout
	for _, table := range reproduce.Tables() {
		if !strings.Contains(list, table.Name+": "+table.Title) {
			t.Errorf("%s is missing in the list", table.Name)
		}
	}
	if r := run(t, "reproduce", "pacgan"); r.status != exitUsage || !strings.Contains(r.stderr, "pacgan-ring") {
		t.Errorf("an unknown table: exit %d, %q", r.status, r.stderr)
	}
}
