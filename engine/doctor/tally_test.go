package doctor

import (
	"math"
	"testing"

	"ganvas/engine/gan"
)

// TestTallyOfSingleSteps: a step of one player counts for what it measures, and for nothing else.
func TestTallyOfSingleSteps(t *testing.T) {
	none := math.NaN()
	var y tally
	y.add(gan.Stats{LossD: 1, LossG: -4, DReal: 0.5, DFake: 0.5, GradD: 2, GradG: 3, PairAccuracy: 1})
	y.add(gan.Stats{LossD: 3, LossG: none, DReal: 0.7, DFake: 0.3, GradD: 4, GradG: none, PairAccuracy: 0})
	var c Checkup
	y.fill(&c)
	if c.LossD != 2 || c.LossG != -4 || c.GradD != 3 || c.GradG != 3 || c.Accuracy != 0.5 || c.Peak != 4 {
		t.Errorf("means %+v", c)
	}
	y = tally{}
	y.add(gan.Stats{LossD: none, LossG: 1, DReal: none, DFake: none, GradD: none, GradG: 1, PairAccuracy: none})
	y.fill(&c)
	if !isNaN(c.LossD) || !isNaN(c.Accuracy) || c.LossG != 1 || c.Peak != 1 {
		t.Errorf("means of a step of G %+v, want nothing of D", c)
	}
}
