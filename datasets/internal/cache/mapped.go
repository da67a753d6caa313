package cache

import (
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"github.com/edsrzf/mmap-go"

	"ganvas/datasets/internal/dataset"
)

// mapping is a file in memory, of which the system keeps there what was read lately.
type mapping struct {
	bytes mmap.MMap
	read  atomic.Int64 // bytes that reading may have brought, since the last release
}

const (
	// heldBytes are how much of a mapping may be there until its memory is given back: what is kept
	// is in the system's cache anyway, and would only count as this program's.
	heldBytes = 128 << 20
	// aroundBytes are how much the system brings beside what is read.
	aroundBytes = 64 << 10
)

// mapKept makes a set whose items lie in a file, which may be closed and removed afterwards. The
// memory is given back when nobody uses the set any more.
func mapKept(f *os.File, info keptInfo, labels []int32, origins *dataset.Origins) (*dataset.PictureSet, error) {
	item := info.Shape[0] * info.Shape[1] * info.Shape[2]
	all, err := mmap.MapRegion(f, info.Count*item, mmap.RDONLY, 0, 0)
	if err != nil {
		return nil, err
	}
	m := &mapping{bytes: all}
	set := dataset.NewPictureSet(info.Info, all, labels)
	set.Origins, set.Bare, set.Guard = origins, info.Bare, m.guard
	runtime.AddCleanup(set, func(m *mapping) { _ = m.bytes.Unmap() }, m)
	return set, nil
}

// errLost says that an item of a mapped file cannot be read: the file was cut, or its disk fails.
var errLost = errors.New("its place in the cache cannot be read any more: the file there was cut, or the disk fails")

// guard calls read, which reads n bytes of the mapping. Where the system cannot bring them, it
// returns errLost instead of ending the program.
func (m *mapping) guard(n int, read func()) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch p := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }:
			err = errLost
		default:
			panic(p)
		}
	}()
	read()
	if have := m.read.Add(int64(n) + aroundBytes); have >= heldBytes && m.read.CompareAndSwap(have, 0) {
		release(m.bytes)
	}
	return nil
}
