package tensor

import (
	"runtime"
	"sync/atomic"

	"ganvas/engine/process"
)

var yielding atomic.Bool

// Yield makes the workers that Parallel starts from now on give way to other threads of the
// computer, so that a window beside them answers at once. It is called before the first kernel, in
// a program that has a window.
func Yield() { yielding.Store(true) }

// giveWay lowers the priority of the calling worker's thread, if Yield was called.
func giveWay() {
	if yielding.Load() {
		runtime.LockOSThread() // for the worker's life
		process.Background()
	}
}
