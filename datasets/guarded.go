package datasets

import (
	"errors"
	"fmt"
)

// errGaveUp is what becomes of a decoder's panic.
var errGaveUp = errors.New("its decoder gave up")

// guarded turns a decoder's panic into an error: what a stranger's file does to a decoder must not
// end a program.
func guarded[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errGaveUp, p)
		}
	}()
	return f()
}
