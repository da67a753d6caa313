package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/export"
	"ganvas/engine/nn"
	"ganvas/engine/session"
)

// TestMain is also the program that TestCrashReport crashes.
func TestMain(m *testing.M) {
	if home := os.Getenv("GANVAS_TEST_CRASH"); home != "" {
		logCrashes(home)
		done := make(chan bool)
		go func() {
			defer close(done)
			panic("the canvas is torn")
		}()
		<-done
	}
	os.Exit(m.Run())
}

// TestCrashReport holds that a panic of any goroutine is kept in a file with its stack, and that
// the next start says so once.
func TestCrashReport(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home [1]")
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "GANVAS_TEST_CRASH="+home)
	var exit *exec.ExitError
	if said, err := c.CombinedOutput(); !errors.As(err, &exit) || !strings.Contains(string(said), "the canvas is torn") {
		t.Fatalf("it ended with %v, want a crash; it said %s", err, said)
	}
	path := takeCrashes(home)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"panic: the canvas is torn", "main_test.go", version} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the crash file does not have %q: %s", want, text)
		}
	}
	if again := takeCrashes(home); again != "" {
		t.Errorf("it is told again, of %s", again)
	}
	if got := names(t, home); !slices.Equal(got, []string{filepath.Base(path)}) {
		t.Errorf("there are %q, want the report alone", got)
	}
}

// TestNoCrashNoFile holds that a proper end leaves no file, that one which was not proper leaves
// nothing to be told, and that the file of a window that is open stays.
func TestNoCrashNoFile(t *testing.T) {
	home := t.TempDir()
	crashes := logCrashes(home)
	ended := exec.Command(os.Args[0], "-test.run=^$")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	killed := filepath.Join(home, fmt.Sprintf("running-%d.log", ended.Process.Pid))
	if err := os.WriteFile(killed, []byte("Ganvas, started long ago"+headEnd), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := takeCrashes(home); got != "" {
		t.Errorf("without a crash there is %s", got)
	}
	if got := names(t, home); !slices.Equal(got, []string{filepath.Base(crashes.path)}) {
		t.Errorf("while the window is open there are %q, want its own file", got)
	}
	crashes.remove()
	if got := names(t, home); len(got) > 0 {
		t.Errorf("after a proper end there are %q", got)
	}
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// TestMetadata holds that the package description and the program agree.
func TestMetadata(t *testing.T) {
	text, err := os.ReadFile("FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Details    struct{ Name, ID, Version, Icon string }
		Migrations map[string]bool
	}
	if err := toml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	if d := doc.Details; d.Version != version || d.ID != appID || d.Name != "Ganvas" || d.Icon != "icon.png" {
		t.Errorf("FyneApp.toml has %+v, the program is %s %s", d, appID, version)
	}
	if !doc.Migrations["fyneDo"] {
		t.Error("FyneApp.toml does not say that fyne.Do is used")
	}
	if !strings.HasPrefix(versionText(), version) {
		t.Errorf("the version reads %q, want it to begin with %s", versionText(), version)
	}
}

// TestDriver holds that this package alone brings in Fyne's driver, which needs a C compiler and a
// display.
func TestDriver(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(p.Imports, "fyne.io/fyne/v2/app") != (p.ImportPath == "ganvas") {
			t.Errorf("%s: only main imports fyne.io/fyne/v2/app", p.ImportPath)
		}
	}
}

// TestExamples holds that the embedded examples are small, whole, and have learnt something, and that
// the first of them can be drawn without its data, as Start does.
func TestExamples(t *testing.T) {
	for i, e := range examples() {
		packed, err := exampleFiles.ReadFile("app/example/" + e.Name + ".ganvas.xz")
		if err != nil {
			t.Fatalf("%v: run make example", err)
		}
		if len(packed) > 3e6 {
			t.Errorf("%s has %d bytes, want at most 3 MB", e.Name, len(packed))
		}
		path, err := e.Lay(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		f, err := ckpt.OpenReadOnly(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		runs, err := f.Runs()
		if err != nil || len(runs) != 1 {
			t.Fatalf("%s: %d runs, %v, want 1", e.Name, len(runs), err)
		}
		if _, err := f.Load(runs[0].ID, -1); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		if runs[0].Step < 1000 {
			t.Errorf("%s was trained for %d steps, want at least 1,000", e.Name, runs[0].Step)
		}
		// The data that it learnt from are those that the program has.
		source, err := export.At(f, runs[0].ID, -1)
		if err != nil {
			t.Fatal(err)
		}
		set, err := datasets.Open(t.Context(), source.Recipe.Data, session.DataOptions(source.Recipe), nil)
		if err != nil || set.Info().Fingerprint != runs[0].DataFingerprint {
			t.Errorf("%s has learnt from other data than %s are, %v: run make example", e.Name, source.Recipe.Data, err)
		}
		// All charts have lines, and the doctor has looked at it to its end.
		names, err := f.MetricNames(runs[0].ID)
		if err != nil || !slices.Equal(names, session.MetricNames) {
			t.Errorf("%s: metrics %q, %v, want %q: run make example", e.Name, names, err, session.MetricNames)
		}
		events, err := f.Events(runs[0].ID)
		if !slices.ContainsFunc(events, func(e ckpt.Event) bool { return e.Kind == doctor.EventKind && e.Step == runs[0].Step }) {
			t.Errorf("%s: no checkup at its last step, %v: run make example", e.Name, err)
		}
		if g, err := session.FinishedGenerator(path); i == 0 && (err != nil || !g.Out().Equal(nn.Shape{32, 32, 3})) {
			t.Errorf("%s: %v, want a generator of pictures in colour", e.Name, err)
		}
	}
}

func TestFiles(t *testing.T) {
	if got, want := files([]string{"-psn_0_1", "a.ganvas", "b"}), []string{"a.ganvas", "b"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMissingFile(t *testing.T) {
	err := openWindow([]string{filepath.Join(t.TempDir(), "no.ganvas")})
	if err == nil || !strings.Contains(err.Error(), "no.ganvas") {
		t.Errorf("got %v, want an error that names the file", err)
	}
}
