package session

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"ganvas/engine/ckpt"
	"ganvas/engine/nn"
)

// GoTo goes back to a checkpoint of the run, to look at it, export it or train on from there; what
// comes after it stays in the project until the first save of new steps. Of a thinned checkpoint of
// pictures the generator can be looked at and exported: training and changes of the recipe fail
// with ckpt.ErrThinned until the session goes to a full one. It fails while training goes on.
func (s *Session) GoTo(step int64) error {
	release, err := s.occupy()
	if err != nil {
		return fmt.Errorf("go to step %d: training goes on: pause it first", step)
	}
	defer s.publish(true)
	defer release()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.save("stop"); err != nil {
		return err
	}
	err = s.restore(step)
	if errors.Is(err, ckpt.ErrThinned) && !s.view.flat() { // the plane of points is coloured by D
		return s.look(step, err)
	}
	return err
}

// GoToNewest goes to the newest step from which training can go on.
func (s *Session) GoToNewest() error {
	list, err := s.Checkpoints()
	if err != nil {
		return err
	}
	for _, k := range slices.Backward(list) {
		if !k.Thinned {
			return s.GoTo(k.Step)
		}
	}
	return errors.New("go to the newest step: of no step all is kept: start a new run")
}

// look shows the generator of a thinned checkpoint; why is the error of training from there. The
// caller holds mu.
func (s *Session) look(step int64, why error) error {
	st, err := s.file.Load(s.run, step)
	if err != nil {
		return err
	}
	list, err := s.file.Checkpoints(s.run)
	if err != nil {
		return err
	}
	prefix := "g."
	if s.trainer.Average != nil {
		prefix = "ema."
	}
	s.setLooking(why)
	// The generator that played is not kept: the averaged one stands in its place too.
	for _, n := range []*nn.Net{s.trainer.G, s.trainer.Sampler()} {
		if err := setWeights(n, prefix, st, step); err != nil {
			return err
		}
	}
	if err := s.trainer.SetMeta(maps.Clone(st.Meta)); err != nil {
		return err
	}
	for _, k := range list {
		if k.Step == step {
			return s.goneBack(k.ImagesSeen)
		}
	}
	return nil
}

// setLooking notes why training cannot go on from what is shown, or that it can. The caller holds
// mu.
func (s *Session) setLooking(why error) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.looking, s.status.Looking, s.status.Message = why, why != nil, ""
	if why != nil {
		s.status.Message = "only the generator of this step is kept"
	}
}

// mayTrain returns the error of training and of changes while the session looks at a thinned
// checkpoint.
func (s *Session) mayTrain() error {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.looking
}

// ErrAveragedOnly is the error of asking a thinned checkpoint for the generator that played.
var ErrAveragedOnly = errors.New("its averaged generator alone is kept")

// setWeights gives a network the weights and buffers that a state has of it, where their names
// begin with prefix.
func setWeights(n *nn.Net, prefix string, st *ckpt.State, step int64) error {
	values := make(map[string][]float32, len(st.Entries))
	for _, e := range st.Entries {
		values[e.Name] = e.F32
	}
	if prefix == "g." && !Holds(st, "g") {
		return fmt.Errorf("judge step %d: %w: choose averaged weights, or another checkpoint", step, ErrAveragedOnly)
	}
	all := slices.Concat(n.Params, n.Buffers)
	for _, p := range all {
		if name := nn.EntryName(prefix, p.Name); len(values[name]) != len(p.Value.Data) {
			return fmt.Errorf("judge step %d: weights %s are missing, or of another shape than %v: choose another checkpoint", step, name, p.Value.Shape)
		}
	}
	for _, p := range all {
		copy(p.Value.Data, values[nn.EntryName(prefix, p.Name)])
	}
	return nil
}
