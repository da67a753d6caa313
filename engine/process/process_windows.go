package process

import (
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32             = windows.NewLazySystemDLL("kernel32.dll")
	getProcessMemoryInfo = kernel32.NewProc("K32GetProcessMemoryInfo")
	setThreadPriority    = kernel32.NewProc("SetThreadPriority")
)

// processMemoryCounters is PROCESS_MEMORY_COUNTERS of psapi.h.
type processMemoryCounters struct {
	size               uint32
	pageFaultCount     uint32
	peakWorkingSetSize uintptr
	workingSetSize     uintptr
	others             [6]uintptr
}

func memory() processMemoryCounters {
	c := processMemoryCounters{size: uint32(unsafe.Sizeof(processMemoryCounters{}))}
	ok, _, _ := getProcessMemoryInfo.Call(uintptr(windows.CurrentProcess()), uintptr(unsafe.Pointer(&c)), uintptr(c.size))
	if ok == 0 {
		return processMemoryCounters{}
	}
	return c
}

func peak() int64 { return int64(memory().peakWorkingSetSize) }

func resident() int64 { return int64(memory().workingSetSize) }

func cpuTime() time.Duration {
	var created, exited, kernel, user windows.Filetime
	if windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user) != nil {
		return 0
	}
	hundred := func(f windows.Filetime) int64 { return int64(f.HighDateTime)<<32 | int64(f.LowDateTime) } // of nanoseconds
	return time.Duration(100 * (hundred(kernel) + hundred(user)))
}

const (
	belowNormal  = -1  // THREAD_PRIORITY_BELOW_NORMAL
	idlePriority = -15 // THREAD_PRIORITY_IDLE
)

func background() { setPriority(belowNormal) }

func idle() { setPriority(idlePriority) }

// setPriority is of the calling thread; a failure leaves it as it is.
func setPriority(priority int) {
	_, _, _ = setThreadPriority.Call(uintptr(windows.CurrentThread()), uintptr(priority))
}
