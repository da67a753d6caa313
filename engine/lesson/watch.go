package lesson

import (
	"math"
	"slices"
	"strconv"

	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A Watch notices which goals of a lesson are reached. Whoever shows the lesson tells it what
// happens; goals are looked for on the page that is open. It belongs to one goroutine.
type Watch struct {
	lesson *Lesson
	page   int
	done   map[string]bool // goals by their sentences

	numbers map[string]float64
	lists   map[string][]string
	counts  map[string]int // since the page was opened
	recipe  *recipe.Recipe // nil: none is known
	began   *recipe.Recipe // as the page was opened
	from    float64        // step from which "trained" counts
}

// NewWatch returns a watch over a lesson of which the goals with these sentences were reached
// before. It stands on the first page.
func NewWatch(l *Lesson, done []string) *Watch {
	w := &Watch{lesson: l, done: make(map[string]bool), numbers: make(map[string]float64), lists: make(map[string][]string)}
	for _, text := range done {
		w.done[text] = true
	}
	w.Open(0)
	return w
}

// Open turns to a page: what is counted is counted from now on.
func (w *Watch) Open(page int) {
	w.page = max(0, min(page, len(w.lesson.Pages)-1))
	w.counts = make(map[string]int)
	w.began = w.recipe
	w.from = w.numbers["step"]
}

// Page returns the number of the page that is open, from 0.
func (w *Watch) Page() int { return w.page }

// Done tells whether a goal is reached.
func (w *Watch) Done(g *Goal) bool { return w.done[g.Text] }

// Reached returns the sentences of all goals that are reached, in their order.
func (w *Watch) Reached() []string {
	var texts []string
	for i := range w.lesson.Pages {
		for _, g := range w.lesson.Pages[i].Goals() {
			if w.done[g.Text] {
				texts = append(texts, g.Text)
			}
		}
	}
	return texts
}

// Complete tells whether all goals of the lesson are reached.
func (w *Watch) Complete() bool {
	for i := range w.lesson.Pages {
		for _, g := range w.lesson.Pages[i].Goals() {
			if !w.done[g.Text] {
				return false
			}
		}
	}
	return true
}

// Forget begins anew.
func (w *Watch) Forget() {
	clear(w.done)
	w.Open(0)
}

// Check looks whether goals of the page that is open are reached, and tells whether some are newly.
func (w *Watch) Check() bool {
	news := false
	for _, g := range w.lesson.Pages[w.page].Goals() {
		if !w.done[g.Text] && !slices.ContainsFunc(g.when, func(t term) bool { return !w.holds(&t) }) {
			w.done[g.Text] = true
			news = true
		}
	}
	return news
}

// holds tells whether a term is as it asks.
func (w *Watch) holds(t *term) bool {
	i := slices.IndexFunc(names, func(n Name) bool { return n.Name == t.name })
	switch {
	case i < 0:
		return w.keyHolds(t)
	case names[i].Kind == Count:
		return t.compare(float64(w.counts[t.name]))
	case names[i].Kind == List:
		in := slices.Contains(w.list(t.name), t.text)
		return in == (t.op == "=")
	case t.name == "trained":
		return t.compare(w.numbers["step"] - w.from)
	}
	v, known := w.numbers[t.name]
	return known && t.compare(v)
}

func (w *Watch) list(name string) []string {
	if w.recipe == nil {
		return w.lists[name]
	}
	switch name {
	case "preset":
		return []string{w.recipe.Name}
	case "changed":
		if w.began == nil {
			return nil
		}
		var keys []string
		for _, c := range recipe.Diff(w.began, w.recipe) {
			keys = append(keys, c.Key)
		}
		return keys
	}
	return w.lists[name]
}

// keyHolds tells whether a key of the recipe is as a term asks.
func (w *Watch) keyHolds(t *term) bool {
	if w.recipe == nil {
		return false
	}
	value, err := w.recipe.Get(t.name)
	if err != nil {
		return false
	}
	if v, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(t.number) {
		return t.compare(v)
	}
	return (value == t.text) == (t.op == "=")
}

// Recipe notes the recipe as it is now, which nobody writes to.
func (w *Watch) Recipe(r *recipe.Recipe) {
	if w.recipe = r; w.began == nil {
		w.began = r
	}
}

// Run notes that another run is there, or none: what was known of the one before holds no longer.
func (w *Watch) Run() {
	clear(w.numbers)
	w.lists["doctor"] = nil
	w.from = 0
}

// Count notes that something that is counted has happened: the name of one of the counts.
func (w *Watch) Count(name string) { w.counts[name]++ }

// List notes what is in a list now, such as "view".
func (w *Watch) List(name string, words ...string) { w.lists[name] = words }

// Snapshot notes news of the run.
func (w *Watch) Snapshot(n session.Snapshot) {
	w.numbers["step"] = float64(n.Status.Step)
	if p := n.Points; p != nil && p.ModesTotal > 0 {
		w.numbers["modes"], w.numbers["quality"] = float64(p.Modes), p.HighQuality
	}
	if n.Doctor != nil {
		var kinds []string
		for _, f := range n.Doctor.Findings {
			kinds = append(kinds, string(f.Kind))
		}
		w.lists["doctor"] = kinds
	}
}

// recent is over how many steps numbers of a run are averaged, as single steps jump about.
const recent = 100

// History notes the course of the run so far.
func (w *Watch) History(h session.History) {
	for _, name := range []string{"loss_d", "loss_g", "d_real", "d_fake", "grad_d", "grad_g", "accuracy", "penalty"} {
		if c := slices.Index(h.Columns, name); c >= 0 {
			w.number(name, lately(h, c))
		}
	}
	if len(h.Checkups) == 0 {
		return
	}
	c := &h.Checkups[len(h.Checkups)-1]
	w.number("distance", float64(c.Distance))
	w.number("diversity", float64(c.Diversity))
	w.number("missed", float64(c.Missed))
	w.number("off", math.Hypot(float64(c.Centre[0]), float64(c.Centre[1])))
	w.number("turns", turns(h.Checkups))
}

// number notes a number, unless it could not be measured.
func (w *Watch) number(name string, v float64) {
	if !math.IsNaN(v) {
		w.numbers[name] = v
	}
}

// lately returns the mean of a column over the newest steps; NaN where nothing was measured.
func lately(h session.History, column int) float64 {
	sum, n := 0.0, 0
	for i := len(h.Step) - 1; i >= 0 && h.Step[i] > h.Step[len(h.Step)-1]-recent; i-- {
		if v := (h.Min[column][i] + h.Max[column][i]) / 2; !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / float64(n)
}

// turns returns how often the middle of the generated items has gone around that of the real ones.
func turns(all []doctor.Checkup) float64 {
	sum, last := 0.0, math.NaN()
	for i := range all {
		c := all[i].Centre
		angle := math.Atan2(float64(c[1]), float64(c[0]))
		if step := math.Remainder(angle-last, 2*math.Pi); !math.IsNaN(step) {
			sum += step
		}
		last = angle
	}
	return math.Abs(sum) / (2 * math.Pi)
}

// doctorKinds are the names of what the doctor can say.
func doctorKinds() []string {
	var all []string
	for _, k := range doctor.Kinds() {
		all = append(all, string(k))
	}
	return all
}
