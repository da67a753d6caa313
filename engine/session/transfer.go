package session

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// transfer starts the networks with the newest weights of another project's current run, and notes
// what was taken. The caller holds mu or is alone.
func (s *Session) transfer(r *recipe.Recipe) error {
	if r.From == "" {
		return nil
	}
	f, err := ckpt.OpenReadOnly(r.From)
	if err != nil {
		return fmt.Errorf("start from another project: %w", err)
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return fmt.Errorf("start from another project: %w", err)
	}
	state, err := f.Load(run.ID, -1)
	if err != nil {
		return fmt.Errorf("start from %s: %w", r.From, err)
	}
	entries := make(map[string]ckpt.Entry, len(state.Entries))
	for _, e := range state.Entries {
		entries[e.Name] = e
	}
	taken, left := s.trainer.Take(func(name string) ([]int, []float32) {
		e := entries[name]
		return e.Shape, e.F32
	})
	if taken == 0 {
		return fmt.Errorf("start from %s: none of its layers has the place and the shape of one of this recipe: choose a project of like networks, or leave from empty", r.From)
	}
	text := fmt.Sprintf("started with %d of %d arrays of %s", taken, taken+len(left), r.From)
	if len(left) > 0 {
		text += ", anew with " + left[0]
		if len(left) > 1 {
			text += fmt.Sprintf(" and %d more", len(left)-1)
		}
	}
	e := ckpt.Event{Step: 0, Kind: "from", Text: text}
	s.events = append(s.events, e)
	s.history.events = append(s.history.events, Event(e))
	return nil
}
