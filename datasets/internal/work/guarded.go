package work

import (
	"errors"
	"fmt"
)

// ErrGaveUp is what becomes of a decoder's panic.
var ErrGaveUp = errors.New("its decoder gave up")

// Guarded turns a decoder's panic into an error: what a stranger's file does to a decoder must not
// end a program.
func Guarded[T any](f func() (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrGaveUp, p)
		}
	}()
	return f()
}
