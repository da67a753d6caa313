package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ganvas/app/words"
	"ganvas/engine/process"
	"ganvas/engine/tensor"
)

// runChild is what the test binary does as a process of its own.
func runChild(kind string) int {
	env := Env{Stdout: os.Stdout, Stderr: os.Stderr, Every: 5 * time.Millisecond}
	switch kind {
	case "full disk":
		return onFullDisk(env)
	case "main":
		process.SurviveBrokenPipes()
		return Main(os.Args[1:], "1.2.3")
	case "unread":
		process.SurviveBrokenPipes()
	}
	return Run(context.Background(), os.Args[1:], env)
}

func child(kind string, args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), "GANVAS_CLI_CHILD="+kind)
	return c
}

// TestResumeEqualsUninterrupted holds that stopping changes no bit of what follows, nor does the
// number of processors.
func TestResumeEqualsUninterrupted(t *testing.T) {
	defer tensor.SetThreads(tensor.Threads())
	for _, test := range []struct {
		preset      string
		whole, half string
		args        []string
	}{
		{"ring", "40", "20", nil},
		{"moons", "300", "150", small},
		{"digits", "2", "1", []string{"--set", "batch=8"}},
		{"digits-wgan-gp", "2", "1", []string{"--set", "batch=4"}},
	} {
		t.Run(test.preset, func(t *testing.T) {
			dir := t.TempDir()
			file := func(name string) string { return filepath.Join(dir, name) }
			start := append([]string{"train", test.preset, "--seed", "7"}, test.args...)
			must(t, append(start, "--steps", test.whole, "--threads", "1", "--out", file("one.ganvas"))...)
			must(t, append(start, "--steps", test.whole, "--threads", "2", "--out", file("two.ganvas"))...)
			must(t, append(start, "--steps", test.half, "--threads", "2", "--out", file("half.ganvas"))...)
			half := sum(t, file("half.ganvas"))
			must(t, "resume", file("half.ganvas"), "--steps", test.half, "--threads", "1")
			want := sum(t, file("one.ganvas"))
			if got := sum(t, file("two.ganvas")); got != want {
				t.Errorf("two threads give %s, one gives %s", got, want)
			}
			if got := sum(t, file("half.ganvas")); got != want {
				t.Errorf("resumed: %s, uninterrupted: %s", got, want)
			}
			if half == want {
				t.Error("half the steps give the state of all of them")
			}
		})
	}
}

func TestResumeFrom(t *testing.T) {
	dir := t.TempDir()
	path := trained(t, dir, "a.ganvas", "10")
	must(t, "resume", path, "--steps", "10")
	want := sum(t, path)
	for _, from := range []int64{10, 13} {
		text := run(t, "resume", path, "--run", "1", "--from", fmt.Sprint(from), "--steps", fmt.Sprint(20-from))
		if text.status != exitDone || !strings.Contains(text.stderr, "branch of run 1 from step "+fmt.Sprint(from)) {
			t.Fatalf("from step %d: exit %d, %q", from, text.status, text.stderr)
		}
		if got := sum(t, path); got != want {
			t.Errorf("from step %d again: %s, the first time %s", from, got, want)
		}
	}
	lines := decode(t, must(t, "runs", path, "--json"))["runs"].([]any)
	if len(lines) != 3 {
		t.Fatalf("runs %v", lines)
	}
	if l := lines[2].(map[string]any); l["parent"] != 1.0 || l["from_step"] != 13.0 || l["step"] != 20.0 || l["current"] != true {
		t.Errorf("the branch is listed as %v", l)
	}
	must(t, "resume", path, "--set", "g.lr=1e-5", "--epochs", "0.001")
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if in.Recipe.G.LR != 1e-5 || in.Step <= 20 {
		t.Errorf("after resume --set g.lr=1e-5 --epochs 0.001: learning rate %v at step %d, want 1e-5 after step 20", in.Recipe.G.LR, in.Step)
	}
}

func TestTrainFlags(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	var points strings.Builder
	for i := range 100 {
		fmt.Fprintf(&points, "%d,%d\n", i%10, i/10)
	}
	writeText(t, filepath.Join(dir, "deep", "points.csv"), points.String())
	writeText(t, filepath.Join(dir, "deep", "r.toml"), `
name = "mine"
data = "points.csv"
batch = 8
latent = 2
steps = 0
[g]
layers = ["linear 8", "relu", "linear 2"]
[d]
layers = ["linear 8", "relu", "linear 1"]
`)
	out := filepath.Join(dir, "a.ganvas")
	t.Chdir(dir) // the recipe's data are beside it, not here
	must(t, "train", filepath.Join("deep", "r.toml"), "--epochs", "2", "--set", "d.steps=2", "--out", out)
	in, err := inspect(out, 0)
	if err != nil {
		t.Fatal(err)
	}
	// 2 epochs of 100 points, 16 of them a step.
	if in.Step != 13 || in.ImagesSeen != 13*16 {
		t.Errorf("step %d, %d seen; want 13 and 208", in.Step, in.ImagesSeen)
	}
	if want := filepath.Join(dir, "deep", "points.csv"); !samePath(in.Recipe.Data, want) {
		t.Errorf("data are %s, want %s", in.Recipe.Data, want)
	}
	must(t, "train", filepath.Join("deep", "r.toml"), "--data", "moons", "--steps", "1", "--out", filepath.Join(dir, "b.ganvas"))
	if in, err = inspect(filepath.Join(dir, "b.ganvas"), 0); err != nil || in.Recipe.Data != "moons" {
		t.Errorf("--data moons gives %v, %v", in, err)
	}
	text := filepath.Join(dir, "out.toml")
	must(t, "export", "recipe", out, "--out", text)
	must(t, "train", text, "--steps", "1", "--out", filepath.Join(dir, "c.ganvas"))
}

