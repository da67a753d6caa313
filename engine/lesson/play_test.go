package lesson

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// TestMain computes on one thread: the networks of lessons are so small that threads would only
// wait for each other.
func TestMain(m *testing.M) {
	tensor.SetThreads(1)
	os.Exit(m.Run())
}

// A player plays a lesson as its text says, without a window.
type player struct {
	t     *testing.T
	l     *Lesson
	watch *Watch
	run   *session.Session // nil: none yet

	mu   sync.Mutex
	news session.Snapshot // the newest, with the newest points
}

func newPlayer(t *testing.T, name string) *player {
	t.Helper()
	for _, l := range Builtin() {
		if strings.HasPrefix(l.Name, name) {
			p := &player{t: t, l: l, watch: NewWatch(l, nil)}
			if l.Recipe != nil {
				p.watch.Recipe(l.Recipe)
			}
			return p
		}
	}
	t.Fatalf("there is no lesson %s", name)
	return nil
}

// begin begins a run of a recipe.
func (p *player) begin(r *recipe.Recipe) {
	p.t.Helper()
	p.end()
	s, err := session.Create(p.t.Context(), r, nil, filepath.Join(p.t.TempDir(), "lesson.ganvas"), session.Options{Publish: func(n session.Snapshot) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if n.Points == nil {
			n.Points = p.news.Points
		}
		p.news = n
	}})
	if err != nil {
		p.t.Fatal(err)
	}
	p.run, p.news = s, session.Snapshot{}
	p.watch.Run()
	p.watch.Count("runs")
	p.watch.Recipe(r)
}

func (p *player) end() {
	if p.run != nil {
		if err := p.run.Close(); err != nil {
			p.t.Error(err)
		}
		p.run = nil
	}
}

// preset begins a run of a preset, as a button of a lesson does.
func (p *player) preset(name string) {
	p.t.Helper()
	r, err := recipe.Named(name)
	if err != nil {
		p.t.Fatal(err)
	}
	p.begin(r)
}

// set changes a live key of the run.
func (p *player) set(key, value string) {
	p.t.Helper()
	if err := p.run.Set(key, value); err != nil {
		p.t.Fatal(err)
	}
	p.watch.Recipe(p.run.Recipe())
	p.watch.Check()
}

// train trains until the goals of the page are reached, and fails where most steps do not do.
func (p *player) train(most int64) {
	p.t.Helper()
	if p.run == nil {
		p.begin(p.l.Recipe)
	}
	chunk := max(50, most/40)
	first := p.run.Status().Step
	for at := first; at < first+most && len(p.left()) > 0; {
		at += chunk
		p.run.TrainUntil(at)
		if err := p.run.Wait(); err != nil {
			p.t.Fatal(err)
		}
		p.mu.Lock()
		n := p.news
		p.mu.Unlock()
		p.watch.Snapshot(n)
		p.watch.History(p.run.History())
		p.watch.Check()
	}
}

// do notes so many events.
func (p *player) do(name string, times int) {
	for range times {
		p.watch.Count(name)
	}
	p.watch.Check()
}

func (p *player) see(views ...string) {
	p.watch.List("view", views...)
	p.watch.Check()
}

// left returns the goals of the page that are not reached.
func (p *player) left() []string {
	var left []string
	for _, g := range p.l.Pages[p.watch.Page()].Goals() {
		if !p.watch.Done(g) {
			left = append(left, g.Text)
		}
	}
	return left
}

