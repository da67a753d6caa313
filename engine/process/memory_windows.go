package process

import (
	"math"
	"unsafe"

	"golang.org/x/sys/windows"
)

var globalMemoryStatus = kernel32.NewProc("GlobalMemoryStatusEx")

// memoryStatus is MEMORYSTATUSEX of sysinfoapi.h.
type memoryStatus struct {
	length, load             uint32
	total, available         uint64
	totalPage, availablePage uint64
	totalVirtual             uint64
	availableVirtual         uint64
	availableExtended        uint64
}

func availableMemory() int64 {
	s := memoryStatus{length: uint32(unsafe.Sizeof(memoryStatus{}))}
	if ok, _, _ := globalMemoryStatus.Call(uintptr(unsafe.Pointer(&s))); ok == 0 {
		return math.MaxInt64
	}
	return int64(min(s.available, s.availablePage))
}

func freeDisk(dir string) (int64, bool) {
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free uint64
	if windows.GetDiskFreeSpaceEx(p, &free, nil, nil) != nil {
		return 0, false
	}
	return int64(min(free, math.MaxInt64)), true
}
