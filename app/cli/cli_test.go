package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMain is also the program that some tests start as a process of its own.
func TestMain(m *testing.M) {
	if child := os.Getenv("GANVAS_CLI_CHILD"); child != "" {
		os.Exit(runChild(child))
	}
	home, err := os.MkdirTemp("", "ganvas-cli-test-")
	if err != nil {
		panic(err)
	}
	os.Setenv("GANVAS_HOME", home) // not the user's
	status := m.Run()
	os.RemoveAll(home)
	os.Exit(status)
}

// result is what a command left.
type result struct {
	status         int
	stdout, stderr string
}

// run runs a command in this process.
func run(t *testing.T, args ...string) result {
	t.Helper()
	return runIn(t.Context(), args...)
}

func runIn(ctx context.Context, args ...string) result {
	var stdout, stderr bytes.Buffer
	status := Run(ctx, args, Env{Stdout: &stdout, Stderr: &stderr, Version: "1.2.3"})
	return result{status, stdout.String(), stderr.String()}
}

// must runs a command that has to succeed and returns its standard output.
func must(t *testing.T, args ...string) string {
	t.Helper()
	r := run(t, args...)
	if r.status != exitDone {
		t.Fatalf("ganvas %s: exit %d: %s", strings.Join(args, " "), r.status, r.stderr)
	}
	return r.stdout
}

// small makes steps of a fraction of a millisecond.
var small = []string{"--set", "batch=16", "--set", "g.layers=linear 16,relu,linear 2", "--set", "d.layers=linear 16,relu,linear 1"}

// trained returns a project of a few steps, and their sum.
func trained(t *testing.T, dir, name string, steps string, args ...string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	must(t, append(append([]string{"train", "moons", "--seed", "7", "--steps", steps, "--out", path}, small...), args...)...)
	return path
}

func sum(t *testing.T, path string) string {
	t.Helper()
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	return in.StateSHA256
}

func listing(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		names = append(names, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestHelp(t *testing.T) {
	t.Setenv("COLUMNS", "80")
	var b strings.Builder
	for _, command := range []string{"", "demo", "presets", "data", "train", "resume", "sample", "evaluate", "runs", "try", "inspect", "export onnx", "export safetensors", "export tensorboard", "export metrics", "export charts", "export recipe", "import", "bench", "reproduce", "version"} {
		args := append(strings.Fields(command), "--help")
		r := run(t, args...)
		if r.status != exitDone || r.stderr != "" {
			t.Errorf("ganvas %s: exit %d, %q on standard error", strings.Join(args, " "), r.status, r.stderr)
		}
		b.WriteString("$ ganvas " + strings.Join(args, " ") + "\n" + r.stdout + "\n")
	}
	golden := filepath.Join("testdata", "help.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("help differs from %s; if that is intended, run go test -update. Got:\n%s", golden, got)
	}
	if got := run(t, "help", "train").stdout; !strings.Contains(got, "--epochs") {
		t.Errorf("ganvas help train prints %q", got)
	}
}

func TestHandles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Mkdir("pictures", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		arg  string
		want bool
	}{
		{"train", true},
		{"help", true},
		{"--help", true},
		{"-h", true},
		{"trian", true}, // neither a command nor a file: Run says what is near
		{"pictures", false},
		{"digits.ganvas", false},
		{"/nowhere/digits", false},
		{"-psn_0_12345", false},
	} {
		if got := Handles(test.arg); got != test.want {
			t.Errorf("Handles(%q) is %v, want %v", test.arg, got, test.want)
		}
	}
}

func TestExitStatus(t *testing.T) {
	dir := t.TempDir()
	file := trained(t, dir, "a.ganvas", "2", "--set", "steps=2")
	out := filepath.Join(dir, "out")
	for _, test := range []struct {
		args []string
		want int
		says string
	}{
		{[]string{"version"}, exitDone, ""},
		{[]string{"trian"}, exitUsage, `did you mean "train"`},
		{[]string{"train", "ring"}, exitUsage, "--out"},
		{[]string{"train", "ring", "--out", out, "--steps", "2", "--epochs", "2"}, exitUsage, "--steps and --epochs"},
		{[]string{"train", "ring", "--out", out, "--steps", "many"}, exitUsage, "many"},
		{[]string{"train", "ring", "--out", out, "--epochs", "-1"}, exitUsage, "--epochs"},
		{[]string{"train", "ring", "--out", out, "--threads", "-1"}, exitUsage, "--threads"},
		{[]string{"train", "ring", "--out", out, "--set", "seed"}, exitUsage, "KEY=VALUE"},
		{[]string{"train", "rin", "--out", out}, exitFailed, "ring"},
		{[]string{"train", "no.toml", "--out", out}, exitFailed, "no such file"},
		{[]string{"train", "ring", "--out", filepath.Join(dir, "no", "a.ganvas")}, exitFailed, "folder"},
		{[]string{"train", "ring", "--out", out, "--steps", "-3"}, exitUsage, "steps"},
		{[]string{"export", "web", file}, exitUsage, `see "ganvas export web --help"`},
		{[]string{"import", file, filepath.Join(dir, "no.safetensors")}, exitFailed, "no.safetensors: no such file or directory: check the name"},
		{[]string{"export", "web", file, "--out", ""}, exitFailed, "it has no name"},
		{[]string{"export", "tensorboard", file, "--out", dir}, exitFailed, "choose the name of a new folder"},
		{[]string{"export", "charts", file, "--out", dir + "/"}, exitFailed, "choose the name of a new folder"},
		{[]string{"resume", file, "--steps", "0"}, exitUsage, "--steps"},
		{[]string{"resume", file}, exitFailed, "--steps"},
		{[]string{"resume", file, "--from", "1"}, exitFailed, "step 1"},
		{[]string{"resume", file, "--steps", "1", "--set", "batch=3"}, exitFailed, "batch"},
		{[]string{"sample", file, "--out", filepath.Join(dir, "x.txt")}, exitUsage, ".npy"},
		{[]string{"sample", file, "--out", filepath.Join(dir, "x.png"), "--n", "0"}, exitUsage, "--n"},
		{[]string{"sample", file, "--out", filepath.Join(dir, "x.png"), "--at", "1"}, exitFailed, "step 1"},
		{[]string{"sample", file, "--out", dir + "/"}, exitFailed, "points"},
		{[]string{"inspect", filepath.Join(dir, "no.ganvas")}, exitFailed, "no.ganvas"},
		{[]string{"export", "tapestry", file, "--out", out}, exitUsage, "tapestry"},
		{[]string{"bench", "dcgan29"}, exitUsage, "dcgan28"},
		{[]string{"bench", "toy", "--seconds", "0"}, exitUsage, "--seconds"},
		{[]string{"bench"}, exitUsage, "sample64"},
		{[]string{"bench", "--profile", "gemm", "--seconds", "0.001"}, exitFailed, "one operation"},
	} {
		r := run(t, test.args...)
		name := "ganvas " + strings.Join(test.args, " ")
		if r.status != test.want {
			t.Errorf("%s: exit %d, want %d: %s", name, r.status, test.want, r.stderr)
		}
		if !strings.Contains(r.stderr, test.says) {
			t.Errorf("%s: says %q, want something about %q", name, r.stderr, test.says)
		}
		if test.want != exitDone && strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: says %q, want one line", name, r.stderr)
		}
	}
	if got, want := listing(t, dir), []string{".", "a.ganvas"}; !slices.Equal(got, want) {
		t.Errorf("left behind: %v, want %v", got, want)
	}
}

