package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func writeText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func picture(w, h int) []byte {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = uint8(31 * i)
	}
	m.SetGray(0, 0, color.Gray{Y: uint8(w * h)})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func writeImage(t *testing.T, path string, w, h int) {
	t.Helper()
	writeText(t, path, string(picture(w, h)))
}

func archive(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 4 {
		w, err := z.Create(fmt.Sprintf("%d.png", i))
		if err == nil {
			_, err = w.Write(picture(8+i, 8))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBadInput holds that every bad input is an error of one line that names what, where and what
// to do, with status 1, and that nothing is left behind.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	writeText(t, in("key.toml"), "data = \"ring\"\nlatent = 2\nbacth = 32\n")
	writeText(t, in("layer.toml"), "data = \"ring\"\nlatent = 2\n[g]\nlayers = [\"linear 64\", \"conv 8 3 1 1\"]\n[d]\nlayers = [\"linear 1\"]\n")
	writeText(t, in("syntax.toml"), "data = \n")
	for _, folder := range []string{"empty", "text", "tiny"} {
		if err := os.Mkdir(in(folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeText(t, in("text/a.png"), "this is not a picture")
	writeText(t, in("lone.png"), "this is not a picture")
	writeImage(t, in("tiny/a.png"), 1, 1)
	writeImage(t, in("one.png"), 1, 1)
	z := archive(t)
	writeText(t, in("cut.zip"), string(z[:len(z)/2]))
	writeText(t, in("exists"), "mine")
	whole, err := os.ReadFile(trained(t, t.TempDir(), "a.ganvas", "2"))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, in("cut.ganvas"), string(whole[:len(whole)/2]))
	writeText(t, in("whole.ganvas"), string(whole))
	writeText(t, in("text.ganvas"), "this is not a project")
	before := listing(t, dir)

	train := func(args ...string) []string { return append([]string{"train", "--out", in("new.ganvas")}, args...) }
	for _, test := range []struct {
		name string
		args []string
		says []string // what, where, what to do
	}{
		{"misspelt key", train(in("key.toml")), []string{"key.toml", "line 3", "bacth", "batch"}},
		{"misspelt setting", train("ring", "--set", "g.lrr=1"), []string{"g.lrr", "g.lr"}},
		{"impossible value", train("ring", "--set", "batch=0"), []string{"batch", "1"}},
		{"layer that does not fit", train(in("layer.toml")), []string{"layer.toml", "line 4", "conv 8 3 1 1", "64"}},
		{"not TOML", train(in("syntax.toml")), []string{"syntax.toml", "line 1"}},
		{"unknown preset", train("digts"), []string{"digts", "digits"}},
		{"networks of points with pictures", train("ring", "--data", "shapes"), []string{"g.layers"}},
		{"data that are not there", train("digits", "--data", in("nowhere")), []string{"nowhere"}},
		{"empty folder", train("digits", "--data", in("empty")), []string{"empty"}},
		{"folder of a text named .png", train("digits", "--data", in("text")), []string{"text", "a.png"}},
		{"text named .png", train("digits", "--data", in("lone.png")), []string{"lone.png"}},
		{"truncated zip", train("digits", "--data", in("cut.zip")), []string{"cut.zip"}},
		{"folder of a one-pixel picture", train("digits", "--data", in("tiny")), []string{"tiny"}},
		{"one-pixel picture", train("digits", "--data", in("one.png")), []string{"one.png"}},
		{"data of an empty folder", []string{"data", in("empty")}, []string{"empty"}},
		{"project cut in half: resume", []string{"resume", in("cut.ganvas"), "--steps", "1"}, []string{"cut.ganvas", "damaged"}},
		{"project cut in half: sample", []string{"sample", in("cut.ganvas"), "--out", in("new.png")}, []string{"cut.ganvas", "damaged"}},
		{"project cut in half: inspect", []string{"inspect", in("cut.ganvas")}, []string{"cut.ganvas", "damaged"}},
		{"project cut in half: export", []string{"export", "recipe", in("cut.ganvas"), "--out", in("new.toml")}, []string{"cut.ganvas", "damaged"}},
		{"text named .ganvas", []string{"resume", in("text.ganvas"), "--steps", "1"}, []string{"text.ganvas", "not a Ganvas project"}},
		{"output of train exists", []string{"train", "ring", "--out", in("exists")}, []string{"exists", "--force"}},
		{"output of sample exists", []string{"sample", in("whole.ganvas"), "--out", in("one.png")}, []string{"one.png", "--force"}},
		{"output of export exists", []string{"export", "recipe", in("whole.ganvas"), "--out", in("exists")}, []string{"exists", "--force"}},
		{"output is a folder", []string{"train", "ring", "--force", "--out", in("empty")}, []string{"empty", "folder"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := run(t, test.args...)
			if r.status != exitFailed {
				t.Errorf("exit %d, want %d", r.status, exitFailed)
			}
			if strings.Count(r.stderr, "\n") != 1 || !strings.HasPrefix(r.stderr, "ganvas: ") {
				t.Errorf("says %q, want one line", r.stderr)
			}
			if r.stdout != "" {
				t.Errorf("standard output has %q, want results only", r.stdout)
			}
			for _, word := range test.says {
				if !strings.Contains(r.stderr, word) {
					t.Errorf("says %q, want it to name %q", r.stderr, word)
				}
			}
			if after := listing(t, dir); !slices.Equal(after, before) {
				t.Errorf("left behind: %v, want %v", after, before)
			}
		})
	}
	if got, err := os.ReadFile(in("exists")); err != nil || string(got) != "mine" {
		t.Errorf("the file that was not to be replaced holds %q, %v", got, err)
	}
}

// TestForceKeepsOldOnFailure holds that --force gives nothing up before the new run exists.
func TestForceKeepsOldOnFailure(t *testing.T) {
	dir := t.TempDir()
	path := trained(t, dir, "a.ganvas", "2")
	before := sum(t, path)
	if r := run(t, "train", "ring", "--set", "g.layers=linear 3", "--force", "--out", path); r.status != exitFailed {
		t.Fatalf("exit %d: %s", r.status, r.stderr)
	}
	if got := sum(t, path); got != before {
		t.Error("a failed train --force has changed the old project")
	}
	trained(t, dir, "a.ganvas", "3", "--force")
	if got := sum(t, path); got == before {
		t.Error("train --force has not replaced the project")
	}
	if got, want := listing(t, dir), []string{".", "a.ganvas"}; !slices.Equal(got, want) {
		t.Errorf("left behind: %v, want %v", got, want)
	}
}
