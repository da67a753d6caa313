package export

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/export/web"
	"ganvas/engine/export/web/core"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"

	"github.com/mikelolasagasti/xz"
)

// webSeeds is how many seeds are compared.
const webSeeds = 16

// asInPage returns the engine of a page as the page has it.
func asInPage(t *testing.T, p web.Page) *core.Engine {
	t.Helper()
	var b bytes.Buffer
	if err := p.Encode(&b); err != nil {
		t.Fatal(err)
	}
	m, err := core.Decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return core.NewEngine(m)
}

// pixels returns the picture that the program shows of values, as RGBA.
func pixels(g *gan.Generator, values []float32) []byte {
	out := g.Out()
	switch img := datasets.ToImage(values, out[0], out[1], out[2]).(type) {
	case *image.Gray:
		var rgba []byte
		for _, v := range img.Pix {
			rgba = append(rgba, v, v, v, 255)
		}
		return rgba
	case *image.RGBA:
		return img.Pix
	case *image.NRGBA:
		return img.Pix
	}
	return nil
}

// apart returns how far the pictures of two engines lie apart, in steps of 1/255.
func apart(got, want []byte) int {
	most := 0
	for i := range want {
		most = max(most, int(got[i])-int(want[i]), int(want[i])-int(got[i]))
	}
	return most
}

// samePictures compares what a page makes of seeds with what the program makes.
func samePictures(t *testing.T, s *Source) {
	t.Helper()
	p, err := s.webPage(Options{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := s.Network(Generator, false)
	if err != nil {
		t.Fatal(err)
	}
	e, g := asInPage(t, p), gan.NewGenerator(n, s.Recipe.LatentKind)
	for seed := range uint64(webSeeds) {
		class, part := int(seed)%max(1, g.Classes()), int(seed)%g.Count()
		g.Choose(class, part)
		want := g.Render(g.Noise(seed, 1), 1)
		at := core.Place{Seed: seed, Class: class, Part: part}
		if !g.Out().Picture() {
			for i, v := range e.Values(at) {
				if math.Abs(float64(v-want[i])) > 2.0/255 {
					t.Errorf("seed %d: %v, want %v", seed, e.Values(at), want)
					break
				}
			}
			continue
		}
		if d := apart(e.Picture(at), pixels(g, want)); d > 1 {
			t.Errorf("seed %d: pictures differ by %d/255", seed, d)
		}
	}
}

// goldenDigits has the pictures of webSeeds of the finished digits, one below the other, as Chromium
// has drawn them: see "make counterparts".
const goldenDigits = "testdata/chromium.png"

// TestWebGolden compares what a page's engine makes with what Chromium has drawn.
func TestWebGolden(t *testing.T) {
	f, err := os.Open(goldenDigits)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	golden, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	p, err := open(t, example(t)).webPage(Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, want := asInPage(t, p), golden.(*image.RGBA).Pix
	for seed := range uint64(webSeeds) {
		got := e.Picture(core.Place{Seed: seed})
		if d := apart(got, want[:len(got)]); d > 1 {
			t.Errorf("seed %d: pictures differ by %d/255", seed, d)
		}
		want = want[len(got):]
	}
	if len(want) > 0 {
		t.Errorf("Chromium has drawn more than %d seeds", webSeeds)
	}
}

// TestWebPictures compares a page's pictures of 16 seeds with the program's: of trained digits, and
// of small games with classes, several generators, uniform latents, and points.
func TestWebPictures(t *testing.T) {
	t.Run("trained", func(t *testing.T) { samePictures(t, open(t, example(t))) })
	t.Run("small", func(t *testing.T) { samePictures(t, open(t, project(t, nil))) })
	t.Run("uniform", func(t *testing.T) {
		samePictures(t, open(t, project(t, func(r *recipe.Recipe) { r.LatentKind, r.EMA = "uniform", 0 })))
	})
	for name, preset := range map[string]string{"classes": "digits-conditional", "generators": "digits-mdgan", "points": "ring"} {
		t.Run(name, func(t *testing.T) {
			samePictures(t, open(t, project(t, func(r *recipe.Recipe) {
				named, err := recipe.Named(preset)
				if err != nil {
					t.Fatal(err)
				}
				*r = *named
				r.Batch = 16
			})))
		})
	}
}

// example unpacks the finished digits that come with the program.
func example(t *testing.T) string {
	t.Helper()
	f, err := os.Open("../../app/example/digits.ganvas.xz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := xz.NewReader(f, 0)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "digits.ganvas")
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestWebSaysNoPaths holds that a page names neither the project nor the data.
func TestWebSaysNoPaths(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "zoe-miller.ganvas")
	if err := os.Rename(project(t, func(r *recipe.Recipe) { r.Name = "My digits" }), path); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	s.Recipe.Data, s.Recipe.From, s.Run.Name = "/home/zoe-miller/cats", `C:\zoe-miller\old.ganvas`, "zoe-miller"
	out := filepath.Join(dir, "page.html")
	if err := s.Web(t.Context(), out, Options{Version: "1.2.3 go1.2 linux/amd64"}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"My digits", `"version":"1.2.3"`, `"step":2`} {
		if !strings.Contains(string(text), said) {
			t.Errorf("the page does not say %s", said)
		}
	}
	var b bytes.Buffer
	p, err := s.webPage(Options{})
	if err == nil {
		err = p.Encode(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"page": string(text), "model": b.String()} {
		for _, wrong := range []string{"zoe-miller", dir, os.TempDir()} {
			if strings.Contains(text, wrong) {
				t.Errorf("the %s says %q", name, wrong)
			}
		}
	}
}