func TestVersion(t *testing.T) {
	if got, want := must(t, "version"), "ganvas 1.2.3\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// decode reads a command's JSON as a document of any shape.
func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return doc
}

func hasKeys(t *testing.T, what string, doc any, keys ...string) {
	t.Helper()
	m, ok := doc.(map[string]any)
	if !ok {
		t.Errorf("%s is %T, want an object", what, doc)
		return
	}
	for _, k := range keys {
		if v, ok := m[k]; !ok || v == nil {
			t.Errorf("%s has no key %q, on which others rely", what, k)
		}
	}
}

func TestInspectJSON(t *testing.T) {
	file := trained(t, t.TempDir(), "a.ganvas", "3")
	doc := decode(t, must(t, "inspect", file, "--json"))
	hasKeys(t, "inspect", doc, "step", "images_seen", "recipe", "g_params", "d_params", "state_sha256", "runs", "checkpoints")
	hasKeys(t, "a run", doc["runs"].([]any)[0], "id", "parent", "from_step", "step")
	hasKeys(t, "a checkpoint", doc["checkpoints"].([]any)[0], "step", "kind")
	hasKeys(t, "the recipe", doc["recipe"], "version", "name", "seed", "data", "g", "d")
	for _, test := range []struct {
		key  string
		want float64
	}{
		{"step", 3}, {"images_seen", 3 * 16}, {"g_params", 2*16 + 16 + 16*2 + 2}, {"d_params", 2*16 + 16 + 16 + 1},
	} {
		if got := doc[test.key]; got != test.want {
			t.Errorf("%s is %v, want %v", test.key, got, test.want)
		}
	}
	if got := doc["state_sha256"].(string); len(got) != 64 {
		t.Errorf("state_sha256 is %q, want 64 hexadecimal digits", got)
	}
	if text := must(t, "inspect", file); !strings.Contains(text, doc["state_sha256"].(string)) {
		t.Errorf("inspect without --json does not show the state's sum: %s", text)
	}
}

