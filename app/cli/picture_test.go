package cli

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/export"
	"ganvas/engine/gan"
	"ganvas/engine/provenance"
)

// classed returns a project whose generator makes 8×8 pictures of the kinds of shapes.
func classed(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "c.ganvas")
	must(t, "train", "digits", "--steps", "1", "--out", path, "--data", "shapes",
		"--set", "image_size=8", "--set", "batch=4", "--set", "labels=folder", "--set", "conditional=concat",
		"--set", "g.layers=linear 64,unflatten 8 8 1,tanh", "--set", "d.layers=flatten,linear 1")
	return path
}

// TestPicturesRemember: every picture says how it was made, and what it says makes it again.
func TestPicturesRemember(t *testing.T) {
	dir := t.TempDir()
	file := classed(t, dir)
	must(t, "sample", file, "--n", "3", "--seed", "7", "--out", filepath.Join(dir, "any")+"/")
	must(t, "sample", file, "--n", "3", "--seed", "7", "--class", "star", "--out", filepath.Join(dir, "stars")+"/")
	must(t, "sample", file, "--n", "8", "--by-class", "--out", filepath.Join(dir, "by class")+"/")
	must(t, "sample", file, "--n", "8", "--scale", "1", "--spacing", "0", "--out", filepath.Join(dir, "gallery.png"))
	source, err := export.Open(file, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	n, err := source.Network(export.Generator, false)
	if err != nil {
		t.Fatal(err)
	}
	g := gan.NewGenerator(n, source.Recipe.LatentKind)
	for path, want := range map[string]string{
		"any/0001.png": "", "any/0003.png": "", "stars/0002.png": "star", "by class/square/0003.png": "square", "gallery.png": "circle",
	} {
		path = filepath.Join(dir, path)
		r, err := provenance.ReadFile(path)
		if err != nil || r == nil {
			t.Fatalf("%s: %+v, %v", path, r, err)
		}
		if r.Weights != provenance.Fingerprint(n) || r.Project != "c.ganvas" || r.Run != 1 || r.Step != 1 {
			t.Errorf("%s is of %s, run %d, step %d, weights %s", path, r.Project, r.Run, r.Step, r.Weights)
		}
		z, class, maker, err := r.Of(g, 0)
		if err != nil || want != "" && source.Classes[class] != want {
			t.Errorf("%s: class %d, want %s; %v", path, class, want, err)
			continue
		}
		g.Choose(class, maker)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		again := datasets.ToImage(g.Render(z, 1), 8, 8, 1)
		for i := range 64 {
			a, _, _, _ := got.At(i%8, i/8).RGBA()
			if b, _, _, _ := again.At(i%8, i/8).RGBA(); a != b {
				t.Errorf("%s: made again, pixel %d is %d, want %d", path, i, b, a)
				break
			}
		}
	}
}

// TestPicturesSayNoPlace: neither paths nor names of folders come into a picture, also where its
// data and its labels lie somewhere; --plain leaves out all.
func TestPicturesSayNoPlace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "anna")
	for i, class := range []string{"cat", "dog"} {
		if err := os.MkdirAll(filepath.Join(dir, "secret", "pets", class), 0o755); err != nil {
			t.Fatal(err)
		}
		for k := range 3 {
			writeImage(t, filepath.Join(dir, "secret", "pets", class, string(rune('a'+k))+".png"), 8, 8+i+k)
		}
	}
	file := filepath.Join(dir, "p.ganvas")
	must(t, "train", "digits", "--steps", "1", "--out", file, "--data", filepath.Join(dir, "secret", "pets"),
		"--set", "image_size=8", "--set", "batch=2", "--set", "g.layers=linear 64,unflatten 8 8 1,tanh", "--set", "d.layers=flatten,linear 1")
	picture, plain := filepath.Join(dir, "x.png"), filepath.Join(dir, "plain.png")
	must(t, "sample", file, "--out", picture)
	must(t, "sample", file, "--out", plain, "--plain")
	text := must(t, "inspect", picture, "--json")
	for _, word := range []string{"anna", "secret", dir} {
		if strings.Contains(text, word) {
			t.Errorf("the picture says %q", word)
		}
	}
	var r provenance.Record
	if err := json.Unmarshal([]byte(text), &r); err != nil || !strings.Contains(r.Recipe, `data = "pets"`) {
		t.Errorf("%v, recipe %s", err, r.Recipe)
	}
	if got, err := provenance.ReadFile(plain); got != nil || err != nil {
		t.Errorf("--plain: %+v, %v", got, err)
	}
	if got := run(t, "inspect", plain); got.status != exitFailed || !strings.Contains(got.stderr, "does not say how it was made") {
		t.Errorf("of a plain picture inspect says %s, exit %d", got.stderr, got.status)
	}
}

