package process

import (
	"runtime"
	"testing"
)

func TestMemory(t *testing.T) {
	before := Resident()
	block := make([]byte, 64<<20)
	for i := range block {
		block[i] = byte(i)
	}
	after, top := Resident(), Peak()
	runtime.KeepAlive(block)
	if before <= 0 || after < before+48<<20 {
		t.Errorf("resident %d before and %d after filling 64 MiB", before, after)
	}
	if top > 0 && top < after-4<<20 {
		t.Errorf("a peak of %d below the present %d", top, after)
	}
}

func TestCPUTime(t *testing.T) {
	before := CPUTime()
	if before == 0 {
		return // the system does not tell
	}
	x := 0.0
	for CPUTime() == before { // ends once work has been counted
		for i := range 1000 {
			x += float64(i)
		}
	}
	if CPUTime() < before {
		t.Errorf("processor time went back from %v, sum %v", before, x)
	}
}
