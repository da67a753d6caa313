package session

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// Set changes a live key of the recipe, such as "g.lr", while training goes on or not. It is
// checked now, applied between two steps, and recorded as an event at the step from which it holds.
func (s *Session) Set(key, value string) error {
	live := false
	for _, k := range recipe.Keys() {
		live = live || k.Name == key && k.Live
	}
	if !live {
		return fmt.Errorf("set %s: cannot change during a run: start a new run with it", key)
	}
	if err := s.mayTrain(); err != nil {
		return fmt.Errorf("set %s: %w", key, err)
	}
	s.ctl.Lock()
	next := s.recipe
	if s.pending != nil {
		next = s.pending
	}
	next = next.Clone()
	err := next.Set(key, value)
	if err == nil {
		err = next.Validate()
	}
	if err == nil {
		err = s.checkMore(key, value, next)
	}
	if err != nil {
		s.ctl.Unlock()
		return err
	}
	s.pending = next
	s.changes = append(s.changes, change{key, value})
	s.status.Steps = int64(next.Steps)
	running := s.job != nil
	s.ctl.Unlock()
	if running {
		return nil
	}
	defer s.publish(false)
	return s.locked(s.apply)
}

// apply takes over pending changes. The caller holds mu.
func (s *Session) apply() error {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.pending == nil {
		return nil
	}
	r := s.pending
	if err := s.trainer.Apply(r); err != nil {
		return err
	}
	s.recipe = r
	for _, c := range s.changes {
		e := ckpt.Event{Step: s.trainer.Step, Kind: setKind, Text: c.key + " = " + c.value}
		s.events = append(s.events, e)
		s.history.events = append(s.history.events, Event(e))
	}
	s.pending, s.changes = nil, nil
	report := s.monitor.doctor.Report(r) // remedies depend on the recipe
	s.report = &report
	return nil
}

// Recipe returns a copy of the recipe with all changes.
func (s *Session) Recipe() *recipe.Recipe {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.pending != nil {
		return s.pending.Clone()
	}
	return s.recipe.Clone()
}

// Data returns the data of the run.
func (s *Session) Data() datasets.Set {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.data
}

// Path returns the project file's path.
func (s *Session) Path() string { return s.file.Path() }

// Draft tells whether the project has not yet been given a place by the user.
func (s *Session) Draft() bool {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.draft
}

// Status returns how training stands.
func (s *Session) Status() Status {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.status
}

// History returns a copy of all metrics so far, thinned to at most a few thousand buckets.
func (s *Session) History() History {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	h := s.history.copy()
	h.Checkups = s.checkups
	return h
}

// Generator returns a copy of today's generator, the averaged one or the one that plays, which
// training does not touch. It may wait for a step.
func (s *Session) Generator(ema bool) *gan.Generator {
	g, _ := s.GeneratorNow(ema)
	return g
}

// GeneratorNow returns a generator as Generator does, with the step that it is of.
func (s *Session) GeneratorNow(ema bool) (*gan.Generator, int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.trainer.G
	if ema {
		n = s.trainer.Sampler()
	}
	return gan.NewGenerator(n, s.recipe.LatentKind), s.trainer.Step
}

// Update gives a generator that Generator returned today's weights.
func (s *Session) Update(g *gan.Generator, ema bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ema {
		g.Update(s.trainer.Sampler())
	} else {
		g.Update(s.trainer.G)
	}
}

// Latents returns the latents that are kept in the project.
func (s *Session) Latents() ([]ckpt.Latent, error) { return s.file.Latents() }

// PutLatent keeps a latent of this run with the picture that it gives at l.Step, and returns its
// number. A nil picture leaves l.Thumb as it is.
func (s *Session) PutLatent(l ckpt.Latent, picture image.Image) (int64, error) {
	if picture != nil {
		var b bytes.Buffer
		if err := png.Encode(&b, picture); err != nil {
			return 0, fmt.Errorf("save latent %q: %w", l.Name, err)
		}
		l.Thumb = b.Bytes()
	}
	l.Run = s.RunID()
	return s.file.PutLatent(l)
}

// RenameLatent gives a kept latent another name.
func (s *Session) RenameLatent(id int64, name string) error {
	all, err := s.file.Latents()
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.ID == id {
			l.Name = name
			_, err := s.file.PutLatent(l)
			return err
		}
	}
	return fmt.Errorf("rename latent %d: it is not in the project any more", id)
}

// DeleteLatent removes a kept latent.
func (s *Session) DeleteLatent(id int64) error { return s.file.DeleteLatent(id) }
