package cli

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mikelolasagasti/xz"

	"ganvas/datasets"
	"ganvas/engine/classifier"
	"ganvas/engine/export"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
	"ganvas/engine/session"
)

var long = flag.Bool("long", false, "run the tests that take minutes")

// exampleGenerator returns the averaged generator of a finished example, and the data held out from it.
func exampleGenerator(t *testing.T, name string) (*gan.Generator, *datasets.Subset) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "example", name+".ganvas.xz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := xz.NewReader(f, 0)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name+".ganvas")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	source, err := export.Open(path, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	g, err := generatorOf(path, source.Recipe, source.State(), false)
	if err != nil {
		t.Fatal(err)
	}
	set, err := datasets.Open(t.Context(), source.Recipe.Data, session.DataOptions(source.Recipe), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, held, err := datasets.SplitShare(t.Context(), set, source.Recipe.HeldOut, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g, held
}

// nearestRandom returns how near the nearest of n random samples comes to each target.
func nearestRandom(g *gan.Generator, targets []float32, n int) []float64 {
	size := g.Out().Size()
	best := make([]float64, len(targets)/size)
	for i := range best {
		best[i] = 1
	}
	draw := g.Draw(99)
	for done := 0; done < n; done += 64 {
		items := g.Render(slices.Clone(draw(64)), 64)
		for i := 0; i < len(items); i += size {
			for t := range best {
				best[t] = min(best[t], latent.Difference(items[i:i+size], targets[t*size:(t+1)*size]))
			}
		}
	}
	slices.Sort(best)
	return best
}

// TestFindHeldOut finds held-out digits much nearer than the nearest of 20,000 random samples, and
// nearly always as the same digit. (make long)
func TestFindHeldOut(t *testing.T) {
	if !*long {
		t.Skip("it takes minutes: make long")
	}
	g, held := exampleGenerator(t, "digits")
	const n = 100
	size := g.Out().Size()
	targets := make([]float32, n*size)
	for i := range n {
		if _, err := datasets.TryRead(held, i*held.Info().Count/n, targets[i*size:(i+1)*size]); err != nil {
			t.Fatal(err)
		}
	}
	var found []latent.Found
	begun := time.Now()
	for i := range n { // one at a time, as in the window
		one, err := latent.Find(t.Context(), g, targets[i*size:(i+1)*size], 1, latent.Search{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, one...)
	}
	took := time.Since(begun) / n
	c := classifier.New()
	same := 0
	var distances []float64
	for i, f := range found {
		_, want := c.Look(targets[i*size:(i+1)*size], 1)
		if _, got := c.Look(f.Item, 1); got[0] == want[0] {
			same++
		}
		distances = append(distances, f.Distance)
	}
	slices.Sort(distances)
	random := nearestRandom(g, targets, 20_000)
	t.Logf("%s each; difference: median %.4f, ninth tenth %.4f; of 20,000 random samples the nearest: median %.4f; the same digit: %d of %d",
		took, distances[n/2], distances[n*9/10], random[n/2], same, n)
	if distances[n/2] > random[n/2] || same < n*95/100 {
		t.Error("it finds too little")
	}
}
