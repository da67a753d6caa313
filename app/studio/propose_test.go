package studio

import (
	"strings"
	"testing"
	"time"

	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// factsOf returns facts about pictures of a side as they are in their files, read at another.
func factsOf(count, side, read, channels int) DataFacts {
	return DataFacts{Kind: datasets.Pictures, Count: count, Side: side, Shape: []int{read, read, channels}}
}

// inGroups returns facts about pictures that are in groups, of which the smallest has least.
func (f DataFacts) inGroups(least, unnamed int, names ...string) DataFacts {
	f.Names, f.Least, f.Unnamed = names, least, unnamed
	return f
}

// TestPropose proposes ways to learn from data of many kinds: each fits them, and the first is what
// somebody who knows would begin with.
func TestPropose(t *testing.T) {
	many := strings.Fields(strings.Repeat("a ", mostClasses+1))
	for _, c := range []struct {
		name    string
		facts   DataFacts
		slow    bool   // the computer is
		want    int    // pixels of the first
		changed bool   // by chance, as they are few
		named   bool   // by class
		second  string // title of the next way
		says    string // in the first's reason
	}{
		{"photos", factsOf(20_000, 512, 32, 3), false, 64, false, false, "Smaller and sooner", "large enough"},
		{"photos, slow computer", factsOf(20_000, 512, 32, 3), true, 32, false, false, "Sharper", "soon learnt"},
		{"few photos", factsOf(240, 512, 32, 3), false, 64, true, false, "Smaller and sooner", "240 pictures are few"},
		{"few icons", factsOf(300, 32, 32, 3), false, 32, true, false, "A first look", "no larger"},
		{"a handful", factsOf(3, 200, 32, 3), false, 64, true, false, "Smaller and sooner", "3 pictures are few"},
		{"photos in folders", factsOf(5_000, 300, 32, 3).inGroups(400, 0, "cats", "dogs"), false, 64, false, true, "Smaller and sooner", "any of the 2 groups"},
		{"a small folder among them", factsOf(5_000, 20, 32, 3).inGroups(4, 0, "cats", "dogs"), false, 32, false, false, "By group", "no larger"},
		{"some without a group", factsOf(5_000, 20, 32, 3).inGroups(900, 9, "cats", "dogs"), false, 32, false, false, "A first look", "no larger"},
		{"too many groups", factsOf(5_000, 20, 32, 3).inGroups(100, 0, many...), false, 32, false, false, "A first look", "no larger"},
		{"grey digits", factsOf(60_000, 28, 28, 1).inGroups(5_000, 0, "0", "1", "2"), false, 28, false, true, "All in one", "no larger"},
		{"few grey scans", factsOf(90, 800, 32, 1), false, 64, true, false, "Smaller and sooner", "few"},
		{"an odd array", factsOf(4_000, 48, 48, 3), false, 48, false, false, "A first look", "48 pixels a side, as yours are no larger"},
		{"large arrays", factsOf(4_000, 64, 64, 3), false, 64, false, false, "A first look", "large enough"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := mustPreset("emoji32").Clone()
			plan.Data, plan.ImageSize, plan.Channels = "/somewhere/pictures", c.facts.Shape[0], c.facts.Shape[2]
			about := func(r *recipe.Recipe) time.Duration {
				if c.slow && r.ImageSize >= 64 {
					return 3 * time.Hour
				}
				return time.Minute
			}
			ways := Propose(c.facts, plan, about)
			if len(ways) != 3 {
				t.Fatalf("%d ways, want 3", len(ways))
			}
			for _, w := range ways {
				r := w.Recipe
				if err := r.Check(nn.Shape{r.ImageSize, r.ImageSize, r.Channels}); err != nil {
					t.Errorf("%s: %v", w.Title, err)
				}
				if r.Data != plan.Data || r.Channels != plan.Channels || w.Reason == "" {
					t.Errorf("%s: learns from %q in %d channels: %q", w.Title, r.Data, r.Channels, w.Reason)
				}
				if r.Classes() != (r.Labels == "folder") {
					t.Errorf("%s: classes %t, labels %q", w.Title, r.Classes(), r.Labels)
				}
			}
			first := ways[0].Recipe
			if first.ImageSize != c.want || (first.Augment != "none") != c.changed || first.Classes() != c.named {
				t.Errorf("first at %d pixels, changed %q, by class %t; want %d, %t, %t", first.ImageSize, first.Augment, first.Classes(), c.want, c.changed, c.named)
			}
			if ways[1].Title != c.second || !strings.Contains(ways[0].Reason, c.says) {
				t.Errorf("then %q, want %q; the reason is %q, want %q in it", ways[1].Title, c.second, ways[0].Reason, c.says)
			}
			for i, w := range ways {
				for _, x := range ways[:i] {
					if x.Title == w.Title || x.Recipe.Equal(w.Recipe) {
						t.Errorf("%q and %q are the same", x.Title, w.Title)
					}
				}
			}
		})
	}
}

