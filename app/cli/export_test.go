package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exports are the commands that take something out of a project, with the name of what they write.
var exports = [][2]string{{"web", "page.html"}, {"onnx", "g.onnx"}, {"safetensors", "g.safetensors"}, {"metrics", "m.csv"}, {"charts", "loss.svg"}, {"charts", "loss.pdf"}, {"charts", "loss.csv"}, {"recipe", "r.toml"}, {"pytorch", "p.zip"}}

// Every export writes its file, keeps one that is there unless it is told otherwise, and leaves
// nothing when it is interrupted.
func TestExport(t *testing.T) {
	dir := t.TempDir()
	project := trained(t, dir, "a.ganvas", "3", "--set", "ema=0.9")
	for _, e := range exports {
		out := filepath.Join(dir, e[1])
		args := []string{"export", e[0], project, "--out", out}
		if said := must(t, args...); said != "" {
			t.Errorf("export %s prints %q", e[0], said)
		}
		size := fileSize(t, out)
		if r := run(t, args...); r.status != exitFailed || !strings.Contains(r.stderr, e[1]) || !strings.Contains(r.stderr, "--force") {
			t.Errorf("export %s over a file: exit %d, %q", e[0], r.status, r.stderr)
		}
		must(t, append(args, "--force")...)
		if again := fileSize(t, out); again != size && e[0] != "charts" {
			t.Errorf("export %s: %d bytes, and then %d", e[0], size, again)
		}
	}
	before := strings.Join(listing(t, dir), "\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{
		{"export", "web", project, "--out", filepath.Join(dir, "new")},
		{"export", "onnx", project, "--out", filepath.Join(dir, "new")},
		{"export", "safetensors", project, "--out", filepath.Join(dir, "new")},
		{"export", "metrics", project, "--out", filepath.Join(dir, "new")},
		{"export", "tensorboard", project, "--out", filepath.Join(dir, "new")},
		{"export", "pytorch", project, "--out", filepath.Join(dir, "new")},
		{"export", "pytorch", project, "--out", filepath.Join(dir, "new.zip")},
		{"export", "charts", project, "--out", filepath.Join(dir, "new")},
		{"import", project, filepath.Join(dir, "g.safetensors")},
		{"import", project, filepath.Join(dir, "p.zip")},
	} {
		if r := runIn(ctx, args...); r.status != exitInterrupted {
			t.Errorf("%s: exit %d, %q", strings.Join(args, " "), r.status, r.stderr)
		}
	}
	if after := strings.Join(listing(t, dir), "\n"); after != before {
		t.Errorf("interrupted exports left\n%s\nwhere there was\n%s", after, before)
	}
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// Folders are new ones, and hold what belongs to them.
func TestExportFolders(t *testing.T) {
	dir := t.TempDir()
	project := twoRuns(t, dir)
	logs, drawn, one := filepath.Join(dir, "logs"), filepath.Join(dir, "charts"), filepath.Join(dir, "one")
	must(t, "export", "tensorboard", project, "--out", logs)
	must(t, "export", "tensorboard", project, "--run", "1", "--out", one)
	must(t, "export", "charts", project, "--format", "svg", "--out", drawn+"/")
	want := map[string]int{
		filepath.Join(logs, "run-1", "events.*"): 1, filepath.Join(logs, "run-2", "events.*"): 1, filepath.Join(one, "run-*", "events.*"): 1, filepath.Join(drawn, "*.svg"): 3, filepath.Join(drawn, "losses.svg"): 1,
	}
	for pattern, n := range want {
		if files, err := filepath.Glob(pattern); err != nil || len(files) < n {
			t.Errorf("%s: %v, want %d", pattern, files, n)
		}
	}
	for _, args := range [][]string{
		{"export", "tensorboard", project, "--out", logs},
		{"export", "pytorch", project, "--out", logs},
		{"export", "charts", project, "--out", drawn},
	} {
		if r := run(t, args...); r.status != exitFailed || !strings.Contains(r.stderr, "choose") || strings.Contains(r.stderr, "--force") {
			t.Errorf("%s: exit %d, %q", strings.Join(args, " "), r.status, r.stderr)
		}
	}
}

// What makes no sense is said before anything is read.
func TestExportUsage(t *testing.T) {
	dir := t.TempDir()
	project := trained(t, dir, "a.ganvas", "2")
	out := func(name string) string { return filepath.Join(dir, name) }
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"export", "charts", project, "--out", out("a.bmp")}, exitUsage, ".svg"},
		{[]string{"export", "charts", project, "--out", out("a.svg"), "--format", "png"}, exitUsage, "--format"},
		{[]string{"export", "charts", project, "--out", out("new/"), "--chart", "losses"}, exitUsage, "--chart"},
		{[]string{"export", "charts", project, "--out", out("new/"), "--force"}, exitUsage, "--force"},
		{[]string{"export", "pytorch", project, "--out", out("new"), "--force"}, exitUsage, "--force"},
		{[]string{"export", "charts", project, "--out", out("a.svg"), "--chart", "loses"}, exitFailed, "losses"},
		{[]string{"export", "onnx", project, "--out", out("a.onnx"), "--part", "x"}, exitUsage, "--part"},
		{[]string{"export", "onnx", project, "--out", out("no/a.onnx")}, exitFailed, "no folder"},
		{[]string{"export", "onnx", project, "--out", out("a.onnx"), "--at", "77"}, exitFailed, "77"},
		{[]string{"export", "metrics", out("none.ganvas"), "--out", out("m.csv")}, exitFailed, "none.ganvas"},
		{[]string{"import", project, out("none.safetensors")}, exitFailed, "none.safetensors"},
		{[]string{"import", project, project}, exitFailed, "not a safetensors file"},
	} {
		if r := run(t, test.args...); r.status != test.status || !strings.Contains(r.stderr, test.want) {
			t.Errorf("%s: exit %d, %q, want %d and %q", strings.Join(test.args, " "), r.status, r.stderr, test.status, test.want)
		}
	}
}

