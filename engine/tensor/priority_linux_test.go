package tensor

import (
	"syscall"
	"testing"
)

// TestYield looks at the thread of a worker that gives way. The workerPool is one of its own, as
// the program's has workers by now.
func TestYield(t *testing.T) {
	defer yielding.Store(yielding.Load())
	Yield()
	nice := func() int {
		p, err := syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid())
		if err != nil {
			t.Error(err)
		}
		return 20 - p // the system call counts from the other end
	}
	callers := nice()
	if callers > 0 {
		t.Skipf("the test itself runs at a nice value of %d, from which workers may not differ", callers)
	}
	own := new(workerPool)
	got := make(chan int, 2)
	here := make(chan bool)
	own.do(2, 2, 1, func(int, int) { // two parts that wait for each other: one is the worker's
		got <- nice()
		select {
		case here <- true:
		case <-here:
		}
	})
	a, b := <-got, <-got
	if min(a, b) != callers || max(a, b) <= callers {
		t.Errorf("nice values are %d and %d, want the caller's %d and a larger one", a, b, callers)
	}
}