// TestProposeOthers proposes ways to learn from points, and none for a table.
func TestProposeOthers(t *testing.T) {
	plan := mustPreset("ring").Clone()
	plan.Data = "/somewhere/points.csv"
	never := func(*recipe.Recipe) time.Duration { t.Error("asks how long points take"); return 0 }
	ways := Propose(DataFacts{Kind: datasets.Points, Count: 500, Shape: []int{2}}, plan, never)
	if len(ways) != 3 || !strings.Contains(ways[0].Reason, "500 points") {
		t.Errorf("of points %v", ways)
	}
	for _, w := range ways {
		if err := w.Recipe.Check(nn.Shape{2}); err != nil || w.Recipe.Data != plan.Data {
			t.Errorf("%s: %v, learns from %q", w.Title, err, w.Recipe.Data)
		}
	}
	if ways := Propose(DataFacts{Kind: datasets.Table, Count: 9, Columns: 4}, plan, never); ways != nil {
		t.Errorf("of a table %v", ways)
	}
}

// TestFacts finds out about sets that come with the program.
func TestFacts(t *testing.T) {
	for _, c := range []struct {
		data, want string
		o          datasets.Options
	}{
		{"ring", "50,000 points", datasets.Options{}},
		{"digits", "60,000 pictures in grey, 28 pixels a side or more, in 10 groups: 0, 1, 2 and more", datasets.Options{Labels: "folder"}},
		{"emoji", "3,786 pictures in colour, 64 pixels a side or more, in 10 groups: activities, animals-nature, component and more", datasets.Options{Size: 32, Channels: 3, Labels: "folder"}},
	} {
		set, err := datasets.Open(t.Context(), c.data, c.o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := FactsOf(set).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.data, got, c.want)
		}
	}
	unread := DataFacts{Kind: datasets.Table, Count: 9, Columns: 1}
	if got, want := unread.String(), "A table of 9 rows in 1 column"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestAbout holds that what is said of how long presets take is within a half of what they took on
// two cores, which docs/presets.md lists, whichever of them is measured.
func TestAbout(t *testing.T) {
	took := map[string]float64{ // minutes
		"digits": 2, "digits-conditional": 2, "digits-mlp": 2, "digits-dcgan": 6, "digits-mdgan": 9, "digits-wgan-gp": 40,
		"shapes-conditional": 2, "emoji32": 9, "few-pictures": 9, "emoji64": 18, "dcgan64": 41,
	}
	for measured, minutes := range took {
		f := &Forecast{}
		m := mustPreset(measured)
		shape, _ := m.DataShape()
		f.note(m, shape, 10, minutes*60/float64(m.Steps))
		for name, want := range took {
			r := mustPreset(name)
			shape, _ := r.DataShape()
			got, known := f.About(r, shape, 10)
			if share := got.Minutes() / want; !known || share < 0.5 || share > 2 {
				t.Errorf("measured by %s, %s takes about %v, known %t; it takes %g min", measured, name, got, known, want)
			}
		}
	}
	if d, known := new(Forecast).About(mustPreset("digits"), nn.Shape{28, 28, 1}, 0); known || d < time.Minute || d > 4*time.Minute {
		t.Errorf("before anything is measured digits take about %v, known %t", d, known)
	}
	if d, _ := new(Forecast).About(mustPreset("digits"), nn.Shape{2}, 0); d != 0 {
		t.Errorf("networks that do not fit take about %v", d)
	}
}
