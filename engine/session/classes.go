package session

import (
	"context"
	"encoding/json"
	"fmt"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// loaders deal out the batches of a run.
type loaders struct {
	all   *datasets.Loader
	known *datasets.Loader // semi-supervised: items whose classes are known, otherwise nil
	part  *datasets.Subset // those items
}

// newTrainer returns a trainer at step 0 with its data. Which labels are known, and their order,
// come from streams of the seed.
func newTrainer(r *recipe.Recipe, data datasets.Set) (*gan.Trainer, loaders, error) {
	dealt, err := trainingPart(r, data)
	if err != nil {
		return nil, loaders{}, err
	}
	l := loaders{all: datasets.NewLoader(dealt, r.Seed, r.Mirror)}
	if r.Conditional != "none" {
		if err := datasets.AllLabelled(dealt); err != nil {
			return nil, l, err
		}
	}
	t, err := gan.New(r, ItemShape(data), l.all)
	if err != nil || !r.SemiSupervised {
		return t, l, err
	}
	part, err := knownPart(r, dealt)
	if err != nil {
		return nil, l, err
	}
	if whole, ok := dealt.(*datasets.Subset); ok && r.HeldOut > 0 { // by their numbers in all data
		items := make([]int, len(part.Items))
		for i, k := range part.Items {
			items[i] = whole.Items[k]
		}
		part = datasets.NewSubset(data, items)
	}
	l.part = part
	l.known = datasets.NewLoader(part, gan.NewStream(r.Seed, "known").Uint64(), r.Mirror)
	t.Known = l.known
	return t, l, nil
}

// trainingPart returns the items that a run may learn from: all, or those that are not held out.
func trainingPart(r *recipe.Recipe, data datasets.Set) (datasets.Set, error) {
	if r.HeldOut == 0 {
		return data, nil
	}
	train, held, err := datasets.SplitShare(context.Background(), data, r.HeldOut, nil)
	if err != nil {
		return nil, err
	}
	if train.Len() < 2 || held.Len() == 0 {
		return nil, fmt.Errorf("hold items out of %s: %d are too few to be divided: set held_out to 0", data.Info().Name, data.Len())
	}
	return train, nil
}

// classesKey is where a state of a game with classes has their names, as JSON, so that a generator
// can be used without the data.
const classesKey = "classes"

// nameClasses writes the names of the classes into a state.
func nameClasses(st *ckpt.State, r *recipe.Recipe, data datasets.Set) {
	if !r.Classes() {
		return
	}
	names, err := json.Marshal(data.Info().Labels)
	if err != nil {
		panic(err) // text always can be written
	}
	st.Meta[classesKey] = string(names)
}

// ClassNames returns the names of the classes that a state has, nil if its game has none.
func ClassNames(st *ckpt.State) []string {
	var names []string
	if json.Unmarshal([]byte(st.Meta[classesKey]), &names) != nil {
		return nil
	}
	return names
}

// Classes returns the names of the classes that the run's generator is told apart, nil if it is
// told none.
func (s *Session) Classes() []string {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if s.recipe.Conditional == "none" {
		return nil
	}
	return s.data.Info().Labels
}