// TestLessons plays each lesson that is built in: its goals are reached by what its text says.
func TestLessons(t *testing.T) {
	for _, c := range []struct {
		name  string
		pages []func(p *player)
	}{
		{"1-", []func(p *player){
			func(p *player) { p.train(200) },
			func(p *player) { p.train(2000) },
			func(p *player) { p.do("stepped", 5) },
			func(p *player) { p.train(4000) },
			func(p *player) { p.train(500) },
		}},
		{"2-", []func(p *player){
			func(p *player) { p.train(1000) },
			func(p *player) { p.train(3000) },
			func(p *player) { p.set("g.lr", "0.001"); p.train(3000) },
			func(p *player) { p.train(6000) },
			func(p *player) { p.train(3000) },
		}},
		{"3-", []func(p *player){
			func(p *player) { p.train(300) },
			func(p *player) { p.train(1500) },
			func(p *player) { p.set("objective", "nonsaturating"); p.train(500) },
			func(p *player) { p.train(3000) },
			func(p *player) { p.preset("vanishing"); p.set("d_steps", "1"); p.train(300) },
		}},
		{"4-", []func(p *player){
			func(p *player) { p.train(1500) },
			func(p *player) { p.train(3000) },
			func(p *player) { p.train(3000) },
			func(p *player) { p.preset("ring-pac"); p.train(8000) },
			func(p *player) { p.preset("ring-relativistic"); p.train(8000) },
			func(p *player) { p.preset("ring-unrolled"); p.train(6000) },
			func(p *player) { p.see("build") },
		}},
		{"5-", []func(p *player){
			func(p *player) { p.train(3000) },
			func(p *player) { p.train(20000) },
			func(p *player) { p.set("g.lr", "0.0005"); p.set("d.lr", "0.0005"); p.train(3000) },
			func(p *player) { p.set("r1", "0.5"); p.train(60000) },
			func(p *player) { p.preset("circle-settles"); p.train(20000) },
			func(p *player) { p.preset("circle"); p.train(20000) },
		}},
		{"6-", []func(p *player){
			func(p *player) { p.see("explore"); p.do("moved", 3) },
			func(p *player) { p.do("moved", 20) },
			func(p *player) { p.do("moved", 30) },
			func(p *player) { p.do("saved", 1) },
			func(p *player) { p.do("pinned", 2) },
			func(p *player) { p.do("moved", 10) },
		}},
		{"7-", []func(p *player){
			func(p *player) { p.see("judge") },
			func(p *player) { p.do("judged", 1) },
			func(p *player) { p.do("judged", 1) },
			func(*player) {},
			func(p *player) { p.do("guessed", 10) },
			func(p *player) { p.see("explore") },
		}},
		{"8-", []func(p *player){
			func(p *player) { p.see("other-ways") }, func(*player) {}, func(*player) {}, func(*player) {}, func(*player) {},
			func(p *player) { p.train(4000) },
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlayer(t, c.name)
			defer p.end()
			if len(c.pages) != len(p.l.Pages) {
				t.Fatalf("%d pages are played, and the lesson has %d", len(c.pages), len(p.l.Pages))
			}
			for i, play := range c.pages {
				p.watch.Open(i)
				p.watch.Check()
				play(p)
				if left := p.left(); len(left) > 0 {
					step := int64(0)
					if p.run != nil {
						step = p.run.Status().Step
					}
					t.Fatalf("page %d, “%s”: not reached by step %d: %q", i+1, p.l.Pages[i].Title, step, left)
				}
			}
			if !p.watch.Complete() {
				t.Error("the lesson is not complete")
			}
		})
	}
}

// The lessons that are built in are eight, each of about as many minutes as one can sit still for.
func TestBuiltin(t *testing.T) {
	all := Builtin()
	if len(all) != 8 {
		t.Errorf("there are %d lessons, want 8", len(all))
	}
	for i, l := range all {
		if !strings.HasPrefix(l.Name, string(rune('1'+i))+"-") || l.About == "" || l.Minutes < 5 || l.Minutes > 10 {
			t.Errorf("%s: number %d, %d minutes, about %q", l.Name, i+1, l.Minutes, l.About)
		}
		for k := range l.Pages {
			p := &l.Pages[k]
			if p.Title == "" || len(p.Goals()) == 0 {
				t.Errorf("%s, page %d: title %q, %d goals", l.Name, k+1, p.Title, len(p.Goals()))
			}
		}
	}
}