// Of a checkpoint that keeps the averaged generator alone, that can be exported and the rest not.
func TestExportThinned(t *testing.T) {
	project := thinnedRun(t)
	out := filepath.Join(t.TempDir(), "out")
	must(t, "export", "onnx", project, "--at", "2", "--out", out)
	must(t, "export", "safetensors", project, "--at", "2", "--part", "all", "--out", out, "--force")
	for _, flag := range []string{"--raw", "--part=d"} {
		if r := run(t, "export", "onnx", project, "--at", "2", "--out", out, "--force", flag); r.status != exitFailed || !strings.Contains(r.stderr, "the averaged generator alone") {
			t.Errorf("%s: exit %d, %q", flag, r.status, r.stderr)
		}
	}
	if r := run(t, "export", "pytorch", project, "--at", "2", "--out", out+".zip"); r.status != exitFailed || !strings.Contains(r.stderr, "the averaged generator alone") {
		t.Errorf("export pytorch: exit %d, %q", r.status, r.stderr)
	}
	if r := run(t, "import", project, out, "--at", "2"); r.status != exitFailed || !strings.Contains(r.stderr, "go on from step 3") {
		t.Errorf("import into it: exit %d, %q", r.status, r.stderr)
	}
}

// Weights come back as a run that everything works with.
func TestImport(t *testing.T) {
	dir := t.TempDir()
	project := trained(t, dir, "a.ganvas", "3", "--set", "ema=0.9")
	weights := filepath.Join(dir, "w.safetensors")
	must(t, "export", "safetensors", project, "--part", "all", "--out", weights)
	must(t, "resume", project, "--steps", "4")
	said := must(t, "import", project, weights)
	if !strings.Contains(said, "run 2 of "+project+" goes on from step 7") {
		t.Errorf("it says %q", said)
	}
	if said := must(t, "import", project, weights, "--run", "1", "--json"); !strings.Contains(said, `"run": 3`) {
		t.Errorf("it says %q", said)
	}
	again := filepath.Join(dir, "again.safetensors")
	must(t, "export", "safetensors", project, "--part", "all", "--out", again)
	must(t, "sample", project, "--n", "4", "--out", filepath.Join(dir, "x.csv"))
	must(t, "evaluate", project, "--samples", "100")
	must(t, "resume", project, "--steps", "2")
	must(t, "resume", project, "--run", "2", "--steps", "2")
	torch := filepath.Join(dir, "torch")
	must(t, "export", "pytorch", project, "--out", torch)
	if said := must(t, "import", project, torch); !strings.Contains(said, "run 4 of "+project+" goes on from step 9") {
		t.Errorf("it says %q", said)
	}
	must(t, "sample", project, "--n", "4", "--out", filepath.Join(dir, "y.csv"))
	must(t, "evaluate", project, "--samples", "100")
	must(t, "resume", project, "--steps", "2")
	if text := must(t, "runs", project); !strings.Contains(text, "moons, w") {
		t.Errorf("the runs are %s", text)
	}
}
