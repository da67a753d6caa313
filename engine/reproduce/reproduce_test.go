package reproduce

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ganvas/engine/recipe"
)

// TestTables: every method's recipe can be trained.
func TestTables(t *testing.T) {
	seen := make(map[string]bool)
	for _, table := range Tables() {
		if seen[table.Name] || table.Paper == "" || table.Protocol == "" || table.Time == "" || table.Seeds < 1 {
			t.Errorf("%s: named twice, or something is not said of it", table.Name)
		}
		seen[table.Name] = true
		if got, err := Find(table.Name); err != nil || got.Title != table.Title {
			t.Errorf("Find(%s): %q, %v", table.Name, got.Title, err)
		}
		for _, m := range table.Methods {
			if len(m.Published) > len(table.Columns) {
				t.Errorf("%s, %s: %d published numbers, %d columns", table.Name, m.Name, len(m.Published), len(table.Columns))
			}
			if m.Preset == "" {
				continue
			}
			if _, err := m.recipe(1, false); err != nil {
				t.Errorf("%s: %v", table.Name, err)
			}
		}
	}
	if _, err := Find("pacgan-rin"); err == nil || !strings.Contains(err.Error(), "pacgan-ring") {
		t.Errorf("a misspelt name: %v", err)
	}
}

// TestQuick runs every table in its short form: the same protocol, a fortieth of the updates.
func TestQuick(t *testing.T) {
	for _, table := range Tables() {
		t.Run(table.Name, func(t *testing.T) {
			last := -1.0
			r, err := Run(context.Background(), table, Options{Quick: true, Progress: func(_ string, share float64) {
				if share < last {
					t.Errorf("progress goes back from %g to %g", last, share)
				}
				last = share
			}})
			if err != nil {
				t.Fatal(err)
			}
			if last != 1 || len(r.Rows) != len(table.Methods) || !r.Quick {
				t.Errorf("progress ends at %g with %d rows of %d, quick %v", last, len(r.Rows), len(table.Methods), r.Quick)
			}
			for i, row := range r.Rows {
				ran := row.Ours != nil
				if ran != (table.Methods[i].Preset != "") {
					t.Errorf("%s: measured is %v, note %q", row.Method, ran, row.Note)
				}
				if ran && (row.Updates < 1 || row.Seconds <= 0 || row.Network == "") {
					t.Errorf("%s: %+v", row.Method, row)
				}
			}
			content, err := r.Encode()
			if err != nil {
				t.Fatal(err)
			}
			back, err := Load(fstest.MapFS{table.Name + ".json": {Data: content}})
			if err != nil || len(back) != 1 {
				t.Fatalf("%d results, %v", len(back), err)
			}
			if again, err := back[0].Encode(); err != nil || !bytes.Equal(again, content) {
				t.Errorf("a result is another one after it was read, %v", err)
			}
		})
	}
}

