package doctor

import (
	"encoding/json"
	"fmt"
	"math"
)

// EventKind is the kind of the project's events that hold checkups, as Checkup.Text writes them.
const EventKind = "checkup"

// Checkup is what was measured at one step. Numbers that could not be measured are NaN. Distances
// are between features of items: a point's coordinates, a picture's of metrics.PictureFeatures.
type Checkup struct {
	Step  int64
	Items int // of the data
	// Objective is the recipe's key, which may change during a run.
	Objective string

	// Means over the steps since the checkup before.
	LossD, LossG, DReal, DFake, GradD, GradG, Accuracy float32
	// Largest magnitude of a loss since then.
	Peak float32

	// Distance is the energy distance of generated from real items (Székely and Rizzo, "Energy
	// statistics", 2013), divided by the mean distance of real items: 0 where both are alike, about
	// 1 where all generated items are one, above where they are far off.
	Distance float32
	// Diversity is the mean distance of generated items over that of real ones.
	Diversity float32
	// Coverage is the share of real items with a generated one in their neighbourhood, over the
	// same share of as many other real items; Precision that of generated items within a
	// neighbourhood of a real one (metrics.CompareManifolds).
	Coverage, Precision float32
	// Missed is the share of real items in parts of the data to which hardly any generated items
	// come.
	Missed float32
	// Duplicates is the share of generated items with another nearer than all but one in a hundred
	// real items have.
	Duplicates float32
	// ModesMissed are how many of the data's ModesTotal get less than a quarter of their share of
	// generated points, Quality the share of these that are near one; NaN without modes. A mode
	// that is missed may still be found in the sense of metrics.CountModes, by one stray point.
	ModesMissed, ModesTotal, Quality float32
	// Centre is where the middle of the generated items is along the two coordinates in which real
	// items differ most, from theirs and in units of the mean distance of real items.
	Centre [2]float32
	// Move is how far one update moves what is made of a latent, in that unit but of the items
	// themselves.
	Move float32
	// UpdateG and UpdateD are the lengths of one update over that of the weights.
	UpdateG, UpdateD float32
	WeightG, WeightD float32 // lengths of all weights
	DeadG, DeadD     float32 // share of units behind a relu that give 0 for every item, in the layer where it is the largest
	// Memory is how often D rates a training item higher than one that it has never seen: a half
	// where it has learnt none by heart.
	Memory float32
	// Copying is how near generated items are to the training items, over how near unseen ones are;
	// small where G copies. NaN for data of which nobody learns every item by heart.
	Copying float32
}

// numbers names everything that is measured, for Text.
func (c *Checkup) numbers() map[string]*float32 {
	return map[string]*float32{
		"loss_d": &c.LossD, "loss_g": &c.LossG, "d_real": &c.DReal, "d_fake": &c.DFake, "grad_d": &c.GradD, "grad_g": &c.GradG,
		"accuracy": &c.Accuracy, "peak": &c.Peak, "distance": &c.Distance, "diversity": &c.Diversity, "coverage": &c.Coverage,
		"precision": &c.Precision, "missed": &c.Missed, "duplicates": &c.Duplicates, "modes_missed": &c.ModesMissed, "modes_total": &c.ModesTotal, "quality": &c.Quality,
		"centre_1": &c.Centre[0], "centre_2": &c.Centre[1], "move": &c.Move, "update_g": &c.UpdateG, "update_d": &c.UpdateD,
		"weight_g": &c.WeightG, "weight_d": &c.WeightD, "dead_g": &c.DeadG, "dead_d": &c.DeadD, "memory": &c.Memory, "copying": &c.Copying,
	}
}

// Text returns the checkup as a JSON object: "items", "objective" and every number that was
// measured, in their shortest exact form.
func (c *Checkup) Text() string {
	all := map[string]any{"items": c.Items, "objective": c.Objective}
	for name, x := range c.numbers() {
		if v := float64(*x); !math.IsNaN(v) && !math.IsInf(v, 0) {
			all[name] = *x
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // plain numbers
	}
	return string(b)
}

// ParseCheckup reads what Text has written of the checkup at a step.
func ParseCheckup(step int64, text string) (Checkup, error) {
	c := Checkup{Step: step}
	for _, x := range c.numbers() {
		*x = nan
	}
	var all map[string]any
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return c, fmt.Errorf("read the checkup of step %d: %w", step, err)
	}
	items, _ := all["items"].(float64)
	c.Items = int(items)
	c.Objective, _ = all["objective"].(string)
	for name, x := range c.numbers() {
		if v, ok := all[name].(float64); ok {
			*x = float32(v)
		}
	}
	return c, nil
}

var nan = float32(math.NaN())

func isNaN(x float32) bool { return x != x }
