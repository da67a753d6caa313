package process

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

func resident() int64 { return statm(1) }

// addressSpace returns the bytes of all mappings.
func addressSpace() int64 { return statm(0) }

// statm reads a number of /proc/self/statm, in pages: 0 the address space, 1 what is resident.
func statm(i int) int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) <= i {
		return 0
	}
	pages, err := strconv.ParseInt(fields[i], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// niceness of background threads: by Linux's table an ordinary thread that wants the same processor
// gets three times as much.
const niceness = 5

// lowest is the nice value of idle threads: an ordinary thread gets sixty times as much, one in the
// background twenty times.
const lowest = 19

func background() { setNiceness(niceness) }

func idle() { setNiceness(lowest) }

// setNiceness lowers the calling thread to a nice value, if it is not below: Linux keeps one for
// each, against POSIX; see setpriority(2). A failure leaves the thread as it is.
func setNiceness(n int) {
	tid := syscall.Gettid()
	if now, err := syscall.Getpriority(syscall.PRIO_PROCESS, tid); err == nil && 20-now >= n { // the system call counts from the other end
		return
	}
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, tid, n)
}
