// Package trials tries values of a recipe's keys: each combination, with each of several seeds, is a
// run of one project like any other. They are trained one after the other and judged by the same
// numbers. It draws nothing and decides nothing.
package trials

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/judge"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// What a plan may have at most: more could be neither read in a table nor waited for.
const (
	MostAxes  = 2
	MostCells = 200
	MostSeeds = 20
)

// An Axis is a key of the recipe and the values that are tried of it.
type Axis struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

// A Plan says what is tried.
type Plan struct {
	Base  *recipe.Recipe
	Axes  []Axis
	Seeds int    // each combination is tried with so many, from the recipe's on
	Steps int    // of each run; 0: the recipe's
	By    string // name of the measure that says which is best
}

// A Cell is one run of a plan.
type Cell struct {
	Values []string // of the axes
	Seed   uint64
	Recipe *recipe.Recipe
}

// ParseAxis reads "key=v1,v2,…". Values that have commas themselves, such as layers, are parted by
// semicolons. An error names the key, and the nearest ones where there is none of that name.
func ParseAxis(text string, base *recipe.Recipe) (Axis, error) {
	key, list, ok := strings.Cut(text, "=")
	key = strings.TrimSpace(key)
	if !ok || key == "" {
		return Axis{}, fmt.Errorf("try %q: write KEY=VALUE,VALUE, such as g.lr=1e-4,2e-4", text)
	}
	return NewAxis(key, list, base)
}

// NewAxis reads the values of a key as ParseAxis does.
func NewAxis(key, list string, base *recipe.Recipe) (Axis, error) {
	if _, err := base.Get(key); err != nil {
		return Axis{}, fmt.Errorf("try: %w", err)
	}
	if slices.Contains([]string{"name", "version", "seed", "steps", "from", "freeze_d"}, key) {
		return Axis{}, fmt.Errorf("try %s: it cannot be varied: %s", key, instead(key))
	}
	separator := ","
	if strings.Contains(list, ";") {
		separator = ";"
	}
	return axisOf(key, strings.Split(list, separator), base)
}

// axisOf checks the values of a key, and writes them as recipes do.
func axisOf(key string, values []string, base *recipe.Recipe) (Axis, error) {
	a := Axis{Key: key}
	r := base.Clone()
	for _, text := range values {
		if err := r.Set(key, strings.TrimSpace(text)); err != nil {
			return Axis{}, fmt.Errorf("try: %w", err)
		}
		value, err := r.Get(key) // as all others write it
		if err != nil {
			return Axis{}, err
		}
		if slices.Contains(a.Values, value) {
			return Axis{}, fmt.Errorf("try %s: %s stands there twice", key, value)
		}
		a.Values = append(a.Values, value)
	}
	return a, nil
}

// instead says what to do for a key that cannot be varied.
func instead(key string) string {
	switch key {
	case "seed":
		return "say how many seeds instead (--seeds)"
	case "steps":
		return "say how many steps each run takes (--steps)"
	}
	return "choose a key of the game or of the players"
}

// Cells returns the runs of a plan, the last axis and then the seeds changing fastest.
func (p *Plan) Cells() ([]Cell, error) {
	combinations := [][]string{nil}
	for _, a := range p.Axes {
		var next [][]string
		for _, c := range combinations {
			for _, v := range a.Values {
				next = append(next, append(slices.Clone(c), v))
			}
		}
		combinations = next
	}
	var cells []Cell
	for _, values := range combinations {
		for i := range max(1, p.Seeds) {
			c, err := p.cell(values, p.Base.Seed+uint64(i))
			if err != nil {
				return nil, err
			}
			cells = append(cells, c)
		}
	}
	return cells, nil
}

// cell returns the run with these values of the axes.
func (p *Plan) cell(values []string, seed uint64) (Cell, error) {
	r := p.Base.Clone()
	var name []string
	for i, a := range p.Axes {
		if err := r.Set(a.Key, values[i]); err != nil {
			return Cell{}, fmt.Errorf("try: %w", err)
		}
		name = append(name, a.Key+" "+values[i])
	}
	r.Seed = seed
	if p.Steps > 0 {
		r.Steps = p.Steps
	}
	if p.Seeds > 1 || len(name) == 0 {
		name = append(name, "seed "+strconv.FormatUint(seed, 10))
	}
	r.Name = shortened(strings.Join(name, ", "))
	return Cell{values, seed, r}, nil
}

// shortened cuts a name that is longer than a run's may be.
func shortened(name string) string {
	runes := []rune(name)
	if len(runes) <= ckpt.LongestName {
		return name
	}
	return string(runes[:ckpt.LongestName-1]) + "…"
}

