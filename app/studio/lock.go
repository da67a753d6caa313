package studio

import (
	"errors"

	"ganvas/app/titles"
	"ganvas/engine/recipe"
)

// Lock keeps keys of the plan as they are: reason says why a key may not change, and nothing of
// those that may. A nil one lets all change.
func (p *Plan) Lock(reason func(key string) string) {
	p.lock = reason
	p.s.Refresh()
}

// Locked says why a key may not change now; empty: it may.
func (p *Plan) Locked(key string) string {
	if p.lock == nil {
		return ""
	}
	return p.lock(key)
}

// forbids says why r may not take the place of the plan; nil: it may.
func (p *Plan) forbids(r *recipe.Recipe) error {
	for _, c := range recipe.Diff(p.Now(), r) {
		if why := p.Locked(c.Key); why != "" {
			return errors.New(titles.Whose(c.Key) + " stays as it is: " + why)
		}
	}
	return nil
}