func samePath(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// cancelling is a standard error that presses Ctrl-C when the first line about a step arrives.
type cancelling struct {
	text   strings.Builder
	cancel func()
}

func (c *cancelling) Write(b []byte) (int, error) {
	if strings.Contains(string(b), "step ") {
		c.cancel()
	}
	return c.text.Write(b)
}

func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a run.ganvas")
	ctx, cancel := context.WithCancel(t.Context())
	stderr := &cancelling{cancel: cancel}
	args := append([]string{"train", "moons", "--seed", "7", "--steps", "100000000", "--out", path}, small...)
	status := Run(ctx, args, Env{Stdout: io.Discard, Stderr: stderr, Every: time.Millisecond})
	if status != exitInterrupted {
		t.Fatalf("exit %d, want %d: %s", status, exitInterrupted, stderr.text.String())
	}
	match := regexp.MustCompile(`interrupted at step ([0-9,]+) of 100,000,000 and saved: go on with: ganvas resume '(.*)' --steps [0-9]+\n$`).FindStringSubmatch(stderr.text.String())
	if match == nil || match[2] != path {
		t.Fatalf("says %q, want where it stopped and how to go on", stderr.text.String())
	}
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := words.Thousands(in.Step); got != match[1] {
		t.Errorf("saved step %s, said %s", got, match[1])
	}
	must(t, "resume", path, "--steps", "5")
	whole := trained(t, dir, "b.ganvas", fmt.Sprint(in.Step+5))
	if got, want := sum(t, path), sum(t, whole); got != want {
		t.Errorf("interrupted and resumed: %s, uninterrupted: %s", got, want)
	}
}

// TestInterruptedEarly holds that a job that is interrupted before it has a result leaves nothing.
func TestInterruptedEarly(t *testing.T) {
	dir := t.TempDir()
	project := trained(t, t.TempDir(), "a.ganvas", "1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{
		{"bench", "toy"},
		{"sample", project, "--out", filepath.Join(dir, "x.npy")},
	} {
		r := runIn(ctx, args...)
		if r.status != exitInterrupted || r.stderr != "ganvas: interrupted: nothing is left behind\n" {
			t.Errorf("ganvas %v: exit %d, says %q", args, r.status, r.stderr)
		}
	}
	if got := listing(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// TestNonFinite holds that a run that explodes says where, and leaves no file if it was useless
// from the start.
func TestNonFinite(t *testing.T) {
	dir := t.TempDir()
	args := append([]string{
		"train", "moons", "--steps", "1000", "--out", filepath.Join(dir, "a.ganvas"),
		"--set", "g.optimizer=sgd", "--set", "d.optimizer=sgd", "--set", "g.lr=10", "--set", "d.lr=10", "--set", "objective=wasserstein",
	}, small...)
	r := run(t, args...)
	if r.status != exitFailed || strings.Count(r.stderr, "\n") != 1 {
		t.Errorf("exit %d, says %q; want one line and exit %d", r.status, r.stderr, exitFailed)
	}
	if !strings.Contains(r.stderr, "not finite") || !strings.Contains(r.stderr, "step ") {
		t.Errorf("says %q, want the step and what is not finite", r.stderr)
	}
	if got := listing(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}

// TestKill ends a training process the hard way after an autosave; nothing but the steps since then
// is lost.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ganvas")
	const steps = 20000
	args := append([]string{"train", "moons", "--seed", "7", "--steps", fmt.Sprint(steps), "--autosave", "20ms", "--out", path}, small...)
	c := child("run", args...)
	lines, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	saved := false
	var said []string
	for s := bufio.NewScanner(lines); !saved && s.Scan(); {
		said = append(said, s.Text())
		in, err := inspect(path, 0)
		saved = err == nil && in.Step > 0
	}
	if err := c.Process.Kill(); err != nil {
		t.Errorf("%v: %s", err, strings.Join(said, "\n"))
	}
	_ = c.Wait() // it was killed
	if !saved {
		t.Fatalf("it ended before an autosave was seen: %s", strings.Join(said, "\n"))
	}
	in, err := inspect(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if in.Step >= steps {
		t.Fatal("it ended before it was killed")
	}
	until := in.Step + 100
	must(t, "resume", path, "--steps", "100")
	whole := trained(t, dir, "b.ganvas", fmt.Sprint(until))
	if got, want := sum(t, path), sum(t, whole); got != want {
		t.Errorf("killed at step %d and resumed to %d: %s, uninterrupted: %s", in.Step, until, got, want)
	}
}

func TestDemo(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	args := []string{"demo", "--preset", "moons", "--time", "100ms", "--out", out}
	must(t, args...)
	for name, least := range map[string]int{"gallery.png": 400, "loss.png": 400} {
		if w, h := sizeOf(t, filepath.Join(out, name)); w < least || h < least {
			t.Errorf("%s has %d×%d pixels, want at least %d", name, w, h, least)
		}
	}
	if r := run(t, args...); r.status != exitFailed || !strings.Contains(r.stderr, "--force") {
		t.Errorf("a second demo: exit %d, says %q; want it to refuse to replace", r.status, r.stderr)
	}
	must(t, append(args, "--force")...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := runIn(ctx, append(args, "--force")...); r.status != exitInterrupted {
		t.Errorf("an interrupted demo: exit %d, want %d: %s", r.status, exitInterrupted, r.stderr)
	}
}
