package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSampleOfAClass samples classes by name and by number, and a gallery with a row for each.
func TestSampleOfAClass(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "p.ganvas")
	train := []string{
		"train", "digits", "--steps", "1", "--data", "shapes", "--set", "image_size=8", "--set", "batch=4",
		"--set", "g.layers=linear 64,unflatten 8 8 1,tanh", "--set", "d.layers=flatten,linear 1",
	}
	must(t, append(train, "--out", file, "--set", "conditional=projection", "--set", "labels=folder", "--set", "generators=2")...)
	bytesOf := func(args ...string) []byte {
		out := filepath.Join(dir, "x.npy")
		must(t, append([]string{"sample", file, "--force", "--n", "5", "--out", out}, args...)...)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	star := bytesOf("--class", "star", "--maker", "1")
	if !bytes.Equal(star, bytesOf("--class", "3", "--maker", "1")) {
		t.Error("the class star is not class 3")
	}
	if bytes.Equal(star, bytesOf("--class", "circle", "--maker", "1")) || bytes.Equal(star, bytesOf("--class", "star", "--maker", "0")) {
		t.Error("another class, or another generator, makes the same")
	}
	png := filepath.Join(dir, "g.png")
	must(t, "sample", file, "--out", png, "--n", "10", "--scale", "1", "--spacing", "0")
	if w, h := sizeOf(t, png); w != 3*8 || h != 4*8 {
		t.Errorf("a gallery of 10 is %d×%d, want 3 columns for 4 classes", w, h)
	}
	var in map[string]any
	if err := json.Unmarshal([]byte(must(t, "inspect", file, "--json")), &in); err != nil {
		t.Fatal(err)
	}
	// A generator: a latent of 32 with 16 numbers of the class to 64, and 4 embeddings of 16; the
	// discriminator: 64 inputs to 1, 4 embeddings of the features, and 2 outputs that say which
	// generator.
	if g, d := in["g_params"].(float64), in["d_params"].(float64); g != 2*(49*64+4*16) || d != 65+4*64+2*65 {
		t.Errorf("%v and %v parameters, want %d and %d", g, d, 2*(49*64+4*16), 65+4*64+2*65)
	}
	for _, c := range []struct{ args, want string }{
		{"--class hexagon", "the classes are circle, square, triangle, star"},
		{"--maker 2", "has 2: choose 0 to 1"},
	} {
		r := run(t, append([]string{"sample", file, "--out", filepath.Join(dir, "y.npy")}, strings.Fields(c.args)...)...)
		if r.status != exitUsage || !strings.Contains(r.stderr, c.want) {
			t.Errorf("%s: exit %d, %q, want %q", c.args, r.status, r.stderr, c.want)
		}
	}
	plain := filepath.Join(dir, "plain.ganvas")
	must(t, append(train, "--out", plain, "--from", file)...)
	if r := run(t, "sample", plain, "--class", "1", "--out", filepath.Join(dir, "y.npy")); r.status != exitFailed || !strings.Contains(r.stderr, "was not told classes") {
		t.Errorf("a class of a plain generator: exit %d, %q", r.status, r.stderr)
	}
	if r := run(t, append(train, "--out", filepath.Join(dir, "no.ganvas"), "--from", filepath.Join(dir, "none.ganvas"))...); r.status != exitFailed || !strings.Contains(r.stderr, "start from another project") {
		t.Errorf("from a project that is not there: exit %d, %q", r.status, r.stderr)
	}
}
