package studio

import (
	"slices"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/recipe"
)

// A Plan is the recipe that the next training would follow, with the edits that led to it. It
// belongs to the goroutine of Options.Do.
type Plan struct {
	s       *Studio
	history History[*recipe.Recipe]
	refused []refusal                        // what stands in fields and is not possible
	lock    func(key string) (reason string) // see Lock; may be nil
}

// A refusal is something typed that is not possible, which stays where it was typed.
type refusal struct {
	field, reason string
	revert        func()
}

// Now returns the recipe, which nobody writes to: an edit is a new one.
func (p *Plan) Now() *recipe.Recipe { return p.history.Now }

// First returns the recipe before the oldest edit that can be taken back.
func (p *Plan) First() *recipe.Recipe { return p.history.First() }

// Labels returns what Undo and Redo would take back and do again, empty where there is nothing.
func (p *Plan) Labels() (undo, redo string) { return p.history.Labels() }

// reset makes r the plan and forgets all edits, and what was refused: that was typed for another
// plan.
func (p *Plan) reset(r *recipe.Recipe) {
	refused := p.refused
	p.refused = nil
	for _, f := range refused {
		f.revert()
	}
	p.history.Reset(r)
}

// Edit makes r the plan, unless it changes what is locked, which it says. Edits with the same label
// that are joinable and follow each other are taken back at once.
func (p *Plan) Edit(r *recipe.Recipe, label string, joinable bool) {
	if r.Equal(p.Now()) {
		p.s.Refresh()
		return
	}
	if err := p.forbids(r); err != nil {
		p.s.Warn(words.Sentence(err.Error()))
		p.s.Refresh()
		return
	}
	p.history.Push(r, label, joinable)
	p.changed()
}

// Undo takes the newest edit back.
func (p *Plan) Undo() {
	if _, ok := p.history.Back(); ok {
		p.s.Said.Emit(Message{})
		p.changed()
	}
}

// Redo does again what Undo took back.
func (p *Plan) Redo() {
	if _, ok := p.history.Forward(); ok {
		p.s.Said.Emit(Message{})
		p.changed()
	}
}

// Refuse notes why what stands in a field is not possible: the plan is not what the person typed,
// so it is not trained until that is mended, for which reason is empty. Field names the field and
// nothing else; revert takes back what was typed, as another plan will have it.
func (p *Plan) Refuse(field, reason string, revert func()) {
	i := slices.IndexFunc(p.refused, func(r refusal) bool { return r.field == field })
	switch {
	case i < 0 && reason == "" || i >= 0 && p.refused[i].reason == reason:
		return
	case i < 0:
		p.refused = append(p.refused, refusal{field, reason, revert})
	case reason == "":
		p.refused = slices.Delete(p.refused, i, i+1)
	default:
		p.refused[i].reason = reason
	}
	p.s.Refresh()
}

// changed brings everything that depends on the plan up to it.
func (p *Plan) changed() {
	p.s.Data.sync()
	p.syncLive()
	p.s.Refresh()
	p.s.Forecast.Measure()
}

// syncLive hands changes that a run takes while it goes on to the run, if nothing else has changed.
func (p *Plan) syncLive() {
	r := p.s.Run
	if r == nil {
		return
	}
	changes := recipe.Diff(r.Recipe, p.Now())
	for _, c := range changes {
		if !titles.IsLive(c.Key) {
			return
		}
	}
	for _, c := range changes {
		r.Set(c.Key, c.To)
	}
}

// SetLive changes one key in the plan and in the run, which takes it while it goes on.
func (p *Plan) SetLive(key, value, label string) error {
	r := p.Now().Clone()
	if err := r.Set(key, value); err != nil {
		return err
	}
	if err := p.forbids(r); err != nil {
		return err
	}
	p.setInRun(key, value)
	p.Edit(r, label, false)
	return nil
}

// setInRun changes a live key of the run where it differs.
func (p *Plan) setInRun(key, value string) {
	run := p.s.Run
	if run == nil {
		return
	}
	if now, err := run.Recipe.Get(key); err == nil && now != value {
		run.Set(key, value)
	}
}
