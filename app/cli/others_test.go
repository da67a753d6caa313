package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"ganvas/engine/session"
)

// TestOthers trains in another process and checks that this one says so, until that one ends.
func TestOthers(t *testing.T) {
	t.Setenv("GANVAS_HOME", t.TempDir())
	told := func() string {
		var b bytes.Buffer
		tellOthers(&Env{Stderr: &b})
		return b.String()
	}
	if got := told(); got != "" {
		t.Errorf("nobody trains, but it says %q", got)
	}
	c := child("train", append([]string{"train", "moons", "--steps", "0", "--out", filepath.Join(t.TempDir(), "run.ganvas")}, small...)...)
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for len(session.Others(session.Home())) == 0 && lines.Scan() {
	}
	want := fmt.Sprintf("another Ganvas (process %d) trains moons on this computer: both are slower for it; end one, or give each some processors with --threads\n", c.Process.Pid)
	if got := told(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := c.Process.Signal(os.Kill); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, stderr)
	_ = c.Wait()
	if got := told(); got != "" {
		t.Errorf("it was killed, but it says %q", got)
	}
}