// Check reports what is wrong with a plan before anything is trained: its size, every recipe of it
// beside the data, the memory that each takes, and the measure.
func (p *Plan) Check(set datasets.Set) error {
	n := max(1, p.Seeds)
	for _, a := range p.Axes {
		n *= len(a.Values)
		if n > MostCells || len(a.Values) == 0 {
			break
		}
	}
	switch {
	case len(p.Axes) == 0 && p.Seeds < 2:
		return errors.New("try: nothing is varied: name a key with two values or more, or several seeds")
	case len(p.Axes) > MostAxes:
		return fmt.Errorf("try: %d keys are varied: %d at most fit a table", len(p.Axes), MostAxes)
	case p.Seeds < 0 || p.Seeds > MostSeeds:
		return fmt.Errorf("try: %d seeds: choose 1 to %d", p.Seeds, MostSeeds)
	case n == 0:
		return errors.New("try: a key without values: name some")
	case n > MostCells:
		return fmt.Errorf("try: more than %d runs: name fewer values or seeds", MostCells)
	case len(p.Axes) == 2 && p.Axes[0].Key == p.Axes[1].Key:
		return fmt.Errorf("try %s: it is varied twice: name its values together", p.Axes[0].Key)
	case p.Base.Seed+uint64(n) < p.Base.Seed:
		return errors.New("try: the seed of the recipe is too large to count on from it")
	}
	if names := judge.Names(set); !slices.Contains(names, p.By) {
		return fmt.Errorf("try: no measure %q of these data: choose one of %s", p.By, strings.Join(names, ", "))
	}
	return p.checkCells(set)
}

// checkCells reports the first recipe that cannot be trained.
func (p *Plan) checkCells(set datasets.Set) error {
	cells, err := p.Cells()
	if err != nil {
		return err
	}
	wanted, shape := session.DataOptions(p.Base), nn.Shape(set.Info().Shape)
	for _, c := range cells {
		if c.Recipe.Data != p.Base.Data || !reflect.DeepEqual(session.DataOptions(withSeed(c.Recipe, p.Base.Seed)), wanted) {
			return fmt.Errorf("try %s: it changes the data that are read: start these runs one by one", p.Axes[0].Key)
		}
		if c.Recipe.Steps == 0 {
			return errors.New("try: the recipe has no end: say how many steps each run takes (--steps)")
		}
		if err := c.Recipe.Check(shape); err != nil {
			return fmt.Errorf("try %s: %w", c.Recipe.Name, err)
		}
		if err := session.CheckFree("try "+c.Recipe.Name, c.Recipe, set, false); err != nil {
			return err
		}
	}
	return nil
}

// withSeed is a recipe with another seed.
func withSeed(r *recipe.Recipe, seed uint64) *recipe.Recipe {
	r = r.Clone()
	r.Seed = seed
	return r
}

// metaKey is where a project keeps what is tried in it.
const metaKey = "trial"

// kept is a plan as a project keeps it.
type kept struct {
	Recipe string `json:"recipe"`
	Axes   []Axis `json:"axes"`
	Seeds  int    `json:"seeds"`
	Steps  int    `json:"steps"`
	By     string `json:"by"`
}

// Keep has a project remember a plan, in the place of the one before.
func Keep(f *ckpt.File, p *Plan) error {
	text, err := json.Marshal(kept{string(p.Base.Bytes()), p.Axes, p.Seeds, p.Steps, p.By})
	if err != nil {
		return err
	}
	return f.SetMeta(metaKey, string(text))
}

// Kept returns the plan that a project remembers, nil if it has none. Of one that no Ganvas wrote it
// is an error.
func Kept(f *ckpt.File) (*Plan, error) {
	text, err := f.Meta(metaKey)
	if err != nil || text == "" {
		return nil, err
	}
	wrong := func(why error) (*Plan, error) {
		return nil, fmt.Errorf("read what is tried in %s: %w: start it anew", f.Path(), why)
	}
	var k kept
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		return wrong(err)
	}
	base, err := recipe.Parse([]byte(k.Recipe), f.Path())
	if err != nil {
		return wrong(err)
	}
	if k.Seeds < 0 || k.Seeds > MostSeeds || k.Steps < 0 || len(k.Axes) > MostAxes {
		return wrong(errors.New("it is too large"))
	}
	p := &Plan{Base: base, Seeds: k.Seeds, Steps: k.Steps, By: k.By}
	n := max(1, k.Seeds)
	for _, a := range k.Axes {
		axis, err := axisOf(a.Key, a.Values, base)
		if err != nil {
			return wrong(err)
		}
		p.Axes = append(p.Axes, axis)
		n *= len(axis.Values)
		if n > MostCells {
			return wrong(errors.New("it is too large"))
		}
	}
	return p, nil
}

// Same tells whether two plans try the same.
func (p *Plan) Same(q *Plan) bool {
	return p.Base.Equal(q.Base) && reflect.DeepEqual(p.Axes, q.Axes) && max(1, p.Seeds) == max(1, q.Seeds) && p.Steps == q.Steps && p.By == q.By
}
