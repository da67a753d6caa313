package session

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// Checkpoints returns what of the run can be gone back to, in the order of steps.
func (s *Session) Checkpoints() ([]ckpt.Checkpoint, error) { return s.file.Checkpoints(s.RunID()) }

// Judgements returns what was found out about the run's generator, in the order of steps.
func (s *Session) Judgements() ([]ckpt.Judgement, error) { return s.file.Judgements(s.RunID()) }

// PutJudgement keeps what was found out about the run's generator at a step, in place of what is
// there under the same key.
func (s *Session) PutJudgement(step int64, key, text string) error {
	return s.file.PutJudgement(s.RunID(), ckpt.Judgement{Step: step, Key: key, Text: text})
}

// GeneratorAt returns the generator of a checkpoint, the averaged one or the one that played.
// Training goes on meanwhile.
func (s *Session) GeneratorAt(step int64, ema bool) (*gan.Generator, error) {
	st, err := s.file.Load(s.RunID(), step)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	n, prefix := s.trainer.G.Clone(), "g."
	if ema && s.trainer.Average != nil {
		prefix = "ema."
	}
	kind := s.recipe.LatentKind
	s.mu.Unlock()
	values := make(map[string][]float32, len(st.Entries))
	for _, e := range st.Entries {
		values[e.Name] = e.F32
	}
	for _, params := range [][]*nn.Param{n.Params, n.Buffers} {
		for _, p := range params {
			v := values[nn.EntryName(prefix, p.Name)]
			if len(v) != len(p.Value.Data) {
				return nil, fmt.Errorf("judge step %d: weights %s%s are missing, or of another shape than %v: choose another checkpoint", step, prefix, p.Name, p.Value.Shape)
			}
			copy(p.Value.Data, v)
		}
	}
	return gan.NewGenerator(n, kind), nil
}

// Discriminator returns a copy of today's discriminator, or nil where it judges more than one item
// on its own. It may wait for a step.
func (s *Session) Discriminator() *nn.Net {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.recipe
	if r.Pack != 1 || r.Discriminators != 1 || r.Conditional != "none" || r.SemiSupervised {
		return nil
	}
	return s.trainer.D.Clone()
}

// GoTo goes back to a checkpoint of the run, to look at it, export it or train on from there; what
// comes after it stays in the project until the first save of new steps. It fails while training
// goes on.
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
	return s.restore(step)
}
