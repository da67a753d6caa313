package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/ckpt"
)

// TestMain is also the program that TestCrashReport crashes, and the one that watches it.
func TestMain(m *testing.M) {
	switch {
	case watchingForCrash():
		os.Exit(watchForCrash(os.Stdin, os.Stderr, os.Getenv("GANVAS_HOME")))
	case os.Getenv("GANVAS_TEST_CRASH") != "":
		startCrashWatch()
		done := make(chan bool)
		go func() {
			defer close(done)
			panic("the canvas is torn")
		}()
		<-done
	}
	os.Exit(m.Run())
}

// TestCrashReport holds that a panic of any goroutine is kept in a file with its stack, and that the message names the file.
func TestCrashReport(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "GANVAS_TEST_CRASH=1", "GANVAS_HOME="+home)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c.Stderr = w // not a buffer: the watching process writes here after the other one has ended
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	said, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) {
		t.Fatalf("it ended with %v, want a crash", err)
	}
	files, err := filepath.Glob(filepath.Join(home, "crash-*.log"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d crash files, %v, want 1; it said %s", len(files), err, said)
	}
	if !strings.Contains(string(said), files[0]) {
		t.Errorf("the message does not name %s: %s", files[0], said)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"panic: the canvas is torn", "main_test.go", version} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the crash file does not have %q: %s", want, text)
		}
	}
}

func TestNoCrashNoFile(t *testing.T) {
	home := t.TempDir()
	var said bytes.Buffer
	if got := watchForCrash(strings.NewReader(""), &said, home); got != 0 {
		t.Errorf("exit %d, want 0", got)
	}
	files, err := os.ReadDir(home)
	if err != nil || len(files) != 0 || said.Len() != 0 {
		t.Errorf("after a proper end there are %v, %v, and it says %q", files, err, &said)
	}
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

// TestDriver holds that this package alone brings in Fyne's driver, which needs a C compiler and a display.
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

// TestExample holds that the embedded example is small, whole, and has learnt something.
func TestExample(t *testing.T) {
	packed, err := examples.ReadFile("app/example/digits.ganvas.gz")
	if err != nil {
		t.Fatalf("%v: run make example", err)
	}
	if len(packed) > 4<<20 {
		t.Errorf("the example has %d bytes, want at most 4 MiB", len(packed))
	}
	content, err := example()
	if err != nil {
		t.Fatal(err)
	}
	f, err := ckpt.OpenBytes("the example", content)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	runs, err := f.Runs()
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, %v, want 1", len(runs), err)
	}
	if _, err := f.Load(runs[0].ID, -1); err != nil {
		t.Error(err)
	}
	if runs[0].Step < 1000 {
		t.Errorf("it was trained for %d steps, want at least 1,000", runs[0].Step)
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