// TestInspectPicture: a picture says how it was made, and gives its recipe back.
func TestInspectPicture(t *testing.T) {
	dir := t.TempDir()
	file := classed(t, dir)
	picture, recipe := filepath.Join(dir, "x.png"), filepath.Join(dir, "x.toml")
	must(t, "sample", file, "--n", "5", "--seed", "42", "--class", "star", "--out", picture)
	text := must(t, "inspect", picture)
	for _, want := range []string{"c.ganvas", "1, digits", "averaged", "42", "star", "fingerprint"} {
		if !strings.Contains(text, want) {
			t.Errorf("inspect does not say %q:\n%s", want, text)
		}
	}
	must(t, "export", "recipe", picture, "--out", recipe)
	must(t, "export", "recipe", file, "--out", filepath.Join(dir, "y.toml"))
	a, _ := os.ReadFile(recipe)
	b, err := os.ReadFile(filepath.Join(dir, "y.toml"))
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("%v: the recipe of the picture is\n%s\nthat of the project\n%s", err, a, b)
	}
	content, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	content[bytes.Index(content, []byte("iTXt"))+40] ^= 1
	if err := os.WriteFile(picture, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"inspect", picture}, {"export", "recipe", picture, "--out", filepath.Join(dir, "z.toml")}} {
		if got := run(t, args...); got.status != exitFailed || !strings.Contains(got.stderr, "its checksum differs") {
			t.Errorf("%v of a damaged picture says %s, exit %d", args, got.stderr, got.status)
		}
	}
}

// TestSampleByClass: folders by class are read as the same classes again, as many of each.
func TestSampleByClass(t *testing.T) {
	dir := t.TempDir()
	file := classed(t, dir)
	out := filepath.Join(dir, "labelled")
	must(t, "sample", file, "--n", "200", "--by-class", "--out", out+"/")
	source, err := export.Open(file, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	set, err := datasets.Open(t.Context(), out, datasets.Options{Size: 8, Labels: "folder"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(source.Classes))
	if got := set.Info().Labels; !slices.Equal(got, want) || set.Len() != 200 {
		t.Errorf("%d pictures of classes %v, want 200 of %v", set.Len(), got, want)
	}
	for _, name := range want {
		entries, err := os.ReadDir(filepath.Join(out, name))
		if least := 200 / len(want); err != nil || len(entries) < least || len(entries) > least+1 {
			t.Errorf("class %s has %d pictures, want about %d: %v", name, len(entries), least, err)
		}
	}
	before := listing(t, dir)
	for _, c := range []struct {
		want   string
		status int
		args   []string
	}{
		{"is there already", exitFailed, []string{"--out", out}},
		{"leave one of the two out", exitUsage, []string{"--class", "star", "--out", filepath.Join(dir, "x") + "/"}},
		{"is for pictures in folders", exitUsage, []string{"--out", filepath.Join(dir, "x.npy")}},
	} {
		if got := run(t, append([]string{"sample", file, "--by-class"}, c.args...)...); got.status != c.status || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%v: exit %d, %s; want %q", c.args, got.status, got.stderr, c.want)
		}
	}
	ctx := &interruption{t.Context(), 3}
	if got := runIn(ctx, "sample", file, "--by-class", "--n", "5000", "--out", filepath.Join(dir, "x")+"/"); got.status != exitInterrupted {
		t.Errorf("interrupted: exit %d, %s", got.status, got.stderr)
	}
	if got := listing(t, dir); !slices.Equal(got, before) {
		t.Errorf("left behind: %v, want %v", got, before)
	}
	plain := pictures(t, dir)
	if got := run(t, "sample", plain, "--by-class", "--out", filepath.Join(dir, "x")+"/"); got.status != exitFailed || !strings.Contains(got.stderr, "was not told classes") {
		t.Errorf("without classes: exit %d, %s", got.status, got.stderr)
	}
}