func TestDataJSON(t *testing.T) {
	doc := decode(t, must(t, "data", "ring", "--json"))
	hasKeys(t, "data", doc, "kind", "count", "shape", "labels", "skipped", "health")
	if doc["kind"] != "points" || doc["count"].(float64) < 1 {
		t.Errorf("ring is %v %v, want some points", doc["count"], doc["kind"])
	}
	dir := t.TempDir()
	writeImage(t, filepath.Join(dir, "a.png"), 9, 7)
	writeImage(t, filepath.Join(dir, "b.png"), 8, 8)
	writeText(t, filepath.Join(dir, "c.png"), "not a picture")
	doc = decode(t, must(t, "data", dir, "--json"))
	if doc["kind"] != "pictures" || doc["count"] != 2.0 {
		t.Errorf("a folder of two pictures and a text is %v %v, want 2 pictures", doc["count"], doc["kind"])
	}
	if list := doc["skipped"].([]any); len(list) != 1 {
		t.Errorf("skipped: %v, want c.png", list)
	} else {
		hasKeys(t, "a skipped file", list[0], "path", "reason")
	}
	if text := must(t, "data", dir); !strings.Contains(text, "c.png: ") {
		t.Errorf("data without --json does not name what was skipped: %s", text)
	}
}

func TestPresets(t *testing.T) {
	text := must(t, "presets")
	var list []map[string]any
	if err := json.Unmarshal([]byte(must(t, "presets", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range list {
		hasKeys(t, "a preset", p, "name", "title", "reason", "recipe")
		names = append(names, p["name"].(string))
		if !strings.Contains(text, p["name"].(string)) {
			t.Errorf("the table does not have %s", p["name"])
		}
	}
	want := []string{"ring", "ring-collapse", "ring-unrolled", "ring-pac", "ring-wgan-gp", "ring-relativistic", "vanishing", "circle", "circle-settles", "grid", "moons", "digits-mlp", "digits", "digits-dcgan", "digits-wgan-gp", "digits-conditional", "digits-100-labels", "digits-mdgan", "emoji32", "emoji64", "few-pictures", "shapes-conditional", "dcgan64"}
	if !slices.Equal(names, want) {
		t.Errorf("presets are %v, want %v", names, want)
	}
}

func TestBenchJSON(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(must(t, "bench", "--json", "--threads", "2", "--seconds", "0.001", "toy", "sample1")), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines, want 2: %q", len(lines), lines)
	}
	for i, want := range []string{"toy", "sample1"} {
		doc := decode(t, lines[i])
		hasKeys(t, "bench", doc, "name", "program", "threads", "isa", "ms", "min_ms", "p99_ms", "rss_mb")
		if doc["name"] != want || doc["program"] != "ganvas" || doc["threads"] != 2.0 {
			t.Errorf("line %d is %s, want %s by ganvas with 2 threads", i+1, lines[i], want)
		}
	}
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := startProgress(&Env{Stderr: &b, Every: 10 * time.Second}, "train digits", "step", 100, 1100, nil)
		p.set(350, 1100, 0, "40 items/s")
		time.Sleep(15 * time.Second)
		p.set(600, 1100, 3*time.Minute, "")
		time.Sleep(10 * time.Second)
		p.finish()
		want := "train digits: step 350 of 1,100 (31 %), 40 items/s, 30 s left\n" +
			"train digits: step 600 of 1,100 (54 %), 3 min 0 s left\n"
		if got := b.String(); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

// TestProgressOfShare: where only the share that is done is known, that is shown with the time
// left.
func TestProgressOfShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := startProgress(&Env{Stderr: &b, Every: 10 * time.Second}, "reproduce ring", "", 0, 1000, nil)
		p.set(200, 1000, 0, "PacGAN2, seed 2")
		time.Sleep(15 * time.Second)
		p.finish()
		if got, want := b.String(), "reproduce ring: 20 %, PacGAN2, seed 2, 40 s left\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestProgressBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := startProgress(&Env{Stderr: &b, Every: time.Hour, Interactive: true}, "train digits", "step", 0, 200, nil)
		p.set(100, 200, 90*time.Second, "")
		time.Sleep(300 * time.Millisecond)
		p.finish()
		got := b.String()
		for _, want := range []string{" 50% ", "████████░░░░░░░░", "step 100 of 200, 1 min 30 s left"} {
			if !strings.Contains(got, want) {
				t.Errorf("a terminal gets %q, want it to have %q", got, want)
			}
		}
		if strings.Contains(got, "\n") {
			t.Errorf("a terminal gets %q, want one line that is written over", got)
		}
	})
}

func TestText(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{shellQuote("a.ganvas"), "a.ganvas"},
		{shellQuote("my run's.ganvas"), `'my run'\''s.ganvas'`},
		{shellQuote(""), "''"},
		{oneLine("a\n  b\n"), "a; b"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestImports keeps the window's library out of the command line.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(out)) {
		if strings.HasPrefix(name, "fyne.io/") || name == "ganvas/widgets" || name == "ganvas/app" {
			t.Errorf("app/cli depends on %s", name)
		}
	}
}
