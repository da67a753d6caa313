package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// atFirst is a standard error that presses Ctrl-C when the first line that matches arrives.
type atFirst struct {
	line   *regexp.Regexp
	text   strings.Builder
	cancel func()
}

func (a *atFirst) Write(b []byte) (int, error) {
	if a.line.Match(b) {
		a.cancel()
	}
	return a.text.Write(b)
}

// Where an interrupted job has changed or left something, it says so.
func TestInterruptedHalfway(t *testing.T) {
	dir := t.TempDir()
	file, out := pictures(t, dir), filepath.Join(dir, "out")
	must(t, "sample", file, "--n", "640", "--out", out+"/")
	names, err := filepath.Glob(filepath.Join(out, "*.png"))
	if err != nil || len(names) != 640 {
		t.Fatalf("%d pictures, %v", len(names), err)
	}
	old := make(map[string][]byte)
	for _, name := range names {
		old[name], _ = os.ReadFile(name)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stderr := &atFirst{line: regexp.MustCompile("item [1-9]"), cancel: cancel} // once there are new ones
	status := Run(ctx, []string{"sample", file, "--n", "640", "--seed", "2", "--force", "--out", out + "/"}, Env{Stdout: io.Discard, Stderr: stderr, Every: time.Nanosecond})
	match := regexp.MustCompile(`of the pictures in .* the first ([0-9]+) are new, the others as they were\n$`).FindStringSubmatch(stderr.text.String())
	if status != exitInterrupted || match == nil {
		t.Fatalf("exit %d, says %q", status, stderr.text.String())
	}
	changed := 0
	for _, name := range names {
		if now, _ := os.ReadFile(name); !bytes.Equal(now, old[name]) {
			changed++
		}
	}
	if said, _ := strconv.Atoi(match[1]); said != changed {
		t.Errorf("%d pictures are new, said %d", changed, said)
	}

	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	kept, text := filepath.Join(dir, "kept"), &atFirst{line: regexp.MustCompile("PacGAN2"), cancel: cancel}
	status = Run(ctx, []string{"reproduce", "pacgan-ring", "--quick", "--seeds", "1", "--out", kept}, Env{Stdout: io.Discard, Stderr: text, Every: time.Nanosecond})
	if status != exitInterrupted || !strings.Contains(text.text.String(), "kept in "+kept) || !strings.Contains(text.text.String(), "--continue") {
		t.Errorf("exit %d, says %q", status, text.text.String())
	}
}
