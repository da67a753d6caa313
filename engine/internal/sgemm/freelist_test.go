package sgemm

import "testing"

// TestRelease: a released list keeps nothing, what was in use comes back to it, and it serves on.
func TestRelease(t *testing.T) {
	var f FreeList[[1024]float32]
	kept, used := new([1024]float32), new([1024]float32)
	f.Put(kept)
	if got := f.Get(); got != kept {
		t.Fatal("a value that was put back is not lent again")
	}
	f.Put(kept)
	Release()
	if f.Get() != nil {
		t.Error("a released list still keeps its value")
	}
	f.Put(used)
	if f.Get() != used {
		t.Error("after a release nothing is kept any more")
	}
	f.Put(used)
	Release()
	if f.Get() != nil {
		t.Error("the second release lets nothing go")
	}
}
