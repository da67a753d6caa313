package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"ganvas/engine/session"
)

// hostile is a name that clears the screen, colours it, sets its title, turns the direction of
// writing and is no UTF-8 at its end.
const hostile = "n\x1b[2J\x1b]0;title\a\u009b31m\u202e\u2066m\r\x7f\xff"

// obeys returns what a terminal would obey in text.
func obeys(text string) string {
	for _, r := range text {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) || r == unicode.ReplacementChar {
			return string(r)
		}
	}
	return ""
}

func TestPrintable(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Größe 3, 日本語, 👩‍👧\n\tok", "Größe 3, 日本語, 👩‍👧\n\tok"},
		{"a\x1b[31mb\r\n", `a\u001b[31mb\u000d` + "\n"},
		{"\u009b1m\u0085\x7f", `\u009b1m\u0085\u007f`},
		{"\u202eabc\u2069\u200f\u061c\u2028", `\u202eabc\u2069\u200f\u061c\u2028`},
		{"\x9b1m\xff", `\x9b1m\xff`},
		{"\ufffd", "\ufffd"},
	} {
		if got := printable(test.text); got != test.want {
			t.Errorf("printable(%q) is %q, want %q", test.text, got, test.want)
		}
	}
	if got, want := cell("two\nlines\tand a cell"), `two\u000alines\u0009and a cell`; got != want {
		t.Errorf("a cell is %q, want %q", got, want)
	}
}

// Characters that arrive in pieces stay whole, and what is escaped does not depend on the pieces.
func TestOutputInPieces(t *testing.T) {
	const text = "ä\x1b日本👩‍👧\xe6\u202e\xf0\x9f"
	for size := 1; size <= len(text); size++ {
		var b bytes.Buffer
		o := newOutput(&b)
		for at := 0; at < len(text); at += size {
			if n, err := o.Write([]byte(text[at:min(at+size, len(text))])); err != nil || n == 0 {
				t.Fatalf("%d, %v", n, err)
			}
		}
		o.flush()
		if want := printable(text); b.String() != want {
			t.Errorf("in pieces of %d: %q, want %q", size, b.String(), want)
		}
	}
}

// No name from a file reaches the terminal as a command to it: not from data, recipes, projects,
// errors or progress.
func TestHostileNames(t *testing.T) {
	dir := t.TempDir()
	hostileDir := filepath.Join(dir, hostile)
	if err := os.MkdirAll(filepath.Join(hostileDir, "class"+hostile), 0o755); err != nil {
		t.Skip("this system has no such names: ", err)
	}
	for i := range 8 {
		writeImage(t, filepath.Join(hostileDir, "class"+hostile, string(rune('a'+i))+hostile+".png"), 8, 8+i)
	}
	writeText(t, filepath.Join(hostileDir, "class"+hostile, "broken"+hostile+".png"), "no picture")
	path := trained(t, dir, "a.ganvas", "2")
	rename(t, path, "run\x1b[2J\u009bm\u202e")
	recipe := filepath.Join(dir, "r"+hostile+".toml")
	writeText(t, recipe, "version = 1\nname = \"\x1b[2J\"\n")
	for _, args := range [][]string{
		{"data", hostileDir},
		{"data", hostileDir, "--json"},
		{"data", filepath.Join(dir, "no"+hostile)},
		{"inspect", path},
		{"inspect", path, "--json"},
		{"runs", path},
		{"runs", path, "--json"},
		{"inspect", filepath.Join(dir, hostile+".ganvas")},
		{"train", recipe, "--out", filepath.Join(dir, "b.ganvas")},
		{"train", "moons", "--set", "\x1b[2J=1", "--out", filepath.Join(dir, "b.ganvas")},
		{"train", "\x1b[2J", "--out", filepath.Join(dir, "b.ganvas")},
		{"resume", path, "--steps", "1"},
		{"sample", path, "--out", filepath.Join(dir, "x"+hostile+".csv"), "--class", hostile},
		{"sample", path, "--out", filepath.Join(dir, "no"+hostile, "x.csv")},
		{"\x1b[2J"},
	} {
		for _, interactive := range []bool{false, true} {
			var stdout, stderr bytes.Buffer
			Run(t.Context(), args, Env{Stdout: &stdout, Stderr: &stderr, Every: time.Nanosecond, Interactive: interactive})
			said := stderr.String()
			if interactive { // the bar itself moves the cursor
				said = strings.NewReplacer("\x1b[2K", "", "\x1b[0m", "", "\r", "").Replace(said)
			}
			if bad := obeys(stdout.String() + said); bad != "" {
				t.Errorf("ganvas %q: a terminal gets %q in %q", args, bad, stdout.String()+said)
			}
			if args[len(args)-1] == "--json" && !json.Valid(stdout.Bytes()) {
				t.Errorf("ganvas %q: no JSON: %s", args, stdout.Bytes())
			}
		}
	}
}

// rename gives the run of a project another name and other data, past all checks of recipes.
func rename(t *testing.T, path, name string) {
	t.Helper()
	s, err := session.Open(t.Context(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := s.Recipe()
	r.Name = name
	if err := s.Replace(t.Context(), r, s.Data()); err != nil {
		t.Fatal(err)
	}
}

// closedPipe is a stream whose reader has gone.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}
}

// Output that nobody reads does not end a run; other results end quietly.
func TestNobodyReads(t *testing.T) {
	dir := t.TempDir()
	env := Env{Stdout: closedPipe{}, Stderr: closedPipe{}, Every: time.Nanosecond}
	path := filepath.Join(dir, "a.ganvas")
	args := append([]string{"train", "moons", "--steps", "20", "--seed", "7", "--out", path}, small...)
	if got := Run(t.Context(), args, env); got != exitDone {
		t.Errorf("training that nobody watched: exit %d, want %d", got, exitDone)
	}
	if got, want := sum(t, path), sum(t, trained(t, dir, "b.ganvas", "20")); got != want {
		t.Error("training that nobody watched has other bits")
	}
	var stderr bytes.Buffer
	env.Stderr = &stderr
	if got := Run(t.Context(), []string{"presets"}, env); got != exitFailed || stderr.Len() > 0 {
		t.Errorf("a list that nobody reads: exit %d, says %q", got, stderr.String())
	}
	if !errors.Is((&output{w: closedPipe{}}).put("x"), errUnread) {
		t.Error("a broken pipe is not told from a full disk")
	}
}

// TestNameOfTwoLines: a name does not begin a line of its own.
func TestNameOfTwoLines(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	var stdout, stderr bytes.Buffer
	path := filepath.Join(t.TempDir(), "a\nganvas: all is well.ganvas")
	args := []string{"train", "moons", "--steps", "1", "--out", path}
	if status := Run(t.Context(), args, Env{Stdout: &stdout, Stderr: &stderr, Every: time.Hour}); status != exitDone {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	if said := stdout.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, `a\u000aganvas`) {
		t.Errorf("says %q, want one line", said)
	}
}
