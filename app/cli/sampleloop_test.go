package cli

import (
	"bytes"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSampleLoop writes films of pictures of several classes, the same for the same seed.
func TestSampleLoop(t *testing.T) {
	dir := t.TempDir()
	project := classed(t, dir)
	read := func(name string, args ...string) []byte {
		t.Helper()
		path := filepath.Join(dir, name)
		must(t, append([]string{"sample", project, "--out", path, "--pins", "3"}, args...)...)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	first := read("loop.gif", "--frames", "9", "--seconds", "0.9", "--scale", "2")
	film, err := gif.DecodeAll(bytes.NewReader(first))
	if err != nil || len(film.Image) != 9 || film.Config.Width != 16 || film.Delay[4] != 10 {
		t.Fatalf("%d frames of %d pixels for %v, error %v", len(film.Image), film.Config.Width, film.Delay, err)
	}
	if bytes.Equal(film.Image[0].Pix, film.Image[4].Pix) {
		t.Error("nothing moves")
	}
	if again := read("again.gif", "--frames", "9", "--seconds", "0.9", "--scale", "2"); !bytes.Equal(first, again) {
		t.Error("the same seed gives another film")
	}
	if other := read("other.gif", "--frames", "9", "--seconds", "0.9", "--scale", "2", "--seed", "2"); bytes.Equal(first, other) {
		t.Error("another seed gives the same film")
	}
	for _, name := range []string{"loop.apng", "loop.png"} {
		if b := read(name, "--frames", "4", "--smooth", "--ease", "0.5"); !bytes.HasPrefix(b, []byte("\x89PNG")) || bytes.Count(b, []byte("fcTL")) != 4 {
			t.Errorf("%s has %d frames, want 4", name, bytes.Count(b, []byte("fcTL")))
		}
	}
}

// TestLoopRefused says what cannot be, and leaves no file.
func TestLoopRefused(t *testing.T) {
	dir := t.TempDir()
	points := filepath.Join(dir, "points.ganvas")
	must(t, "train", "ring", "--steps", "2", "--out", points)
	for _, c := range []struct {
		out    string
		args   []string
		status int
		want   string
	}{
		{"a.gif", nil, exitFailed, "the generator makes points"},
		{"a.gif", []string{"--pins", "1"}, exitUsage, "choose 2 to 1,000"},
		{"a.gif", []string{"--ease", "2"}, exitUsage, "choose 0 to 1"},
		{"a.csv", []string{"--seconds", "3"}, exitUsage, "are for loops"},
	} {
		path := filepath.Join(dir, c.out)
		r := run(t, append([]string{"sample", points, "--out", path}, c.args...)...)
		if r.status != c.status || !strings.Contains(r.stderr, c.want) {
			t.Errorf("%v: status %d, says %q", c.args, r.status, r.stderr)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%v: a file is left", c.args)
		}
	}
}
