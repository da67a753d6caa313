package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFindCommand finds pictures that the generator made itself, beside held-out ones, and writes a
// picture that says where it is from.
func TestFindCommand(t *testing.T) {
	dir := t.TempDir()
	project := classed(t, dir)
	made := filepath.Join(dir, "made") + string(filepath.Separator)
	must(t, "sample", project, "--out", made, "--n", "3", "--seed", "5")
	out := filepath.Join(dir, "found.png")
	args := []string{"find", project, made, "--out", out, "--steps", "60", "--held-out", "3", "--json"}
	got := decode(t, must(t, args...))
	found, _ := got["found"].([]any)
	held, _ := got["held_out"].([]any)
	if len(found) != 3 || len(held) != 3 {
		t.Fatalf("%d found, %d held out", len(found), len(held))
	}
	for _, f := range found {
		one := f.(map[string]any)
		if d := one["distance"].(float64); d > held[0].(float64) || one["class"] == nil {
			t.Errorf("%v: distance %v, held-out ones begin at %v", one["picture"], d, held[0])
		}
	}
	if text := must(t, "inspect", out); !strings.Contains(text, "items        3") {
		t.Errorf("the picture says %q", text)
	}
	if text := must(t, append(args[:len(args)-1], "--force")...); !strings.Contains(text, "CLASS") || !strings.Contains(text, "3 pictures that the run has not seen") {
		t.Errorf("prints %q", text)
	}
	broken := filepath.Join(dir, "broken.png")
	if err := os.WriteFile(broken, []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	points := filepath.Join(dir, "points.ganvas")
	must(t, "train", "ring", "--steps", "2", "--out", points)
	for _, c := range []struct{ project, picture, want string }{
		{project, broken, "broken.png"},
		{project, filepath.Join(dir, "none.png"), "none.png"},
		{points, made, "the generator makes points"},
	} {
		if r := run(t, "find", c.project, c.picture, "--out", filepath.Join(dir, "other.png")); r.status != exitFailed || !strings.Contains(r.stderr, c.want) {
			t.Errorf("%s: status %d, says %q", c.picture, r.status, r.stderr)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "other.png")); err == nil {
		t.Error("a failed search leaves a file")
	}
}
