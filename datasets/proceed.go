package datasets

import (
	"encoding/binary"
	"fmt"
)

// Proceed brings a loader to where it would be after as many items as a loader of other data had
// dealt when its state was taken, for a run that goes on with data that have changed. What follows
// is a function of the seed, the data and that number. It returns an error, and changes nothing,
// when the state is damaged.
func (l *Loader) Proceed(state []byte) error {
	var s loaderState
	if len(state) != binary.Size(s) {
		return fmt.Errorf("restore data order: %d bytes of state, want %d: the project file is damaged", len(state), binary.Size(s))
	}
	if _, err := binary.Decode(state, binary.LittleEndian, &s); err != nil {
		return fmt.Errorf("restore data order: %w", err)
	}
	n := uint64(len(l.order))
	seen := s.Epoch*s.Items + s.Position
	l.epoch, l.position = seen/n, int(seen%n)
	l.reorder()
	return nil
}