// TestSameSeedSameNumbers: what does not depend on time comes out the same again.
func TestSameSeedSameNumbers(t *testing.T) {
	table := ring()
	table.Methods = table.Methods[len(table.Methods)-1:]
	var first []float64
	for range 2 {
		r, err := Run(context.Background(), table, Options{Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Rows[0].Runs[0]; first == nil {
			first = got
		} else if got[0] != first[0] || got[1] != first[1] || got[2] != first[2] {
			t.Errorf("the same seed gives %v and %v", first, got)
		}
	}
}

// TestContinue: seeds of an earlier run are kept where the settings are the same, and the others
// are run.
func TestContinue(t *testing.T) {
	table := ring()
	table.Methods = table.Methods[:2]
	for i := range table.Methods {
		table.Methods[i].Settings = append(table.Methods[i].Settings, "steps=40")
	}
	var kept []Result
	keep := func(r Result) error {
		r.Rows = slices.Clone(r.Rows)
		kept = append(kept, r)
		return nil
	}
	whole, err := Run(context.Background(), table, Options{Seeds: 2, Keep: keep})
	if err != nil || len(kept) != 4 || kept[0].Rows[1].Ours != nil || kept[2].Seeds != 2 {
		t.Fatalf("%v, kept %+v", err, kept)
	}
	first := kept[0]
	first.Rows[0].Runs[0][0] = 99 // to be known again
	runs := 0
	again, err := Run(context.Background(), table, Options{Seeds: 2, Have: &first, Keep: func(Result) error { runs++; return nil }})
	if err != nil || runs != 3 {
		t.Fatalf("%d runs, %v", runs, err)
	}
	if got, want := again.Rows[0].Runs, whole.Rows[0].Runs; got[0][0] != 99 || got[1][1] != want[1][1] {
		t.Errorf("runs %v, want the first kept and the second as in %v", got, want)
	}
	table.Methods[0].Settings = append(table.Methods[0].Settings, "batch=50")
	other, err := Run(context.Background(), table, Options{Seeds: 1, Have: &first})
	if err != nil || other.Rows[0].Runs[0][0] == 99 {
		t.Errorf("a method with other settings kept %v, %v", other.Rows[0].Runs, err)
	}
	table.Methods, first.Version = table.Methods[:1], "old"
	table.Methods[0].Settings = first.Rows[0].Settings[1:]
	for seeds, want := range map[int]string{1: "old", 2: "new"} {
		r, err := Run(context.Background(), table, Options{Seeds: seeds, Version: "new", Have: &first})
		if err != nil || r.Rows[0].Version != want || (r.Rows[0].Runs[0][0] == 99) != (want == "old") {
			t.Errorf("one of %d seeds is of an older version: the row is of version %q, %v, %v", seeds, r.Rows[0].Version, r.Rows[0].Runs, err)
		}
	}
}

// TestStacks: real stacks have nearly all thousand modes, and pictures of one stack have one.
func TestStacks(t *testing.T) {
	r, err := recipe.Named("digits")
	if err != nil {
		t.Fatal(err)
	}
	set, err := openStacks(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	const n, size = 2000, 28 * 28 * 3
	x := make([]float32, n*size)
	for i := range n {
		set.Read(i, x[i*size:(i+1)*size])
	}
	// Of 1,000 modes, 2,000 draws hit 1 − e⁻² (86.5 %) on average.
	if modes, kl := stackModes(x, n); modes < 830 || modes > 900 || kl > 0.4 {
		t.Errorf("real stacks: %d modes, KL %g", modes, kl)
	}
	for i := 1; i < 10; i++ {
		copy(x[i*size:(i+1)*size], x[:size])
	}
	if modes, kl := stackModes(x[:10*size], 10); modes != 1 || math.Abs(kl-math.Log(1000)) > 1e-9 {
		t.Errorf("one stack ten times: %d modes, KL %g", modes, kl)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, ring(), Options{Quick: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestLoadRefuses(t *testing.T) {
	for content, want := range map[string]string{
		`{`:                            "run the table again",
		`{"name": "other"}`:            "no result of that name",
		`{"name": "x", "columns": []}`: "no result of that name",
		`{"name": "x", "columns": [{"name": "a"}], "rows": [{"method": "m", "published": []}]}`: "other columns",
	} {
		if _, err := Load(fstest.MapFS{"x.json": {Data: []byte(content)}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", content, err, want)
		}
	}
}

func TestText(t *testing.T) {
	for _, test := range []struct {
		n    *Number
		want string
	}{
		{nil, "–"},
		{numberOf(8, 0), "8 ± 0"},
		{numberOf(225, 2), "225 ± 2"},
		{numberOf(7.86, 0.142), "7.9 ± 0.14"},
		{numberOf(406, unknown), "406"},
		{numberOf(0.0712, 0.03), "0.07 ± 0.03"},
		{numberOf(0.00713, 0.00071), "0.0071 ± 0.0007"},
	} {
		if got := test.n.Text(); got != test.want {
			t.Errorf("%+v is %q, want %q", test.n, got, test.want)
		}
	}
}

// TestProgressByWork: a method with ten times as many updates is ten times as much of the whole.
func TestProgressByWork(t *testing.T) {
	table := Table{
		Name: "unequal", Seeds: 2, Columns: []Column{{Name: "nothing"}},
		Methods: []Method{{Name: "short", Preset: "ring", Settings: []string{"steps=50"}}, {Name: "long", Preset: "ring", Settings: []string{"steps=500"}}},
		play: func(ctx context.Context, p *trial) ([]float64, error) {
			return []float64{0}, p.train(ctx, int64(p.recipe.Steps))
		},
	}
	ends := map[string]float64{}
	if _, err := Run(context.Background(), table, Options{Progress: func(what string, share float64) { ends[what] = share }}); err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string]float64{"short, seed 1": 1. / 22, "long, seed 1": 11. / 22, "short, seed 2": 12. / 22, "long, seed 2": 1} {
		if got := ends[what]; math.Abs(got-want) > 1e-9 {
			t.Errorf("after %s: %g of the whole, want %g", what, got, want)
		}
	}
}
