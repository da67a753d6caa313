package session

import "fmt"

// DrawSheet draws, for a run about pictures, the contact sheet of the kept step nearest to a step,
// for steps of which none is stored: see SheetNear. It takes as long as the generator does, and does
// not wait for a training step.
func (s *Session) DrawSheet(step int64) (*Sheet, error) {
	p := s.lookingBack()
	if !p.item.Picture() {
		return nil, fmt.Errorf("look at step %d: the run is about points: ask for those", step)
	}
	g, at, err := s.GeneratorNear(step, true)
	if err != nil {
		return nil, err
	}
	v := &view{generator: g.LowMemory(), plane: p.plane}
	return v.sheet(at), nil
}
