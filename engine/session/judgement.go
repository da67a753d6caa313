package session

import (
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// Checkpoints returns what of the run can be gone back to, in the order of steps. A thinned one has
// the generator alone, the averaged one where there is one.
func (s *Session) Checkpoints() ([]ckpt.Checkpoint, error) { return s.file.Checkpoints(s.RunID()) }

// Judgements returns what was found out about the run's generator, in the order of steps.
func (s *Session) Judgements() ([]ckpt.Judgement, error) { return s.file.Judgements(s.RunID()) }

// PutJudgement keeps what was found out about the run's generator at a step, in place of what is
// there under the same key.
func (s *Session) PutJudgement(step int64, key, text string) error {
	return s.file.PutJudgement(s.RunID(), ckpt.Judgement{Step: step, Key: key, Text: text})
}

// GeneratorAt returns the generator of a checkpoint, the averaged one or the one that played.
// Of a thinned checkpoint with an averaged one the other is ErrAveragedOnly. Training goes on
// meanwhile.
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
	if err := setWeights(n, prefix, st, step); err != nil {
		return nil, err
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
