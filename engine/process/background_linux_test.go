package process

import (
	"runtime"
	"syscall"
	"testing"
)

// TestBackground lowers one thread, and then further, and looks at it and at another.
func TestBackground(t *testing.T) {
	nice := func() int {
		p, err := syscall.Getpriority(syscall.PRIO_PROCESS, syscall.Gettid())
		if err != nil {
			t.Fatal(err)
		}
		return 20 - p // the system call counts from the other end
	}
	before := nice()
	got := make(chan int)
	go func() {
		runtime.LockOSThread() // for good: the thread ends with this goroutine
		Background()
		got <- nice()
		Idle()
		got <- nice()
	}()
	if n := <-got; n < max(before, 5) {
		t.Errorf("the thread's nice value is %d, that of others %d", n, before)
	}
	if n := <-got; n != 19 {
		t.Errorf("the idle thread's nice value is %d, want 19", n)
	}
	if n := nice(); n != before {
		t.Errorf("the nice value of another thread went from %d to %d", before, n)
	}
}
